/** A text file of another's making: read whole, within a limit, and only when it is text. */
import { readFileSync, statSync } from 'node:fs'
import { Unreadable } from './opentofu-files.ts'

const maxBytes = 32 * 1024 * 1024
const decoder = new TextDecoder('utf-8', { fatal: true })

/** At once: the detour over other threads costs several times what reading does, and there are tens of thousands. */
export function readText(path: string): string {
  const { size } = statSync(path)
  if (size > maxBytes) throw new Unreadable(`${size} bytes, and ${maxBytes} are read at most`)
  try {
    return decoder.decode(readFileSync(path))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw new Unreadable('not UTF-8')
    throw error
  }
}
