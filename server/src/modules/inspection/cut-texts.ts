/** Keeps no text that is longer than the limit: what is cut is said, with its place. */
import type { Diagnostic } from '@cadastre/contract/module-knowledge'

/** @returns the same, with texts of at most `length` characters */
export function cutTexts<Read extends object>(
  read: Read,
  length: number,
  report: (diagnostic: Diagnostic) => void,
): Read {
  return cut(read, { length, report, place: undefined }) as Read
}

type Cutting = {
  length: number
  report(diagnostic: Diagnostic): void
  place: { file: string; line: number; name: unknown } | undefined
}

function cut(value: unknown, cutting: Cutting): unknown {
  if (typeof value === 'string') return cutText(value, cutting)
  if (Array.isArray(value)) return value.map((item) => cut(item, cutting))
  if (typeof value !== 'object' || value === null) return value
  const inner = isPlaced(value)
    ? { ...cutting, place: { file: value.file, line: value.line, name: nameOf(value) } }
    : cutting
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cut(item, inner)]))
}

const isPlaced = (value: object): value is { file: string; line: number } =>
  'file' in value && 'line' in value && typeof value.file === 'string' && typeof value.line === 'number'

const nameOf = (value: object) => ('name' in value ? value.name : undefined)

function cutText(text: string, { length, report, place }: Cutting): string {
  if (text.length <= length) return text
  if (place) {
    report({
      severity: 'warning',
      message: `A text of ${place.name ?? 'this block'} is cut: it has ${text.length} characters, and the limit is ${length}.`,
      file: place.file,
      line: place.line,
      column: 1,
    })
  }
  return `${text.slice(0, length).replace(/[\ud800-\udbff]$/, '')}…`
}
