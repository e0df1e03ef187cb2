/** Tells the search what is known of a module: of its newest version that is no prerelease, else of its newest. */
import type { ModuleCall, ProviderRequirement } from '@cadastre/contract/module-knowledge'
import type { PartKind } from '@cadastre/contract/search-kinds'
import type { Tx } from '../../foundation/database/database.ts'
import { type Learnt, learnTerms } from '../../learnt/terms.ts'
import { findNamesToLearn, type NamesToLearn } from './learn-queries.ts'
import { type Parts, partsOf } from './learnt-parts.ts'

/** Modules have thousands of names at most; what is over this is an attempt to be found by everything. */
const mostTerms = 2_000
const mostWords = 500
const longestTerm = 200

/** In the transaction that writes what is known, or that changes which version is the newest. */
export async function learnModule(tx: Tx, moduleId: string): Promise<void> {
  const known = (await findNamesToLearn(tx, moduleId)) ?? nothing
  const terms: Record<Exclude<Learnt['field'], PartKind>, string[]> = {
    provider: known.providers.flatMap(providerNames),
    uses: [...known.calls.flatMap(calledAddress), ...known.providers.flatMap(providerSource)],
    license: known.licence ? [known.licence] : [],
    word: wordsOf(known.readme),
  }
  const learnt = Object.entries(terms).map(([field, all]) => ({ field, terms: bounded(all) }))
  const parts = Object.entries(partsOf(known)).map(([field, all]) => ({ field, ...boundedParts(all) }))
  await learnTerms(tx, ...[...learnt, ...parts].map((each) => ({ kind: 'module', id: moduleId, ...each }) as Learnt))
}

const nothing: NamesToLearn = {
  ...{ resources: [], inputs: [], outputs: [], submodules: [], providers: [], calls: [] },
  licence: null,
  readme: '',
}

const bounded = (terms: string[]) =>
  [...new Set(terms)].filter((term) => term !== '' && term.length <= longestTerm).slice(0, mostTerms)

function boundedParts(parts: Parts) {
  const terms = bounded([...parts.keys()])
  return { terms, shown: new Map(terms.map((term) => [term, parts.get(term)!])) }
}

/** By its local name, its type and its address: whichever somebody types. */
function providerNames({ name, source }: ProviderRequirement): string[] {
  const type = source?.split('/').at(-1)
  return [name, ...(source ? [source] : []), ...(type ? [type] : [])]
}

const providerSource = ({ source }: ProviderRequirement): string[] => (source ? [source] : [])

/** Of a registry: with its host and without, and as a whole where a folder of it is called. */
function calledAddress({ source }: ModuleCall): string[] {
  const address = source?.split('//')[0]
  if (!address || !/^([^/\s.]*[.:][^/\s]*\/)?[\w-]+\/[\w-]+\/[\w-]+$/.test(address)) return []
  const parts = address.split('/')
  return [address, parts.slice(-3).join('/')]
}

/** Words of a README beside those that are in every one of them; code and addresses are left out. */
function wordsOf(markdown: string): string[] {
  const prose = markdown
    .replace(/```[\s\S]*?(```|$)/g, ' ')
    .replace(/<[^>]*>|https?:\S+|\]\([^)]*\)|`[^`]*`/g, ' ')
    .toLowerCase()
  const words = prose.match(/\p{L}[\p{L}\p{N}_-]{2,39}/gu) ?? []
  return [...new Set(words)].slice(0, mostWords)
}
