/** Where a page of many leads without scripts: a link to each that it lists. */
import { type Hit, pageOf } from '@cadastre/contract/hit-address'
import type { PageName } from '@cadastre/contract/pages'
import type { Asked } from './answers.ts'

export type PlainLink = { to: string; words: string }

type Item = Record<string, string>

const moduleLink = ({ address }: Item) => ({ to: `/modules/${address}`, words: address! })
const providerLink = ({ address }: Item) => ({ to: `/providers/${address}`, words: address! })

const ofItems: Partial<Record<PageName, (item: Item) => PlainLink>> = {
  modules: moduleLink,
  providers: providerLink,
  namespaces: ({ name }) => ({ to: `/namespaces/${name}`, words: name! }),
  docs: ({ address, title }) => ({ to: address!, words: title! }),
  activity: ({ type, address, action, version }) => ({
    to: `/${type}s/${address}`,
    words: `${address} ${version ?? ''} ${action}`,
  }),
}

/** @returns none for a page of one thing, and for what was refused */
export function linksOf(name: PageName, { first, answers }: Asked): PlainLink[] {
  if (name === 'namespace')
    return [...ofAnswers(answers, 'modules', moduleLink), ...ofAnswers(answers, 'providers', providerLink)]
  const items = itemsIn(first)
  if (name === 'search') return items.map((item) => foundLink(item as unknown as Hit & { page?: string }))
  const link = ofItems[name]
  return link ? items.map(link) : []
}

/** An artefact by its address, a part of one by where it stands. */
const foundLink = (hit: Hit & { page?: string }): PlainLink =>
  hit.page === undefined ? { to: pageOf(hit), words: hit.address } : { to: hit.page, words: hit.name }

const ofAnswers = (answers: Map<string, string>, list: string, link: (item: Item) => PlainLink): PlainLink[] =>
  [...answers]
    .filter(([url]) => url.startsWith(`/api/v1/${list}?`))
    .flatMap(([, text]) => itemsIn(JSON.parse(text)).map(link))

const itemsIn = (answer: unknown): Item[] => (answer as { items?: Item[] } | undefined)?.items ?? []
