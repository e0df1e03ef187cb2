/** Text as it was written, made safe without being read: for what is too large or takes too long. */
import { codeBlock } from './code-block.ts'
import { escapeHtml } from './escape.ts'
import { limits } from './limits.ts'
import type { Rendered } from './markdown.ts'

export const plainMarkdown = (markdown: string): Rendered => ({
  html: codeBlock(plainLines(markdown.slice(0, limits.markdownBytes))),
  headings: [],
  firstSentence: '',
  plain: true,
})

export const plainLines = (text: string): string[] => linesOf(text).map(escapeHtml)

/** As an editor shows them: the line break at the end begins no other line. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/)
  if (lines.length > 1 && lines.at(-1) === '') lines.pop()
  return lines
}
