/** What a search leaves out: what is gone, what its keys do not ask for, what it excludes. Pure. */
import type { Filter, Query, Term } from './query.ts'
import { field, flag, learntWord, marksOfWord, type Segment } from './segment.ts'
import { nameOf } from './words.ts'

/** Takes the step from entries that are gone, and from those that the query does not want. */
export function keepWanted(
  segment: Segment,
  query: Query,
  marksOf: (term: Term) => Uint8Array,
  steps: Uint8Array,
): void {
  const drop = (entry: number) => (steps[entry] = 0)
  // What is revoked is shown to those who ask for it.
  const isStateAsked = query.filters.some(({ key, excluded }) => key === 'state' && !excluded)
  const unasked = isStateAsked ? 0 : flag.revoked
  for (let entry = 0; entry < segment.size; entry += 1)
    if (segment.gone[entry] !== 0 || segment.flags[entry]! & unasked) drop(entry)
  for (const term of query.excluded) {
    const marks = marksOf(term)
    for (let entry = 0; entry < segment.size; entry += 1) if (marks[entry] !== 0) drop(entry)
  }
  for (const filter of query.filters) {
    const passes = passing(segment, filter)
    for (let entry = 0; entry < segment.size; entry += 1) if (passes(entry) === filter.excluded) drop(entry)
  }
  if (query.address?.hostname !== undefined) keepHost(segment, query.address.hostname, steps)
}

function keepHost({ size, space, spaces }: Segment, hostname: string, steps: Uint8Array): void {
  const host = spaces.hostnames.indexOf(hostname)
  for (let entry = 0; entry < size; entry += 1) if (spaces.hostOf[space[entry]!] !== host) steps[entry] = 0
}

/** What a key asks of an entry. */
function passing(segment: Segment, { key, value }: Filter): (entry: number) => boolean {
  const { flags } = segment
  const isProvider = (entry: number) => (flags[entry]! & flag.provider) !== 0
  const withFlag = (wanted: number) => (entry: number) => (flags[entry]! & wanted) !== 0
  switch (key) {
    case 'kind':
      return (entry) => value === (isProvider(entry) ? 'provider' : 'module')
    case 'origin':
    case 'state':
      return withFlag(flagOf(value))
    case 'verified':
      return (entry) => value === ((flags[entry]! & flag.verified) !== 0 ? 'yes' : 'no')
    case 'ns':
      return having(segment, nameOf(value), field.namespace)
    case 'system':
      return having(segment, nameOf(value), field.system)
    case 'target': {
      const [forSystem, byName] = [
        having(segment, nameOf(value), field.system),
        having(segment, nameOf(value), field.name),
      ]
      return (entry) => (isProvider(entry) ? byName(entry) : forSystem(entry))
    }
    case 'provider': {
      // Nobody has to learn that a module for aws requires the provider aws.
      const [learnt, forSystem] = [
        having(segment, learntWord(key, value), field.learnt),
        having(segment, nameOf(value), field.system),
      ]
      return (entry) => learnt(entry) || forSystem(entry)
    }
    default:
      return having(segment, learntWord(key, value), field.learnt)
  }
}

function having(segment: Segment, word: string, where: number): (entry: number) => boolean {
  const marks = marksOfWord(segment, word, where)
  return (entry) => marks[entry] !== 0
}

const flagOf = (value: string): number =>
  value === 'provider' || value === 'verified' || !Object.hasOwn(flag, value) ? 0 : flag[value as keyof typeof flag]

/** True when anybody has learnt anything for this key. */
export const knowsKey = (segment: Segment, key: string): boolean => segment.words.startingWith(`:${key}:`).length > 0
