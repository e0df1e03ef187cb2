/** A text file of another's making: read whole, within a limit, and only when it is text. */
import { open } from 'node:fs/promises'
import { Unreadable } from './opentofu-files.ts'

const maxBytes = 32 * 1024 * 1024

export async function readText(path: string): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    if (size > maxBytes) throw new Unreadable(`${size} bytes, and ${maxBytes} are read at most`)
    const bytes = await file.readFile()
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw new Unreadable('not UTF-8')
    throw error
  } finally {
    await file.close()
  }
}
