/** Files in JSON syntax: what is a block there, and what an attribute, only the kind of the block around it tells. */
import type { Expression, ObjectItem } from '@cadastre/contract/hcl/expression'
import type { Diagnostic } from '@cadastre/contract/module-knowledge'
import { type Block, type Body, emptyBody } from '../blocks.ts'
import type { Budget } from '../limits.ts'
import { kept } from '../literals.ts'
import { errorAt, type SourceText } from '../source-text.ts'
import { labelsOf } from '../structure.ts'
import { readJsonValue } from './value.ts'

type Reading = { source: SourceText; budget: Budget; diagnostics: Diagnostic[] }

/** The blocks within a block that the inspection looks into, with the number of their labels. */
const innerLabelsOf: Record<string, Record<string, number>> = {
  variable: { validation: 0 },
  terraform: { required_providers: 0 },
  check: { data: 2 },
}

export function readJson(source: SourceText, budget: Budget): { body: Body; diagnostics: Diagnostic[] } {
  const reading: Reading = { source, budget, diagnostics: [] }
  const { value, error } = readJsonValue(source.text, budget.limits.nesting)
  if (error) reading.diagnostics.push(errorAt(source, error.offset, error.message))
  const body = emptyBody()
  for (const item of itemsOf(value, reading, 'A configuration in JSON is an object.')) {
    if (isComment(item)) continue
    addBlocks(reading, body, [], nameOf(item), item, labelCount(nameOf(item)))
  }
  return { body, diagnostics: reading.diagnostics }
}

/** Labels are the names of objects within each other; at each step there may be a list of such objects. */
function addBlocks(
  reading: Reading,
  body: Body,
  labels: string[],
  kind: string,
  { key, value }: ObjectItem,
  missing: number,
): void {
  reading.budget.checkTime()
  if (missing > 0) {
    for (const item of itemsOf(value, reading, `\`${kind}\` needs a label here.`)) {
      if (!isComment(item)) addBlocks(reading, body, [...labels, nameOf(item)], kind, item, missing - 1)
    }
    return
  }
  for (const object of value.kind === 'tuple' ? value.items : [value]) {
    // A block that is not there, as JSON says it.
    if (object.kind === 'constant' && object.value === null) continue
    const block: Block = { kind, labels, start: key.start, source: reading.source, ...emptyBody() }
    fill(reading, block, itemsOf(object, reading, `\`${kind}\` is an object.`))
    body.blocks.push(block)
  }
}

function fill(reading: Reading, block: Block, items: ObjectItem[]): void {
  const { source, diagnostics } = reading
  const inner = innerLabelsOf[block.kind] ?? {}
  for (const item of items) {
    const name = nameOf(item)
    const { start } = item.key
    if (isComment(item)) continue
    if (Object.hasOwn(inner, name)) addBlocks(reading, block, [], name, item, inner[name]!)
    else if (block.attributes.has(name)) diagnostics.push(errorAt(source, start, `\`${name}\` is set twice.`))
    else block.attributes.set(name, { name, start, source, expression: item.value, isJson: true })
  }
}

/** The items of an object, or of all objects in a list. */
function itemsOf(value: Expression, reading: Reading, message: string): ObjectItem[] {
  if (value.kind === 'object') return value.items
  if (value.kind === 'tuple') return value.items.flatMap((item) => (item.kind === 'object' ? item.items : []))
  if (value.kind !== 'other') reading.diagnostics.push(errorAt(reading.source, value.start, message))
  return []
}

const labelCount = (kind: string) => (Object.hasOwn(labelsOf, kind) ? labelsOf[kind]! : 0)
const nameOf = ({ key }: ObjectItem): string => (key.kind === 'string' ? kept(key.value) : '')
const isComment = (item: ObjectItem) => nameOf(item) === '//'
