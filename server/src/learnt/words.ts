/** Text as the search sees it: lower case, cut into words of letters and digits. Pure. */

const maxWordLength = 64
const plainText = /^[ -~]*$/

export const lowered = (text: string): string => (plainText.test(text) ? text : text.normalize('NFKC')).toLowerCase()

export function wordsOf(text: string): string[] {
  const words = lowered(text).match(/[\p{L}\p{N}]+/gu) ?? []
  return words.map((word) => word.slice(0, maxWordLength))
}

/** A name as a whole. `my_team` and `my-team` are one: readers take one for the other. */
export const nameOf = (text: string): string =>
  wordsOf(text)
    .join('-')
    .slice(0, 2 * maxWordLength)
