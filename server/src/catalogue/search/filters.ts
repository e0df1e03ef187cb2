/** What a search leaves out: what is gone, what its keys do not ask for, what it excludes. Pure. */
import { nameOf } from '../../learnt/words.ts'
import { having } from './marks.ts'
import type { Filter, Query } from './query.ts'
import { flag, learntWord, type Segment } from './segment.ts'

type Test = (entry: number) => boolean

/** @param isExcluded of what the query excludes by words */
export function wanted(segment: Segment, { filters, address }: Query, isExcluded: Test[]): Test {
  const { gone, flags, space, spaces } = segment
  // What is revoked is shown to those who ask for it.
  const isStateAsked = filters.some(({ key, excluded }) => key === 'state' && !excluded)
  const unasked = isStateAsked ? 0 : flag.revoked
  const host = address?.hostname === undefined ? undefined : spaces.hostnames.indexOf(address.hostname)
  const tests = filters.map((filter) => ({ passes: passing(segment, filter), excluded: filter.excluded }))
  const isHere = (entry: number) =>
    gone[entry] === 0 &&
    (flags[entry]! & unasked) === 0 &&
    (host === undefined || spaces.hostOf[space[entry]!] === host)
  if (tests.length === 0 && isExcluded.length === 0) return isHere
  return (entry) =>
    isHere(entry) &&
    tests.every(({ passes, excluded }) => passes(entry) !== excluded) &&
    !isExcluded.some((test) => test(entry))
}

/** What a key asks of an entry. */
function passing(segment: Segment, { key, value }: Filter): Test {
  const { flags } = segment
  const withFlag = (asked: number) => (entry: number) => (flags[entry]! & asked) !== 0
  const isProvider = withFlag(flag.provider)
  const isVerified = withFlag(flag.verified)
  switch (key) {
    case 'kind':
      return (entry) => value === (isProvider(entry) ? 'provider' : 'module')
    case 'origin':
    case 'state':
      return withFlag(flagOf(value))
    case 'verified':
      return (entry) => value === (isVerified(entry) ? 'yes' : 'no')
    case 'ns':
      return having(segment, nameOf(value), 'namespace')
    case 'system':
      return having(segment, nameOf(value), 'system')
    case 'target': {
      const [forSystem, byName] = [having(segment, nameOf(value), 'system'), having(segment, nameOf(value), 'name')]
      return (entry) => (isProvider(entry) ? byName(entry) : forSystem(entry))
    }
    case 'provider': {
      // Nobody has to learn that a module for aws requires the provider aws.
      const [learnt, forSystem] = [
        having(segment, learntWord(key, value), 'learnt'),
        having(segment, nameOf(value), 'system'),
      ]
      return (entry) => learnt(entry) || forSystem(entry)
    }
    default:
      return having(segment, learntWord(key, value), 'learnt')
  }
}

const flagOf = (value: string): number =>
  value === 'provider' || value === 'verified' || !Object.hasOwn(flag, value) ? 0 : flag[value as keyof typeof flag]
