/** What an entry comes to: the value that is written, and what is wrong with it, in words beside its field. */
import { isReference, problemInExpression, trimmedExpression } from '@cadastre/contract/hcl/typed'
import { type HclAttribute, type HclValue, isIdentifier } from '@cadastre/contract/hcl/written'
import { choicesOf } from './choices.ts'
import { type Entry, entryIn, type Filled, type Input, type Tree, within } from './entry.ts'

export type Judged = {
  /** of the block: what is given, and a comment where something is missing */
  attributes: HclAttribute[]
  /** the sensitive ones that come from a variable of the same name */
  variables: Input[]
  /** names of the sensitive ones that are written, wherever they come from */
  secrets: Set<string>
  /** by the path of the field */
  problems: Map<string, string>
  /** names of inputs that are written, and of required ones that are not */
  given: string[]
  missing: string[]
}

/** Inputs that a block can name, required ones first. No client takes one of another name. */
export function inputsInOrder(items: Input[]): Input[] {
  const named = items.filter(({ name }) => isIdentifier(name))
  return [...named.filter(({ required }) => required), ...named.filter(({ required }) => !required)]
}

/** @param inputs in order */
export function judge(inputs: Input[], filled: Filled): Judged {
  const problems = new Map<string, string>()
  const judged: Judged = { attributes: [], variables: [], secrets: new Set(), problems, given: [], missing: [] }
  for (const input of inputs) {
    const entry = entryIn(filled, input.name)
    if (!entry && !input.required) continue
    const value = entry ? valueOfInput(entry, input, problems) : gapAt(input.name, requiredWords(input), problems)
    judged.attributes.push({ name: input.name, value })
    if (value.kind !== 'gap') judged.given.push(input.name)
    else if (input.required) judged.missing.push(input.name)
    if (input.sensitive && value.kind !== 'gap') judged.secrets.add(input.name)
    if (input.sensitive && isOwnVariable(value, input)) judged.variables.push(input)
  }
  return judged
}

export const ownVariable = (input: Input) => `var.${input.name}`

const isOwnVariable = (value: HclValue, input: Input) =>
  value.kind === 'expression' && value.text === ownVariable(input)

const longestType = 40

/** In the comment; the field says the same in fewer words. */
const requiredWords = ({ type }: Input) => {
  const short = type?.replace(/\s+/g, ' ') ?? 'any'
  return `required, ${short.length > longestType || /#|\/\/|\/\*/.test(short) ? short.split('(')[0]! : short}`
}

function gapAt(path: string, why: string, problems: Map<string, string>, said = 'This is required.'): HclValue {
  problems.set(path, said)
  return { kind: 'gap', why }
}

function valueOfInput(entry: Entry, input: Input, problems: Map<string, string>): HclValue {
  const { name, typeTree, nullable, sensitive } = input
  const refused = (said: string) => gapAt(name, said.replace(/\.$/, ''), problems, said)
  if (sensitive && !(entry.is === 'expression' && isReference(entry.text)))
    return refused('A secret is not written here. Name where it is, such as a variable.')
  const isNull = entry.is === 'null' || (entry.is === 'expression' && entry.text.trim() === 'null')
  if (isNull && !nullable) return refused('This input does not take null.')
  const choices = choicesOf(input)
  if (choices && entry.is === 'text' && !choices.includes(entry.text)) return refused('This is none of its choices.')
  return valueIn(entry, typeTree, name, 0, problems)
}

const number = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/
const maxDigits = 100

function valueIn(
  entry: Entry | undefined,
  tree: Tree | null | undefined,
  path: string,
  depth: number,
  problems: Map<string, string>,
): HclValue {
  if (!entry) return gapAt(path, 'missing', problems)
  switch (entry.is) {
    case 'null':
      return { kind: 'constant', value: null }
    case 'expression': {
      const wrong = problemInExpression(entry.text)
      if (wrong) return gapAt(path, 'the expression is not whole', problems, wrong)
      return { kind: 'expression', text: trimmedExpression(entry.text) }
    }
    case 'text': {
      if (tree?.kind === 'bool') return { kind: 'constant', value: entry.text === 'true' }
      if (tree?.kind !== 'number') return { kind: 'string', text: entry.text }
      const digits = entry.text.trim()
      if (number.test(digits) && digits.length <= maxDigits) return { kind: 'number', digits }
      return gapAt(path, 'not a number', problems, 'This is not a number. Write it as 12, -3.5 or 1e6.')
    }
    case 'list': {
      const items = entry.items.map((item, at) => valueIn(item, tree?.element, within(path, at), depth + 1, problems))
      return { kind: 'tuple', items }
    }
    case 'map':
      return { kind: 'object', items: rowsOf(entry.rows, tree, path, depth, problems) }
    case 'object': {
      const attributes = (tree?.attributes ?? []).flatMap(({ name, type, optional }): HclAttribute[] => {
        const given = entryIn(entry.attributes, name)
        if (!given && optional) return []
        return [{ name, value: valueIn(given, type, within(path, name), depth + 1, problems) }]
      })
      return { kind: 'object', items: attributes }
    }
  }
}

type Rows = (Entry & { is: 'map' })['rows']

function rowsOf(
  rows: Rows,
  tree: Tree | null | undefined,
  path: string,
  depth: number,
  problems: Map<string, string>,
): HclAttribute[] {
  const seen = new Set<string>()
  return rows.flatMap(({ key, value }, at): HclAttribute[] => {
    // As HCL compares them.
    const name = key.normalize('NFC')
    const wrong = key === '' ? 'A key is missing.' : seen.has(name) ? 'This key is there already.' : undefined
    const written = valueIn(value, tree?.element, within(path, at), depth + 1, problems)
    if (wrong) {
      problems.set(keyPath(path, at), wrong)
      return [{ name: `row ${at + 1}`, value: { kind: 'gap', why: wrong.replace(/\.$/, '').toLowerCase() } }]
    }
    seen.add(name)
    return [{ name: key, value: written }]
  })
}

/** Of the field for the key of a row. */
export const keyPath = (path: string, at: number) => within(within(path, at), 'key')
