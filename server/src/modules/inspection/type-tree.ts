/** The type of an input as a structure, with the comments that explain its attributes. */
import { cursorOn, HclError, isAtEnd, skipLines } from '@cadastre/contract/hcl/cursor'
import { type Expression, type ObjectItem, readExpression } from '@cadastre/contract/hcl/expression'
import type { TypeAttribute, TypeTree } from '@cadastre/contract/module-knowledge'
import type { Attribute } from './blocks.ts'
import { commentAbove, commentBehind } from './comments.ts'
import type { Budget } from './limits.ts'
import { kept, keyOf } from './literals.ts'

/** Without a tree where it is over the limits. */
type WrittenType = { text: string; tree: TypeTree | null }

/** In JSON syntax, and in code from before 0.12, a type stands in quotes. */
export function typeOf(attribute: Attribute, budget: Budget): WrittenType {
  const { source, expression, isJson } = attribute
  const written = source.text.slice(expression.start, expression.end)
  const mayKeep = budget.takeStructure(written.length)
  if (expression.kind !== 'string') return { text: written, tree: mayKeep ? treeOf(expression, source.text) : null }
  const quoted = kept(expression.value)
  return { text: isJson ? quoted : written, tree: mayKeep ? treeInText(quoted, budget.limits.nesting) : null }
}

function treeInText(text: string, nesting: number): TypeTree {
  const cursor = cursorOn(text, nesting)
  try {
    const expression = readExpression(cursor)
    skipLines(cursor)
    if (isAtEnd(cursor)) return treeOf(expression, text)
  } catch (error) {
    if (!(error instanceof HclError)) throw error
  }
  return { kind: 'unknown', text }
}

const primitives = ['string', 'number', 'bool', 'any'] as const
const collections = ['list', 'set', 'map'] as const

function treeOf(expression: Expression, text: string): TypeTree {
  if (expression.kind === 'name') return namedType(expression.name) ?? unknown(expression, text)
  if (expression.kind !== 'call' || expression.arguments.length !== 1) return unknown(expression, text)
  const [argument] = expression.arguments as [Expression]
  const collection = collections.find((kind) => kind === expression.name)
  if (collection) return { kind: collection, element: treeOf(argument, text) }
  if (expression.name === 'tuple' && argument.kind === 'tuple') {
    return { kind: 'tuple', elements: argument.items.map((item) => treeOf(item, text)) }
  }
  if (expression.name === 'object' && argument.kind === 'object') {
    return { kind: 'object', attributes: attributesOf(argument.items, argument.start + 1, text) }
  }
  return unknown(expression, text)
}

/** `list` and `map` alone are from before 0.12, and are of anything. */
function namedType(name: string): TypeTree | undefined {
  const primitive = primitives.find((kind) => kind === name)
  if (primitive) return { kind: primitive }
  return name === 'list' || name === 'map' ? { kind: name, element: { kind: 'any' } } : undefined
}

const unknown = ({ start, end }: Expression, text: string): TypeTree => ({
  kind: 'unknown',
  text: text.slice(start, end),
})

function attributesOf(items: ObjectItem[], start: number, text: string): TypeAttribute[] {
  let before = start
  return items.map(({ key, value }) => {
    const description = commentAbove(text, before, key.start) || commentBehind(text, value.end)
    before = value.end
    const name = keyOf(key) ?? text.slice(key.start, key.end)
    return { name, ...attributeType(value, text), ...(description !== '' && { description }) }
  })
}

function attributeType(value: Expression, text: string): Pick<TypeAttribute, 'type' | 'optional' | 'defaultText'> {
  if (value.kind !== 'call' || value.name !== 'optional') return { type: treeOf(value, text), optional: false }
  const [type, otherwise, ...more] = value.arguments
  if (!type || more.length > 0) return { type: unknown(value, text), optional: true }
  return {
    type: treeOf(type, text),
    optional: true,
    ...(otherwise && { defaultText: text.slice(otherwise.start, otherwise.end) }),
  }
}
