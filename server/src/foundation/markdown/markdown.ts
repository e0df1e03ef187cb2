/** What goes in and what comes out where Markdown is rendered. */
import type { Heading } from './headings.ts'
import type { Links } from './links.ts'

export type Markdown = { markdown: string; links?: Links }

export type Rendered = {
  /** nothing active, no style, no image of another site; ids begin with `user-content-` */
  html: string
  /** in the order of the document, with the levels that they are shown at */
  headings: Heading[]
  /** without markup; empty when there is none */
  firstSentence: string
  /** too large or too intricate: shown as it was written */
  plain: boolean
}
