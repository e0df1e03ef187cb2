/** Which entries of a segment a query means, and how well. Pure. */
import { wanted } from './filters.ts'
import { eachPosting, having, type Marks, noMarks } from './marks.ts'
import type { Query, Term } from './query.ts'
import { field, type Segment } from './segment.ts'
import { bit, marksOf, markWord } from './term-marks.ts'

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

const rankOfBits = Uint8Array.from({ length: 64 }, (_, bits) => {
  if (bits === 0) return 0
  if (bits & bit.name) return 1
  if (bits & (bit.namespace | bit.system)) return 2
  if (bits & bit.prefix) return 3
  return bits & bit.nameWord ? 4 : 5
})

/** Entries and their steps, without those that the query leaves out. */
export function matchAsWritten(segment: Segment, query: Query): Marks {
  const found = stepsOf(
    segment,
    query.terms.map((term) => marksOf(segment, term)),
  )
  liftWholeQuery(segment, query.terms, found)
  liftAddress(segment, query, found)
  return keepWanted(segment, query, found)
}

export type WithTypos = Marks & {
  /** the word of this entry that was meant, when the term is not written in it */
  meant(term: Term, entry: number): string | undefined
}

/** The same, where a word may be one edit away from what was typed. */
export function matchWithTypos(segment: Segment, query: Query): WithTypos {
  const read = query.terms.map((term) => {
    const [written, near] = [marksOf(segment, term), nearWords(segment, term)]
    const marks = { bits: written.bits.slice(), entries: [...written.entries] }
    for (const number of near) markWord(segment, number, true, marks)
    return { term, written, marks, near }
  })
  const found = stepsOf(
    segment,
    read.map(({ marks }) => marks),
  )
  const { entries, bits } = found
  for (const entry of entries) bits[entry] = bits[entry]! <= step.prefix ? step.typoOfName : step.typo
  return {
    ...keepWanted(segment, query, found),
    meant(term, entry) {
      const { written, near } = read.find((each) => each.term === term)!
      if (written.bits[entry] !== 0) return undefined
      const meant = near.find((number) => hasPosting(segment, number, entry))
      return meant === undefined ? undefined : segment.words.text(meant)
    },
  }
}

const shortestWithTypo = 3

const nearWords = ({ words }: Segment, { name, whole }: Term): number[] =>
  whole || name.length < shortestWithTypo ? [] : words.withinOneEdit(name)

function hasPosting(segment: Segment, word: number, wantedEntry: number): boolean {
  let has = false
  eachPosting(segment, word, (entry) => {
    has ||= entry === wantedEntry
  })
  return has
}

/**
 * @param terms the marks of each: what has all of them is found; without any, nothing is
 * @returns the steps, in the place of the marks of which there were fewest
 */
function stepsOf(segment: Segment, terms: Marks[]): Marks {
  const [fewest, ...others] = terms.toSorted((a, b) => a.entries.length - b.entries.length)
  if (!fewest) return noMarks(segment)
  const { bits } = fewest
  const entries = fewest.entries.filter((entry) => {
    let any = bits[entry]!
    let worst = rankOfBits[any]!
    let isInAll = true
    for (const other of others) {
      const also = other.bits[entry]!
      isInAll &&= also !== 0
      any |= also
      worst = Math.max(worst, rankOfBits[also]!)
    }
    bits[entry] = isInAll ? stepOf(worst, any) : 0
    return isInAll
  })
  return { entries, bits }
}

/** @param worst rank of the word that fits worst @param any bits of all words */
function stepOf(worst: number, any: number): number {
  if (worst <= 2 && any & bit.name) return step.name
  if (worst === 2) return any & bit.namespace ? step.namespace : step.words
  if (worst === 3) return step.prefix
  return worst === 4 ? step.nameWords : step.words
}

/** `docker instance` is the name `docker-instance`. */
function liftWholeQuery(segment: Segment, terms: Term[], { bits }: Marks): void {
  if (terms.length < 2) return
  const whole = terms.map(({ name }) => name).join('-')
  const equal = segment.words.numberOf(whole)
  for (const number of segment.words.startingWith(whole))
    eachPosting(segment, number, (entry, where) => {
      const lifted = number === equal ? step.name : step.prefix
      if (where & field.name && bits[entry]! > lifted) bits[entry] = lifted
    })
}

function liftAddress(segment: Segment, { address }: Query, { entries, bits }: Marks): void {
  if (!address) return
  const { namespace, name, system } = address
  const tests = [
    having(segment, name, 'name'),
    having(segment, namespace, 'namespace'),
    ...(system === undefined ? [] : [having(segment, system, 'system')]),
  ]
  for (const entry of entries) if (tests.every((test) => test(entry))) bits[entry] = step.address
}

function keepWanted(segment: Segment, query: Query, { entries, bits }: Marks): Marks {
  return { entries: entries.filter(wanted(segment, query, excludedBy(segment, query))), bits }
}

/** What the query excludes by words: a test of an entry for each. */
export const excludedBy = (segment: Segment, { excluded }: Query): ((entry: number) => boolean)[] =>
  excluded.map((term) => {
    const { bits } = marksOf(segment, term)
    return (entry) => bits[entry] !== 0
  })
