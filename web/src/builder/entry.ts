/** What a reader puts into the form: an entry for each input, whatever its type, and what kind of field a type gets. */
import type { components } from '@cadastre/contract/openapi.gen'

export type Input = components['schemas']['InputVariable']
export type Tree = components['schemas']['TypeTree']

export type Entry =
  /** of text, a number, a bool, a choice: as it was typed */
  | { is: 'text'; text: string }
  | { is: 'expression'; text: string }
  | { is: 'null' }
  | { is: 'list'; items: (Entry | undefined)[] }
  | { is: 'map'; rows: Row[] }
  | { is: 'object'; attributes: Record<string, Entry> }
export type Row = { key: string; value: Entry | undefined }

/** By the name of the input; what is not in it is not given. */
export type Filled = Record<string, Entry>

export type Control = 'text' | 'number' | 'bool' | 'list' | 'map' | 'object' | 'expression'

/** Deeper than that, and with more attributes, an expression is quicker to write than a form is to fill in. */
const maxDepth = 4
const maxAttributes = 60

export function controlOf(tree: Tree | null | undefined, depth = 0): Control {
  switch (tree?.kind) {
    case 'string':
      return 'text'
    case 'number':
    case 'bool':
      return tree.kind
    case 'list':
    case 'set':
    case 'map':
      if (depth >= maxDepth || !tree.element) return 'expression'
      return tree.kind === 'map' ? 'map' : 'list'
    case 'object': {
      const attributes = tree.attributes ?? []
      return depth >= maxDepth || attributes.length === 0 || attributes.length > maxAttributes ? 'expression' : 'object'
    }
    default:
      return 'expression'
  }
}

/** Whether an entry can be shown by the field of its type: what a link holds may be anything. */
export function fits(entry: Entry, tree: Tree | null | undefined, depth = 0): boolean {
  if (entry.is === 'expression') return true
  if (entry.is === 'null') return depth === 0
  const control = controlOf(tree, depth)
  if (entry.is === 'text') {
    return control === 'text' || control === 'number' || (control === 'bool' && /^(true|false)$/.test(entry.text))
  }
  if (entry.is !== control) return false
  const isFitting = (each: Entry | undefined, of: Tree | null | undefined) => !each || fits(each, of, depth + 1)
  if (entry.is === 'list') return entry.items.every((item) => isFitting(item, tree?.element))
  if (entry.is === 'map') return entry.rows.every(({ value }) => isFitting(value, tree?.element))
  const types = new Map(tree?.attributes?.map(({ name, type }) => [name, type]))
  return Object.entries(entry.attributes).every(([name, each]) => types.has(name) && isFitting(each, types.get(name)))
}

/** What a new part begins with: a structure with nothing in it, so that its fields are there at once. */
export function begunAs(tree: Tree | null | undefined, depth: number): Entry | undefined {
  switch (controlOf(tree, depth)) {
    case 'list':
      return { is: 'list', items: [] }
    case 'map':
      return { is: 'map', rows: [] }
    case 'object':
      return { is: 'object', attributes: {} }
    default:
      return undefined
  }
}

/** Where an entry stands: `subnets`, `subnets.0`, `subnets.0.name`. */
export const within = (path: string, part: string | number) => `${path}.${part}`

/** Of the field of an entry, for labels, links and the focus. */
export const idOf = (path: string) => `builder-${path}`

/** An object without what it has from elsewhere: inputs may be called `constructor`. */
export const entryIn = <Value>(all: Record<string, Value>, name: string): Value | undefined =>
  Object.hasOwn(all, name) ? all[name] : undefined

/** The same with one of them put in, or taken out. */
export function withEntry<Value>(all: Record<string, Value>, name: string, value: Value | undefined) {
  const others = Object.entries(all).filter(([other]) => other !== name)
  return Object.fromEntries(value === undefined ? others : [...others, [name, value]]) as Record<string, Value>
}
