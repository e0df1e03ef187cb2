/** What somebody types into the search, taken apart: words, phrases, exclusions, keys and addresses. Pure. */
import { foundKinds } from '@cadastre/contract/search-kinds'
import { learntKeys } from '../../learnt/terms.ts'
import { lowered, nameOf, wordsOf } from '../../learnt/words.ts'

export type Term = {
  /** as it was typed */
  typed: string
  /** as a name would be, such as `docker-instance` */
  name: string
  words: string[]
  /** a phrase, or what is excluded: as written, and not only its beginning */
  whole: boolean
  /** a part of `namespace/name/system`, which names a module or provider */
  ofAddress?: boolean
}

export type Filter = { key: Key | 'target'; value: string; excluded: boolean }

export type Address = { hostname: string | undefined; namespace: string; name: string; system: string | undefined }

export type Query = {
  terms: Term[]
  excluded: Term[]
  filters: Filter[]
  address: Address | undefined
  /** what the reader should know of how they were understood */
  hints: string[]
}

const keys = ['kind', 'ns', 'system', ...learntKeys, 'origin', 'state', 'verified'] as const
export type Key = (typeof keys)[number]

const valuesOf: Partial<Record<Key, { known: string[]; none: string[] }>> = {
  kind: {
    known: ['module', 'provider', ...foundKinds],
    none: ['function', 'advisory'],
  },
  origin: { known: ['published', 'mirrored', 'catalogued'], none: [] },
  state: { known: ['active', 'deprecated', 'revoked'], none: ['flagged'] },
  verified: { known: ['yes', 'no'], none: [] },
}

const maxTerms = 16
const term = /(?<minus>-)?(?:(?<key>[a-z]+):)?(?:"(?<phrase>[^"]*)"?|(?<word>[^\s"]+))/gi
// With a dot or a port, as namespaces have none.
const hostname = '(?:(?<hostname>[^/]*[.:][^/]*|localhost)/)?'
const part = '[\\p{L}\\p{N}_-]+'
const address = new RegExp(
  `^${hostname}(?<namespace>${part})/(?<name>${part})(?:/(?<system>${part}))?/?(?://.*)?$`,
  'u',
)
const constraint = /@(?<constraint>[<>=!~^v]*\s*\d[^@]*)$/
// As terraform writes it. A type has the name of its provider in front, which host names and files seldom look like.
const resource = /^(?:data\.)?(?<type>[a-z][a-z0-9-]*_[a-z0-9_-]+)\.(?<name>[\p{L}_][\p{L}\p{N}_-]*)$/iu
// The small words of a sentence: they are in everything, or in nothing.
const smallWords = new Set(['a', 'an', 'and', 'by', 'for', 'from', 'in', 'of', 'on', 'or', 'the', 'to', 'with'])

export function parseQuery(text: string): Query {
  const query: Query = { terms: [], excluded: [], filters: [], address: undefined, hints: [] }
  for (const { groups } of [...text.matchAll(term)].slice(0, maxTerms)) {
    const { minus, key = '', phrase, word = '' } = groups!
    read(query, { excluded: minus !== undefined, key: spelled(key.toLowerCase()), phrase, word })
  }
  if (query.terms.some(({ words }) => !isSmall(words))) query.terms = query.terms.filter(({ words }) => !isSmall(words))
  query.hints = [...new Set(query.hints)]
  return query
}

/** On screen it is a licence. */
const spelled = (key: string) => (key === 'licence' ? 'license' : key)

type Typed = { excluded: boolean; key: string; phrase: string | undefined; word: string }

function read(query: Query, { excluded, key, phrase, word }: Typed): void {
  const value = phrase ?? word
  if (isKey(key)) readFilter(query, { key, value: lowered(value.trim()), excluded })
  else if (phrase !== undefined) add(query, excluded, [key, phrase].join(' ').trim(), true)
  // Somebody who is still typing the value is understood already.
  else if (!isKey(/^([a-z]+):$/i.exec(word)?.[1]?.toLowerCase() ?? ''))
    readWord(query, excluded, key ? `${key}:${word}` : word)
  // A port or a URL begins in the same way.
  if (key && !isKey(key) && !/^(\d|\/\/)/.test(value))
    query.hints.push(`There is no key ${key}: here, so it was searched as text. Keys: ${keys.join(', ')}.`)
}

const isKey = (text: string): text is Key => keys.some((key) => key === text)

function readFilter(query: Query, filter: Filter & { key: Key }): void {
  const { key, value } = filter
  if (value === '') return
  const values = valuesOf[key]
  if (values && !values.known.includes(value)) {
    query.hints.push(
      values.none.includes(value)
        ? `Nothing is known of ${key}:${value} yet.`
        : `${key}: takes ${[...values.known, ...values.none].join(', ')}.`,
    )
  }
  query.filters.push(filter)
}

function readWord(query: Query, excluded: boolean, word: string): void {
  const wanted = constraint.exec(word)?.groups?.constraint
  const bare = wanted === undefined ? word : word.slice(0, word.lastIndexOf('@'))
  if (wanted !== undefined) query.hints.push(`Versions are not searched: ${wanted} was left out.`)
  if (/^(cve-\d|ghsa-)/i.test(word)) query.hints.push('No advisories are known yet.')
  const ofResource = resource.exec(bare)?.groups
  if (ofResource) {
    query.hints.push(`Resources are found by their type: the name ${ofResource.name} was left out.`)
    add(query, excluded, ofResource.type!, true)
    return
  }
  const parts = address.exec(lowered(bare))?.groups
  if (!parts || excluded || query.address) {
    add(query, excluded, bare, excluded)
    return
  }
  const { hostname, namespace = '', name = '', system } = parts
  query.address = { hostname, namespace: nameOf(namespace), name: nameOf(name), system: system && nameOf(system) }
  for (const each of [namespace, name, system]) if (each) add(query, false, each, false, true)
}

function add(query: Query, excluded: boolean, typed: string, whole: boolean, ofAddress = false): void {
  const words = wordsOf(typed).slice(0, maxTerms)
  if (words.length === 0) return
  ;(excluded ? query.excluded : query.terms).push({ typed, name: nameOf(typed), words, whole, ofAddress })
}

const isSmall = (words: string[]) => words.length === 1 && smallWords.has(words[0]!)
