/** What one text may cost. What costs more is shown as it was written, without being read. */

export const limits = {
  /** GitHub reads no more of a README either. */
  markdownBytes: 512 * 1024,
  /** quotes in lists in quotes …, and elements in elements */
  depth: 100,
  /** what is gone through for the marks of all paragraphs; about a second */
  work: 30_000_000,
  lines: 20_000,
  /** over all lines */
  containers: 50_000,
  nodes: 100_000,
  /** Rows are filled up to the width of the head, so a few bytes can ask for millions of cells. */
  tableCells: 50_000,
  /** A definition is written out wherever it is referred to. */
  referredCharacters: 1024 * 1024,
  /** of one of the short texts that a page has many of */
  fragmentCharacters: 16 * 1024,
  /** of the HTML of all of them that are asked for together */
  fragmentsCharacters: 1024 * 1024,
  /** of these; shorter than who asks waits, so that what is done by then is not lost */
  fragmentsMs: 8_000,
  htmlCharacters: 8 * 1024 * 1024,
  /** of a link; longer ones are not followed */
  urlCharacters: 2000,
  /** of an image that stands in the text itself */
  inlineImageCharacters: 48 * 1024,
  /** of all blocks of a document together, in characters of ordinary code; what is over it stays plain */
  documentCodeWork: 256 * 1024,
  /** of a file that is shown */
  codeWork: 512 * 1024,
  /** A longer line stays plain. */
  colouredLine: 1000,
}

/** Thrown where the limits are found to be passed; the reader of the document turns it into plain text. */
export class TooMuch extends Error {}
