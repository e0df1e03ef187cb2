/** Marks on entries of a segment, and a list of those that have any: a query means few of many. */
import { field, type Segment } from './segment.ts'

export type Marks = { bits: Uint8Array; entries: number[] }

export const noMarks = ({ size }: Segment): Marks => ({ bits: new Uint8Array(size), entries: [] })

export function mark({ bits, entries }: Marks, entry: number, bit: number): void {
  if (bit === 0) return
  if (bits[entry] === 0) entries.push(entry)
  bits[entry]! |= bit
}

export function eachPosting(
  { postings, postingStarts }: Segment,
  word: number,
  visit: (entry: number, where: number) => void,
): void {
  const end = postingStarts[word + 1]!
  for (let at = postingStarts[word]!; at < end; at += 1) visit(postings[at]! >>> 8, postings[at]! & 0xff)
}

/** The entries that have this very word there. */
export function having(segment: Segment, word: string, where: keyof typeof field): (entry: number) => boolean {
  const bits = new Uint8Array(segment.size)
  const number = segment.words.numberOf(word)
  if (number !== -1)
    eachPosting(segment, number, (entry, at) => {
      bits[entry]! |= at & field[where]
    })
  return (entry) => bits[entry] !== 0
}
