/** Asks a worker thread for HTML, and does with plain text when it takes too long. */
import { Refusal } from '../refusal.ts'
import type { Workers } from '../workers.ts'
import type { Code } from './colour-code.ts'
import type { Fragments } from './fragments.ts'
import type { Markdown, Rendered } from './markdown.ts'
import { plainLines, plainMarkdown } from './plain.ts'

const deadlineMs = 20_000
const fragmentsDeadlineMs = 10_000

/** Never refuses what it is given: README and description are what others wrote, and are shown in any case. */
export const renderedMarkdown = (workers: Workers, markdown: Markdown): Promise<Rendered> =>
  workers.run<Rendered>('markdown.render', markdown, { deadlineMs, overspent }).catch((error) => {
    if (error !== overspent) throw error
    return plainMarkdown(markdown.markdown)
  })

/** @returns for each text its safe HTML; null where it is to be shown as it was written */
export const renderedFragments = (workers: Workers, fragments: Fragments): Promise<(string | null)[]> =>
  workers
    .run<(string | null)[]>('markdown.fragments', fragments, { deadlineMs: fragmentsDeadlineMs, overspent })
    .catch((error) => {
      if (error !== overspent) throw error
      return fragments.texts.map(() => null)
    })

/** @returns every line as safe HTML */
export const colouredCode = (workers: Workers, code: Code): Promise<string[]> =>
  workers.run<string[]>('markdown.colour', code, { deadlineMs, overspent }).catch((error) => {
    if (error !== overspent) throw error
    return plainLines(code.text)
  })

const overspent = new Refusal('invalid', 'too-expensive', 'Reading this text takes too long.')
