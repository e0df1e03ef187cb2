/** A file that a folder from anybody holds: read when it is a file, and small. A pipe would be waited for for ever. */
import { readFileSync, statSync } from 'node:fs'

const maxMb = 1

/** @returns undefined when there is none. @throws Error that says why it is not read */
export function textOfFile(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return undefined
  if (!stat.isFile()) throw new Error('it is something else than a file')
  if (stat.size > maxMb * 1024 * 1024) throw new Error(`it is larger than ${maxMb} MiB`)
  return readFileSync(path, 'utf8')
}
