/** Code as highlighted HTML: made in a worker, remembered, and plain when that would take too long. */
import { createHash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { App } from '../../foundation/app.ts'
import { keepInMemory } from '../../foundation/database/kept.ts'
import { colouredCode } from '../../foundation/markdown/ask-worker.ts'
import { codeBlock } from '../../foundation/markdown/code-block.ts'
import { languageOfFile } from '../../foundation/markdown/languages.ts'
import { plainLines } from '../../foundation/markdown/plain.ts'
import { textIn } from './file-type.ts'
import { isShort, maxShownBytes } from './shown-size.ts'

export type Colouring = {
  /** @returns null when it is not text, or too large to be shown */
  lines(path: string, bytes: Buffer): Promise<string[] | null>
  /** Of a configuration. */
  block(text: string): Promise<string>
}

const keptBytes = 16 * 1024 * 1024
/** The workers may be busy with archives; who reads is not to wait for that. */
const patienceMs = 2_000

export function colouring(app: App): Colouring {
  const kept = keepInMemory<string[]>({
    maxBytes: keptBytes,
    sizeOf: (lines) => lines.reduce((sum, line) => sum + 2 * line.length + 16, 0),
  })

  async function coloured(text: string, language = ''): Promise<string[]> {
    const key = createHash('sha256').update(`${language}\n${text}`).digest('base64')
    const made = kept.get(key, () => colouredCode(app.workers, { text, language }))
    const patience = new AbortController()
    const plain = setTimeout(patienceMs, undefined, { signal: patience.signal }).then(() => plainLines(text))
    plain.catch(() => {})
    made.catch(() => {})
    return Promise.race([made, plain]).finally(() => patience.abort())
  }

  return {
    async lines(path, bytes) {
      const text = bytes.length > maxShownBytes ? undefined : textIn(bytes)
      if (text === undefined) return null
      const lines = await coloured(text, languageOfFile(path))
      if (isShort(lines)) return lines
      const plain = plainLines(text)
      return isShort(plain) ? plain : null
    },
    block: async (text) => codeBlock(await coloured(text, 'hcl')),
  }
}
