/** Of how many modules is known what is in them? Who asks for a resource wants to know what was not looked at. */

import type { Caller } from '../../access/caller.ts'
import type { learntKeys } from '../../learnt/terms.ts'
import { eachPosting } from './marks.ts'
import type { Query } from './query.ts'
import { readableIn } from './readable.ts'
import { field, flag, type Segment } from './segment.ts'

const said: Record<(typeof learntKeys)[number], string> = {
  resource: 'Resources',
  input: 'Inputs',
  output: 'Outputs',
  provider: 'Required providers',
  uses: 'Calls',
  license: 'Licences',
}

/** @returns what to say of it; nothing when all of them are known */
export function knownOf(segments: Segment[], { filters }: Query, caller: Caller): string[] {
  const asked = (Object.keys(said) as (keyof typeof said)[]).filter((key) => filters.some((each) => each.key === key))
  if (asked.length === 0) return []
  let [known, all] = [0, 0]
  for (const segment of segments) {
    const [isRead, isReadable] = [readIn(segment), readableIn(segment, caller)]
    for (let entry = 0; entry < segment.moduleCount; entry += 1) {
      if (segment.gone[entry] || !(segment.flags[entry]! & (flag.active | flag.deprecated)) || !isReadable(entry))
        continue
      all += 1
      known += isRead[entry]!
    }
  }
  if (known === all) return []
  return asked.map((key) => {
    if (key === 'provider') return `${said[key]} are known for ${known} of ${all} modules, the others by target system.`
    if (known === 0) return `Nothing is known for ${key}: yet, so nothing is found by it.`
    return `${said[key]} are known for ${known} of ${all} modules.`
  })
}

/** A segment's words never change, so this is found out once for each. */
const readBySegment = new WeakMap<Segment, Uint8Array>()

function readIn(segment: Segment): Uint8Array {
  const before = readBySegment.get(segment)
  if (before) return before
  const isRead = new Uint8Array(segment.size)
  for (const word of segment.words.startingWith(':'))
    eachPosting(segment, word, (entry, where) => {
      if (where & field.learnt) isRead[entry] = 1
    })
  readBySegment.set(segment, isRead)
  return isRead
}
