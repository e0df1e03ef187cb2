/**
 * What is filled in, as the part of the address behind `#`: it can be passed on and is never sent to a server. Of sensitive
 * inputs it holds only where their values are. Whoever follows an address may have it from anybody, so all of it is checked.
 */
import { isReference } from '@cadastre/contract/hcl/typed'
import { type Entry, entryIn, type Filled, fits, type Input } from './entry.ts'

const marker = 'fill='
/** Addresses that are longer are cut off by what passes them on. */
const maxLength = 4_000
const maxEntries = 500
const maxDepth = 8

/** @returns undefined: it is too long for an address; empty: nothing is filled in */
export function fragmentOf(filled: Filled, inputs: Input[]): string | undefined {
  const kept = Object.entries(filled).filter(([name, entry]) =>
    mayBeTold(
      entry,
      inputs.find((input) => input.name === name),
    ),
  )
  if (kept.length === 0) return ''
  const bytes = new TextEncoder().encode(JSON.stringify(Object.fromEntries(kept)))
  if (bytes.length > maxLength) return undefined
  const text = btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '')
  return text.length > maxLength ? undefined : marker + text
}

const mayBeTold = (entry: Entry, input: Input | undefined) =>
  input !== undefined && (!input.sensitive || (entry.is === 'expression' && isReference(entry.text)))

/** Whether it speaks of the form, if only to say that it is empty; any other leads to a place on the page. */
export const holdsFilled = (hash: string) => hash === '' || hash.startsWith(`#${marker}`)

/** @param hash with its `#` or without; what is in it and does not fit is left out */
export function filledIn(hash: string, inputs: Input[]): Filled {
  const text = hash.replace(/^#/, '')
  if (!text.startsWith(marker) || text.length > maxLength + marker.length) return {}
  const said = jsonIn(text.slice(marker.length))
  if (!isRecord(said)) return {}
  const budget = { left: maxEntries }
  return Object.fromEntries(
    inputs.flatMap((input) => {
      const entry = entryOf(entryIn(said, input.name), 0, budget)
      return entry && fits(entry, input.typeTree) && mayBeTold(entry, input) ? [[input.name, entry]] : []
    }),
  )
}

function jsonIn(base64: string): unknown {
  try {
    const bytes = Uint8Array.from(atob(base64.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0))
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function entryOf(said: unknown, depth: number, budget: { left: number }): Entry | undefined {
  budget.left -= 1
  if (!isRecord(said) || depth > maxDepth || budget.left < 0) return undefined
  const of = (each: unknown) => entryOf(each, depth + 1, budget)
  const { is, text, items, rows, attributes } = said
  if ((is === 'text' || is === 'expression') && typeof text === 'string') return { is, text }
  if (is === 'null') return { is }
  if (is === 'list' && Array.isArray(items)) return { is, items: items.map(of) }
  if (is === 'map' && Array.isArray(rows)) {
    return {
      is,
      rows: rows.map((row) => ({
        key: isRecord(row) && typeof row.key === 'string' ? row.key : '',
        value: isRecord(row) ? of(row.value) : undefined,
      })),
    }
  }
  if (is !== 'object' || !isRecord(attributes)) return undefined
  const given = Object.entries(attributes).flatMap(([name, each]) => {
    const entry = of(each)
    return entry ? [[name, entry] as const] : []
  })
  return { is, attributes: Object.fromEntries(given) }
}
