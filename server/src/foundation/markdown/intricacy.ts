/** What is too much to be read is seen by counting characters, before it is read. */
import { limits, TooMuch } from './limits.ts'

/** @throws TooMuch */
export function requireReadable(markdown: string): void {
  if (markdown.length > limits.markdownBytes || Buffer.byteLength(markdown) > limits.markdownBytes)
    throw new TooMuch('bytes')
}
