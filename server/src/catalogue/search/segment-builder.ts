/** Makes a segment of rows: words are cut, counted and put in order, numbers gathered in columns. */
import { nameOf, wordsOf } from '../../learnt/words.ts'
import { type Growing, growing } from './growing.ts'
import type { Pace } from './pace.ts'
import {
  countAt,
  endOfName,
  field,
  flag,
  learntWord,
  placeOf,
  type Rights,
  type SearchRow,
  type Segment,
  type Spaces,
} from './segment.ts'
import { inEachOrder } from './sorts.ts'
import { type WordTable, wordTable } from './word-table.ts'

const maxTextWords = 80

/** @returns to be fed with rows, modules before providers and each by id, and finished once */
export function segmentBuilder({ isLarge = false } = {}) {
  const words = wordTable(isLarge)
  const pairs = { words: growing(Uint32Array, isLarge), postings: growing(Uint32Array, isLarge) }
  const columns = {
    ids: growing(Float64Array, isLarge),
    flags: growing(Uint16Array, isLarge),
    space: growing(Uint32Array, isLarge),
    grade: growing(Uint8Array, isLarge),
    popularity: growing(Float64Array, isLarge),
    downloads: growing(Float64Array, isLarge),
    updatedAt: growing(Float64Array, isLarge),
    texts: growing(Uint32Array, isLarge),
    textStarts: growing(Uint32Array, isLarge),
  }
  const spaces = spacesBuilder(words)
  let moduleCount = 0

  function add(row: SearchRow): void {
    const entry = columns.ids.length
    const post = (word: string, where: number): number => {
      const number = words.add(word)
      pairs.words.push(number)
      pairs.postings.push(((entry << 8) | where) >>> 0)
      return number
    }
    columns.ids.push(row.id)
    columns.flags.push(flagsOf(row))
    columns.space.push(spaces.of(row))
    columns.grade.push(gradeOf(row))
    columns.popularity.push(row.popularity ?? -1)
    columns.downloads.push(row.downloads)
    columns.updatedAt.push(row.updatedAt ?? 0)
    columns.textStarts.push(columns.texts.length)
    if (row.kind === 'module') moduleCount += 1

    post(nameOf(row.name), field.name)
    for (const word of wordsOf(row.name)) columns.texts.push(post(word, field.nameWord))
    columns.texts.push(endOfName)
    for (const word of wordsOf(row.description).slice(0, maxTextWords)) columns.texts.push(post(word, field.text))
    post(nameOf(row.namespace), field.namespace)
    const namespaceWords = wordsOf(row.namespace)
    if (namespaceWords.length > 1) for (const word of namespaceWords) post(word, field.text)
    if (row.system) post(nameOf(row.system), field.system)
    for (const [key, terms] of Object.entries(row.terms ?? {}))
      for (const each of terms)
        if (key === 'word') for (const word of wordsOf(each)) post(word, field.text)
        else post(learntWord(key, each), field.learnt)
  }

  async function finish(pace: Pace): Promise<Segment> {
    columns.textStarts.push(columns.texts.length)
    const size = columns.ids.length
    await words.seal(pace)
    const { postings, starts } = await byWord(pairs, words.size(), pace)
    const fitted = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.fitted()])) as {
      [Name in keyof typeof columns]: ReturnType<(typeof columns)[Name]['fitted']>
    }
    const inSpaces = spaces.finish()
    return {
      ...fitted,
      size,
      words,
      postings,
      postingStarts: starts,
      spaces: inSpaces,
      orders: await inEachOrder(fitted, size, pace),
      counts: countsOf(fitted, inSpaces),
      gone: new Uint8Array(size),
      moduleCount,
    }
  }

  return { add, finish, size: () => columns.ids.length }
}

function spacesBuilder(words: WordTable) {
  const hostnames: string[] = []
  const rights: Rights[] = []
  const known = wordTable()
  const hostOf = growing(Uint16Array)
  const names = growing(Uint32Array)
  const rightsOf = growing(Uint16Array)
  return {
    of(row: SearchRow): number {
      const name = row.namespace.toLowerCase()
      const space = known.add(`${row.hostname}/${name}`)
      if (space < hostOf.length) return space
      if (!hostnames.includes(row.hostname)) hostnames.push(row.hostname)
      hostOf.push(hostnames.indexOf(row.hostname))
      names.push(words.add(name))
      rightsOf.push(placeOf(rights, row))
      return space
    },
    finish: (): Spaces => ({
      hostnames,
      hostOf: hostOf.fitted(),
      nameOf: names.fitted(),
      rights,
      rightsOf: rightsOf.fitted(),
    }),
  }
}

/** What is gathered entry by entry, put together word by word. */
async function byWord(
  { words, postings }: { words: Growing<Uint32Array<ArrayBuffer>>; postings: Growing<Uint32Array<ArrayBuffer>> },
  wordCount: number,
  pace: Pace,
): Promise<{ postings: Uint32Array; starts: Uint32Array }> {
  const starts = new Uint32Array(wordCount + 1)
  for (let at = 0; at < words.length; at += 1) starts[words.values[at]! + 1]! += 1
  await pace()
  for (let word = 0; word < wordCount; word += 1) starts[word + 1]! += starts[word]!
  const sorted = new Uint32Array(words.length)
  const next = starts.slice()
  for (let at = 0; at < words.length; at += 1) {
    const word = words.values[at]!
    sorted[next[word]!] = postings.values[at]!
    next[word]! += 1
    if ((at & 0xffff) === 0xffff) await pace()
  }
  // What they were gathered in is as large as what was made of it.
  words.release()
  postings.release()
  return { postings: sorted, starts }
}

function countsOf({ space, flags }: Pick<Segment, 'space' | 'flags'>, { hostOf }: Spaces): Uint32Array {
  const counts = new Uint32Array(2 * hostOf.length)
  for (const [entry, flagged] of flags.entries())
    if ((flagged & flag.revoked) === 0) counts[countAt(space[entry]!, flagged & flag.provider)]! += 1
  return counts
}

const flagsOf = ({ kind, origin, state, verified }: SearchRow): number =>
  (kind === 'provider' ? flag.provider : 0) |
  flag[origin] |
  (state === 'hidden' ? 0 : flag[state]) |
  (verified ? flag.verified : 0)

const officialNamespaces = new Set(['hashicorp', 'opentofu'])

/** What is ranked before any number is: deprecated last, then archived, forks; ours first; verified, official. */
function gradeOf({ kind, namespace, name, origin, state, verified, archived, isFork }: SearchRow): number {
  // Who types `vault` means the provider, whatever stars a module of that name has.
  const isOfficial =
    kind === 'provider' && (officialNamespaces.has(namespace.toLowerCase()) || nameOf(namespace) === nameOf(name))
  return (
    (state === 'active' ? 64 : 0) +
    (archived ? 0 : 32) +
    (isFork ? 0 : 16) +
    { published: 8, mirrored: 4, catalogued: 0 }[origin] +
    (verified ? 2 : 0) +
    (isOfficial ? 1 : 0)
  )
}
