/** What one term of a query is in the entries of a segment: their name, its beginning, a word of it, or of their text. Pure. */
import { eachPosting, type Marks, mark, noMarks } from './marks.ts'
import type { Term } from './query.ts'
import { endOfName, field, learntWord, type Segment } from './segment.ts'

/** What a word is in an entry, best first; one entry may have several. */
export const bit = { name: 1, namespace: 2, system: 4, prefix: 8, nameWord: 16, text: 32 } as const

export function marksOf(segment: Segment, term: Term): Marks {
  const marks = noMarks(segment)
  markBeginnings(segment, term.words.length === 1 ? term.words[0]! : term.name, term.whole, marks)
  if (term.words.length > 1) markAll(segment, term, marks)
  return marks
}

/** @param isEqual the word is what was typed, and not only its beginning */
export function markWord({ postings, postingStarts }: Segment, word: number, isEqual: boolean, marks: Marks): void {
  const bitsOfWhere = isEqual ? bitsOfEqual : bitsOfBeginning
  const end = postingStarts[word + 1]!
  const { bits, entries } = marks
  for (let at = postingStarts[word]!; at < end; at += 1) {
    const posting = postings[at]!
    const found = bitsOfWhere[posting & 0xff]!
    if (found === 0) continue
    const entry = posting >>> 8
    const before = bits[entry]!
    if (before === 0) entries.push(entry)
    bits[entry] = before | found
  }
}

/** Entries with this word, and unless it is to be whole, with words that begin so. */
function markBeginnings(segment: Segment, text: string, whole: boolean, marks: Marks): void {
  const { words } = segment
  const equal = words.numberOf(text)
  if (equal !== -1) markWord(segment, equal, true, marks)
  for (const word of whole ? [] : words.startingWith(text)) {
    if (word === equal) continue
    // One letter begins almost everything.
    if (text.length > 1) markWord(segment, word, false, marks)
    else eachPosting(segment, word, (entry, where) => mark(marks, entry, where & field.name ? bit.prefix : 0))
  }
  const resource = words.numberOf(learntWord('resource', text))
  if (resource !== -1) eachPosting(segment, resource, (entry) => mark(marks, entry, bit.text))
}

const everyWhere = Array.from({ length: 64 }, (_, where) => where)
const bitsOfEqual = Uint8Array.from(everyWhere, (where) => bitsOf(where, true))
const bitsOfBeginning = Uint8Array.from(everyWhere, (where) => bitsOf(where, false))

function bitsOf(where: number, isEqual: boolean): number {
  if (where & field.name) return isEqual ? bit.name : bit.prefix
  if (where & field.nameWord) return bit.nameWord
  if (isEqual && where & field.namespace) return bit.namespace
  if (isEqual && where & field.system) return bit.system
  return where & field.learnt ? 0 : bit.text
}

/** Entries with all words of a term that has several; of a phrase one after the other. */
function markAll(segment: Segment, { words, whole }: Term, marks: Marks): void {
  const parts = words.map((word) => {
    const part = noMarks(segment)
    markBeginnings(segment, word, whole, part)
    return part
  })
  const numbers = whole ? words.map((word) => segment.words.numberOf(word)) : []
  const [fewest] = parts.toSorted((a, b) => a.entries.length - b.entries.length)
  for (const entry of fewest!.entries) {
    if (parts.some(({ bits }) => bits[entry] === 0)) continue
    if (whole && !hasPhrase(segment, entry, numbers)) continue
    const isName = parts.every(({ bits }) => bits[entry]! & (bit.name | bit.prefix | bit.nameWord))
    mark(marks, entry, isName ? bit.nameWord : bit.text)
  }
}

function hasPhrase({ texts, textStarts }: Segment, entry: number, words: number[]): boolean {
  for (let from = textStarts[entry]!; from + words.length <= textStarts[entry + 1]!; from += 1)
    if (words.every((word, at) => word !== -1 && word !== endOfName && texts[from + at] === word)) return true
  return false
}
