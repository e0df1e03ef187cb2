/**
 * How many of what is found are of each kind, origin, system, namespace, state and licence: counted while it is looked for, so that
 * no count tells more than the total, and for those alone who ask. Pure.
 */
import { facetKeys } from '@cadastre/contract/search-kinds'
import { nameOf } from '../../learnt/words.ts'
import { spdxIds } from '../../modules/inspection/licence.ts'
import { eachPosting } from './marks.ts'
import { field, flag, learntWord, type Segment } from './segment.ts'

export type Facet = {
  key: (typeof facetKeys)[number]
  values: { value: string; count: number }[]
  /** how many values there are beside these */
  others: number
}

export type Tally = ReturnType<typeof tally>

/** What a page can show of the namespaces of a registry. */
const shownValues = 12

type Part = { flags: Uint32Array; spaces: Uint32Array; systems: Uint32Array; licences: Uint32Array }

export function tally() {
  const parts = new Map<Segment, Part>()

  /** @returns to be called once with each entry that is found in this segment */
  function from(segment: Segment): (entry: number) => void {
    const [systems, licences] = [systemsOf(segment), licencesOf(segment)]
    const part = parts.get(segment) ?? {
      flags: new Uint32Array(allFlags + 1),
      spaces: new Uint32Array(segment.spaces.hostOf.length),
      systems: new Uint32Array(systems.names.length),
      licences: new Uint32Array(licences.names.length),
    }
    parts.set(segment, part)
    const { flags, space } = segment
    return (entry) => {
      part.flags[flags[entry]!]! += 1
      part.spaces[space[entry]!]! += 1
      part.systems[systems.of[entry]!]! += 1
      part.licences[licences.of[entry]!]! += 1
    }
  }

  function facets(): Facet[] {
    const counts = Object.fromEntries(facetKeys.map((key) => [key, new Map<string, number>()])) as Counts
    for (const [segment, { flags, spaces, systems, licences }] of parts) {
      for (const [value, count] of flags.entries()) if (count > 0) addFlags(counts, value, count)
      const { nameOf } = segment.spaces
      for (const [space, count] of spaces.entries()) add(counts.ns, segment.words.text(nameOf[space]!), count)
      addNamed(counts.system, systemsOf(segment), systems)
      addNamed(counts.license, licencesOf(segment), licences)
    }
    return facetKeys.map((key) => facetOf(key, counts[key]))
  }

  return { from, facets }
}

type Counts = Record<Facet['key'], Map<string, number>>

const allFlags = Object.values(flag).reduce<number>((all, each) => all | each, 0)

function addFlags(counts: Counts, flags: number, count: number): void {
  add(counts.kind, flags & flag.provider ? 'provider' : 'module', count)
  add(counts.verified, flags & flag.verified ? 'yes' : 'no', count)
  for (const origin of ['published', 'mirrored', 'catalogued'] as const)
    if (flags & flag[origin]) add(counts.origin, origin, count)
  for (const state of ['active', 'deprecated', 'revoked'] as const)
    if (flags & flag[state]) add(counts.state, state, count)
}

/** Those that have none are of no value. */
function addNamed(counts: Map<string, number>, { names }: Named, found: Uint32Array): void {
  for (const [place, count] of found.entries()) if (place > 0) add(counts, names[place]!, count)
}

function add(counts: Map<string, number>, value: string, count: number): void {
  if (count > 0) counts.set(value, (counts.get(value) ?? 0) + count)
}

/** Namespaces are many: the few to show are picked out, without putting all in order. */
function facetOf(key: Facet['key'], counts: Map<string, number>): Facet {
  const values: Facet['values'] = []
  for (const [value, count] of counts) {
    const last = values.at(shownValues - 1)
    if (last && !isBefore({ value, count }, last)) continue
    const place = values.findIndex((other) => isBefore({ value, count }, other))
    values.splice(place === -1 ? values.length : place, 0, { value, count })
    if (values.length > shownValues) values.pop()
  }
  return { key, values, others: counts.size - values.length }
}

const isBefore = (a: Facet['values'][number], b: Facet['values'][number]) =>
  a.count > b.count || (a.count === b.count && a.value < b.value)

/** Of each entry the place of its name among all of them; 0 of what has none. */
type Named = { of: Uint16Array; names: string[] }

/** A segment's words never change, so this is found out once for each, when the first one asks. */
function onceForEach(find: (segment: Segment) => Named): (segment: Segment) => Named {
  const before = new WeakMap<Segment, Named>()
  return (segment) => {
    const named = before.get(segment) ?? find(segment)
    before.set(segment, named)
    return named
  }
}

/** @param words that name something where they stand in this field */
function namedBy(
  segment: Segment,
  words: Iterable<number>,
  where: number,
  nameOfWord: (text: string) => string,
): Named {
  const of = new Uint16Array(segment.size)
  const names = ['']
  for (const word of words) {
    let place = 0
    eachPosting(segment, word, (entry, bits) => {
      if (!(bits & where)) return
      if (place === 0) place = names.push(nameOfWord(segment.words.text(word))) - 1
      of[entry] = place
    })
  }
  return { of, names }
}

const systemsOf = onceForEach((segment) =>
  namedBy(segment, Array(segment.postingStarts.length - 1).keys(), field.system, (text) => text),
)

const licenceWord = learntWord('license', '')
/** Words are lower case, and hyphened; those of an id that nobody knows stay so. */
const spdxOfWord = new Map(spdxIds.map((spdx) => [nameOf(spdx), spdx]))

const licencesOf = onceForEach((segment) =>
  namedBy(segment, segment.words.startingWith(licenceWord), field.learnt, (text) => {
    const word = text.slice(licenceWord.length)
    return spdxOfWord.get(word) ?? word
  }),
)
