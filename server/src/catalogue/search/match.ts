/** Which entries of a segment a query means, and how well: marks in arrays as long as the segment, one pass per word. Pure. */
import { keepWanted } from './filters.ts'
import type { Query, Term } from './query.ts'
import { eachPosting, endOfName, field, learntWord, marksOfWord, type Segment } from './segment.ts'

/** How a hit came about, best first; 0 is none. */
export const step = {
  address: 1,
  name: 2,
  namespace: 3,
  prefix: 4,
  nameWords: 5,
  words: 6,
  typoOfName: 7,
  typo: 8,
} as const

/** What a word is in an entry, best first; one entry may have several. */
const bit = { name: 1, namespace: 2, system: 4, prefix: 8, nameWord: 16, text: 32 } as const
const rankOfBits = Uint8Array.from({ length: 64 }, (_, bits) => {
  if (bits === 0) return 0
  if (bits & bit.name) return 1
  if (bits & (bit.namespace | bit.system)) return 2
  if (bits & bit.prefix) return 3
  return bits & bit.nameWord ? 4 : 5
})

/** @returns the step of each entry; entries that are gone or filtered out have none */
export function matchAsWritten(segment: Segment, query: Query): Uint8Array {
  const steps = stepsOf(segment, query.terms, (term) => marksOf(segment, term))
  liftWholeQuery(segment, query.terms, steps)
  liftAddress(segment, query, steps)
  keepWanted(segment, query, (term) => marksOf(segment, term), steps)
  return steps
}

/** The same, where a word may be one edit away from what was typed. */
export function matchWithTypos(segment: Segment, query: Query): Uint8Array {
  const steps = stepsOf(segment, query.terms, (term) => {
    const marks = marksOf(segment, term)
    for (const number of alternativesOf(segment, term)) markEqual(segment, number, marks)
    return marks
  })
  for (let entry = 0; entry < steps.length; entry += 1)
    if (steps[entry] !== 0) steps[entry] = steps[entry]! <= step.prefix ? step.typoOfName : step.typo
  keepWanted(segment, query, (term) => marksOf(segment, term), steps)
  return steps
}

/** The word of this entry that was meant, when the term is not written in it. */
export function meantWord(segment: Segment, term: Term, entry: number): string | undefined {
  if (marksOf(segment, term)[entry] !== 0) return undefined
  const meant = alternativesOf(segment, term).find((number) => {
    const marks = new Uint8Array(segment.size)
    markEqual(segment, number, marks)
    return marks[entry] !== 0
  })
  return meant === undefined ? undefined : segment.words.text(meant)
}

const shortestWithTypo = 3

const alternativesOf = ({ words }: Segment, { name, whole }: Term): number[] =>
  whole || name.length < shortestWithTypo ? [] : words.withinOneEdit(name)

function stepsOf(segment: Segment, terms: Term[], marksFor: (term: Term) => Uint8Array): Uint8Array {
  const { size } = segment
  const any = new Uint8Array(size)
  // 0: not every term is in it
  const worst = new Uint8Array(size)
  if (terms.length === 0) return worst.fill(step.words)
  for (const [index, term] of terms.entries()) {
    const marks = marksFor(term)
    for (let entry = 0; entry < size; entry += 1) {
      const bits = marks[entry]!
      if (bits === 0) worst[entry] = 0
      else if (index === 0 || worst[entry] !== 0) {
        any[entry]! |= bits
        const rank = rankOfBits[bits]!
        if (rank > worst[entry]!) worst[entry] = rank
      }
    }
  }
  for (let entry = 0; entry < size; entry += 1)
    if (worst[entry] !== 0) worst[entry] = stepOf(worst[entry]!, any[entry]!)
  return worst
}

/** @param worst rank of the word that fits worst @param any bits of all words */
function stepOf(worst: number, any: number): number {
  if (worst <= 2 && any & bit.name) return step.name
  if (worst === 2) return any & bit.namespace ? step.namespace : step.words
  if (worst === 3) return step.prefix
  return worst === 4 ? step.nameWords : step.words
}

function marksOf(segment: Segment, term: Term): Uint8Array {
  const marks = new Uint8Array(segment.size)
  const [first] = term.words
  if (term.words.length === 1) markWord(segment, first!, term.whole, marks)
  else {
    markWord(segment, term.name, term.whole, marks)
    markAll(segment, term, marks)
  }
  return marks
}

/** Entries with this word, and unless it is to be whole, with words that begin so. */
function markWord(segment: Segment, word: string, whole: boolean, marks: Uint8Array): void {
  const { words } = segment
  const equal = words.numberOf(word)
  const numbers = whole ? [equal] : words.startingWith(word)
  for (const number of numbers) {
    if (number === -1) continue
    const isEqual = number === equal
    // One letter begins almost everything.
    if (isEqual || word.length > 1)
      eachPosting(segment, number, (entry, where) => (marks[entry]! |= bitsOf(where, isEqual)))
    else eachPosting(segment, number, (entry, where) => (marks[entry]! |= where & field.name ? bit.prefix : 0))
  }
  const resource = words.numberOf(learntWord('resource', word))
  if (resource !== -1) eachPosting(segment, resource, (entry) => (marks[entry]! |= bit.text))
}

function bitsOf(where: number, isEqual: boolean): number {
  if (where & field.name) return isEqual ? bit.name : bit.prefix
  if (where & field.nameWord) return bit.nameWord
  if (isEqual && where & field.namespace) return bit.namespace
  if (isEqual && where & field.system) return bit.system
  return where & field.learnt ? 0 : bit.text
}

/** Entries with this very word. */
const markEqual = (segment: Segment, number: number, marks: Uint8Array): void =>
  eachPosting(segment, number, (entry, where) => {
    marks[entry]! |= bitsOf(where, true)
  })

/** Entries with all words of a term that has several; of a phrase one after the other. */
function markAll(segment: Segment, { words, whole }: Term, marks: Uint8Array): void {
  const parts = words.map((word) => {
    const part = new Uint8Array(segment.size)
    markWord(segment, word, whole, part)
    return part
  })
  const numbers = whole ? words.map((word) => segment.words.numberOf(word)) : []
  for (let entry = 0; entry < segment.size; entry += 1) {
    if (parts.some((part) => part[entry] === 0)) continue
    if (whole && !hasPhrase(segment, entry, numbers)) continue
    const isName = parts.every((part) => part[entry]! & (bit.name | bit.prefix | bit.nameWord))
    marks[entry]! |= isName ? bit.nameWord : bit.text
  }
}

function hasPhrase({ texts, textStarts }: Segment, entry: number, numbers: number[]): boolean {
  for (let from = textStarts[entry]!; from + numbers.length <= textStarts[entry + 1]!; from += 1)
    if (numbers.every((number, at) => number !== -1 && number !== endOfName && texts[from + at] === number)) return true
  return false
}

/** `docker instance` is the name `docker-instance`. */
function liftWholeQuery(segment: Segment, terms: Term[], steps: Uint8Array): void {
  if (terms.length < 2) return
  const whole = terms.map(({ name }) => name).join('-')
  const equal = segment.words.numberOf(whole)
  for (const number of segment.words.startingWith(whole))
    eachPosting(segment, number, (entry, where) => {
      const lifted = number === equal ? step.name : step.prefix
      if (where & field.name && steps[entry]! > lifted) steps[entry] = lifted
    })
}

function liftAddress(segment: Segment, { address }: Query, steps: Uint8Array): void {
  if (!address) return
  const name = segment.words.numberOf(address.name)
  if (name === -1) return
  const inNamespace = marksOfWord(segment, address.namespace, field.namespace)
  const { system } = address
  const forSystem = system === undefined ? steps : marksOfWord(segment, system, field.system)
  eachPosting(segment, name, (entry, where) => {
    if (where & field.name && inNamespace[entry] !== 0 && forSystem[entry] !== 0 && steps[entry] !== 0)
      steps[entry] = step.address
  })
}
