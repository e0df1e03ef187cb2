/**
 * A part of the search index, as numbers in typed arrays: 28,000 entries are a few megabytes, and nothing for the
 * collector of garbage to visit. Once built it changes in two things alone: who may see what, and what is gone from it.
 */
import type { Visibility } from '../../access/permit.ts'
import { nameOf } from '../../learnt/words.ts'
import type { Sort } from './sorts.ts'
import type { WordTable } from './word-table.ts'

export type Kind = 'module' | 'provider'
export type Origin = 'published' | 'mirrored' | 'catalogued'
export type Rights = { organizationId: string; visibility: Visibility }

/** What the index is made of. */
export type SearchRow = Rights & {
  kind: Kind
  id: number
  hostname: string
  namespace: string
  /** of a module, or the type of a provider */
  name: string
  /** empty for a provider */
  system: string
  description: string
  origin: Origin
  /** null: its source does not say */
  popularity: number | null
  downloads: number
  /** milliseconds since 1970, of its newest version; null: nobody knows */
  updatedAt: number | null
  verified: boolean
  archived: boolean
  isFork: boolean
  /** hidden: none of its versions may be seen, or it left its source */
  state: 'active' | 'deprecated' | 'revoked' | 'hidden'
  /** by field, as `learnTerms` wrote them */
  terms: Record<string, string[]> | null
}

/** Where in an entry a word stands: the low byte of a posting; the entry is the rest. */
export const field = { name: 1, nameWord: 2, namespace: 4, system: 8, text: 16, learnt: 32 } as const

export const flag = {
  provider: 1,
  published: 2,
  mirrored: 4,
  catalogued: 8,
  active: 16,
  deprecated: 32,
  revoked: 64,
  verified: 128,
} as const

export type Segment = {
  size: number
  words: WordTable
  /** of each word, and where the next one's begin */
  postings: Uint32Array
  postingStarts: Uint32Array
  /** Modules first, then providers, each by id. */
  ids: Float64Array
  flags: Uint16Array
  /** place in `spaces` */
  space: Uint32Array
  grade: Uint8Array
  /** -1 and 0 where nobody knows: lower than all that is known */
  popularity: Float64Array
  downloads: Float64Array
  updatedAt: Float64Array
  /** Words of its name, `endOfName`, words of its description. */
  texts: Uint32Array
  textStarts: Uint32Array
  spaces: Spaces
  /** All entries as each sort has them, whose words nobody asked for. */
  orders: Record<Sort, Uint32Array>
  /** How many there are to see, at `countAt`: neither gone nor revoked. */
  counts: Uint32Array
  /** 1: not here any more, or told by a newer segment */
  gone: Uint8Array
  moduleCount: number
}

/** The namespaces of a segment, each on its host. */
export type Spaces = {
  hostnames: string[]
  hostOf: Uint16Array
  nameOf: Uint32Array
  rights: Rights[]
  rightsOf: Uint16Array
}

export const endOfName = 0xffffffff
/** Neither a letter nor a digit, so no word that somebody types begins so. */
export const learntWord = (key: string, value: string) => `:${key}:${nameOf(value)}`

/** Where the modules, or the providers, of a namespace are counted. @param isProvider 0 or 1 */
export const countAt = (space: number, isProvider: number): number => 2 * space + isProvider

/** Bytes in its arrays. */
export function sizeOfSegment(segment: Segment): number {
  const held: unknown[] = [segment, segment.spaces, segment.orders].flatMap((part) => Object.values(part))
  return held.reduce<number>(
    (sum, array) => sum + (ArrayBuffer.isView(array) ? array.byteLength : 0),
    segment.words.sizeBytes(),
  )
}

/** @returns its place in the segment, or -1 */
function entryOf({ ids, size, moduleCount }: Segment, kind: Kind, id: number): number {
  let [low, high] = kind === 'module' ? [0, moduleCount] : [moduleCount, size]
  const end = high
  while (low < high) {
    const middle = (low + high) >> 1
    if (ids[middle]! < id) low = middle + 1
    else high = middle
  }
  return low < end && ids[low] === id ? low : -1
}

/** It is not here any more, or told by a newer segment. */
export function takeAway(segment: Segment, kind: Kind, id: number): void {
  const entry = entryOf(segment, kind, id)
  if (entry === -1 || segment.gone[entry] !== 0) return
  segment.gone[entry] = 1
  const flags = segment.flags[entry]!
  if ((flags & flag.revoked) === 0) segment.counts[countAt(segment.space[entry]!, flags & flag.provider)]! -= 1
}

/** @param ofNamespace undefined: what it is today stays */
export function setRights(
  { spaces, words }: Segment,
  hostname: string,
  ofNamespace: (name: string) => Rights | undefined,
) {
  const host = spaces.hostnames.indexOf(hostname)
  if (host === -1) return
  for (let space = 0; space < spaces.hostOf.length; space += 1) {
    if (spaces.hostOf[space] !== host) continue
    const rights = ofNamespace(words.text(spaces.nameOf[space]!))
    if (rights) spaces.rightsOf[space] = placeOf(spaces.rights, rights)
  }
}

/** Rights are few and namespaces many: each says which of them it has. */
export function placeOf(known: Rights[], { organizationId, visibility }: Rights): number {
  const at = known.findIndex((each) => each.organizationId === organizationId && each.visibility === visibility)
  return at === -1 ? known.push({ organizationId, visibility }) - 1 : at
}
