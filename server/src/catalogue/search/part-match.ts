/** Which parts of modules a query means — their inputs, outputs, resources, submodules — and how well. Pure. */
import type { PartKind } from '@cadastre/contract/search-kinds'
import type { Caller } from '../../access/caller.ts'
import { wanted } from './filters.ts'
import { excludedBy } from './match.ts'
import type { BestParts } from './part-rank.ts'
import type { Query } from './query.ts'
import { readableIn } from './readable.ts'
import { learntWord, type Segment } from './segment.ts'
import { bit, marksOf } from './term-marks.ts'
import type { Place } from './word-table.ts'

/** How a name came about to be found, best first. */
export const partStep: Record<Place, number> = { equal: 1, start: 2, inside: 3 }

/** What the modules of a segment have to do with a query, for all kinds of their parts. */
export type PartScope = {
  segment: Segment
  /**
   * Whether the caller may see a module, the query does not leave it out, and the terms that are not in the name of its
   * part are in its address. @param has a bit for each term that is in the name, by its place
   */
  isWanted: (has: number) => (entry: number) => boolean
}

const addressBits = bit.name | bit.namespace | bit.system | bit.prefix | bit.nameWord

export function partScope(segment: Segment, query: Query, caller: Caller): PartScope {
  const ofModules = { ...query, filters: query.filters.filter(({ key }) => key !== 'kind') }
  const isKept = wanted(segment, ofModules, excludedBy(segment, query))
  const isReadable = readableIn(segment, caller)
  const inAddress = query.terms.map((term) => marksOf(segment, term).bits)
  const tests = new Map<number, (entry: number) => boolean>()

  function testFor(has: number) {
    const elsewhere = inAddress.filter((_, place) => (has & (1 << place)) === 0)
    return askedOnce(
      segment.size,
      (entry) =>
        entry < segment.moduleCount &&
        elsewhere.every((bits) => (bits[entry]! & addressBits) !== 0) &&
        isKept(entry) &&
        isReadable(entry),
    )
  }

  return {
    segment,
    isWanted(has) {
      const test = tests.get(has) ?? testFor(has)
      tests.set(has, test)
      return test
    },
  }
}

const [unknown, yes, no] = [0, 1, 2] as const

/** A module has many parts. */
function askedOnce(size: number, ask: (entry: number) => boolean): (entry: number) => boolean {
  const known = new Uint8Array(size)
  return (entry) => {
    if (known[entry] === unknown) known[entry] = ask(entry) ? yes : no
    return known[entry] === yes
  }
}

/**
 * Every part that has all terms, some of them perhaps in the address of its module: `vpc cidr` is the input `cidr` of a
 * module that is called `vpc`. One at least is in its own name.
 * @returns how many there are
 */
export function findParts({ segment, isWanted }: PartScope, query: Query, kind: PartKind, best: BestParts): number {
  const { postings, postingStarts } = segment
  const offer = best.from(segment)
  let count = 0
  for (const [word, { step, has }] of namesOf(segment, query, kind)) {
    const isFound = isWanted(has)
    const start = postingStarts[word]!
    let last = -1
    // Common names have tens of thousands of these, and what came last is more often the better.
    for (let at = postingStarts[word + 1]! - 1; at >= start; at -= 1) {
      const entry = postings[at]! >>> 8
      // A module may have one name in two ways of writing.
      if (entry === last || !isFound(entry)) continue
      last = entry
      count += 1
      offer(entry, word, step)
    }
  }
  return count
}

/** @param has a bit for each term that is in the name, by its place */
type Named = { step: number; has: number }

/** The words of this kind that are meant, whichever modules have them. */
function namesOf({ words }: Segment, { terms, excluded, filters }: Query, kind: PartKind): Map<number, Named> {
  const start = learntWord(kind, '')
  const named = new Map<number, Named>()
  for (const [place, { name, whole, ofAddress }] of terms.entries()) {
    if (ofAddress) continue
    words.eachWith(start, name, (word, at, isWhole) => {
      // One letter begins almost everything.
      if ((whole && !isWhole) || (name.length === 1 && at !== 'equal')) return
      const { step, has } = named.get(word) ?? { step: partStep.inside, has: 0 }
      named.set(word, { step: Math.min(step, partStep[at]), has: has | (1 << place) })
    })
  }
  // `vpc cidr` is all of `vpc_cidr`.
  const whole = words.numberOf(learntWord(kind, terms.map(({ name }) => name).join('-')))
  const asOne = named.get(whole)
  if (asOne) asOne.step = partStep.equal
  keepOwn(
    named,
    filters.flatMap(({ key, value, excluded: isNot }) =>
      key === kind && !isNot ? [words.numberOf(learntWord(kind, value))] : [],
    ),
  )
  for (const { name } of excluded)
    words.eachWith(start, name, (word, _, isWhole) => {
      if (isWhole) named.delete(word)
    })
  return named
}

/** Who writes `input:cidr` means that input, and needs no word beside it. */
function keepOwn(named: Map<number, Named>, asked: number[]): void {
  if (asked.length === 0) return
  for (const word of named.keys()) if (!asked.includes(word)) named.delete(word)
  const [only, ...others] = new Set(asked)
  if (only !== undefined && only !== -1 && others.length === 0)
    named.set(only, { step: partStep.equal, has: named.get(only)?.has ?? 0 })
}
