/** What whoever publishes is told of what could not be read. Pure. */
import type { Inspected } from './inspected.ts'

const maxNamed = 3

/** Of errors alone: what they hide is in no list of what goes in and comes out. */
export function unreadWarnings({ state, diagnostics, folders }: Inspected): string[] {
  if (state === 'failed') return diagnostics.map(({ message }) => message)
  const errors = [...diagnostics, ...folders.flatMap((folder) => folder.diagnostics)].filter(
    ({ severity }) => severity === 'error',
  )
  if (errors.length === 0) return []
  const named = errors
    .slice(0, maxNamed)
    .map(({ file, line, message }) => (file ? `${file}:${line}: ${message}` : message))
  const left = errors.length - named.length
  return [
    `Parts of this version could not be read, so its pages do not show them. ${named.join(' ')}${left > 0 ? ` And ${left} more.` : ''}`,
  ]
}
