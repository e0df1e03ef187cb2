/**
 * The read shapes of OpenTofu's docs API, so that tools made for the public site run on top: search, the most popular
 * providers, and the index of everything. Of two registries that use an address, the first is the one that is shown.
 */
import { pipeline, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { Caller } from '../access/caller.ts'
import { may, permit } from '../access/permit.ts'
import type { App } from '../foundation/app.ts'
import type { Http } from '../foundation/http/http.ts'
import { acceptsGzip } from '../foundation/http/prepared.ts'
import { cataloguedRights } from '../upstream/catalogued-rights.ts'
import { findIndexed, type IndexedItem, listIndexed, listIndexedHosts } from './docs-index-queries.ts'
import { addressOf, foundShape, indexedShape, topShape } from './docs-index-shapes.ts'
import { type ShownHit, search } from './search/search.ts'
import type { SearchIndex } from './search/search-index.ts'
import type { Kind } from './search/segment.ts'

type Search = { Querystring: { q?: string | string[] } }
type Top = { Querystring: { limit?: string | string[] } }

const maxQuery = 300
const foundAtMost = 20
const top = { usual: 10, most: 500 }
const itemsPerPage = 500

export function docsIndex(http: Http, app: App, index: SearchIndex) {
  http.get<Search>('/registry/docs/search', async ({ caller, query }) => {
    const q = String(query.q ?? '').slice(0, maxQuery)
    const terms = q.split(/[\s/]+/).filter((term) => term !== '').length
    if (terms === 0) return []
    const { hits } = await search(app, index, caller, { q, sort: 'relevance', limit: foundAtMost })
    return firstOfEach(hits).map((hit, place) => foundShape(hit, place, terms))
  })

  http.get<Top>('/top/providers', async ({ caller, query }) => {
    const limit = Math.min(Math.max(1, Math.floor(Number(query.limit)) || top.usual), top.most)
    const { hits } = await search(app, index, caller, { q: '', kind: 'provider', sort: 'popularity', limit })
    return firstOfEach(hits)
      .filter(({ row }) => row.version !== null)
      .map(topShape)
  })

  for (const kind of ['provider', 'module'] as const) {
    http.get(`/registry/docs/${kind}s/index.json`, async ({ caller, headers }, reply) => {
      const document = Readable.from(listDocument(app, kind, caller))
      reply.type('application/json').header('vary', 'accept-encoding, origin')
      if (!acceptsGzip(headers['accept-encoding'])) return reply.send(document)
      // Whoever waits for an answer that broke off learns of it: the one ends with the other.
      const gzip = pipeline(document, createGzip({ level: 1 }), () => {})
      return reply.header('content-encoding', 'gzip').send(gzip)
    })

    const address = kind === 'module' ? ':namespace/:name/:target' : ':namespace/:name'
    http.get<{ Params: Record<string, string> }>(
      `/registry/docs/${kind}s/${address}/index.json`,
      async ({ caller, params }) => indexedShape(await readableItem(app, kind, caller, Object.values(params))),
    )
  }
}

/** Page by page, since a whole registry is tens of megabytes. */
async function* listDocument(app: App, kind: Kind, caller: Caller): AsyncGenerator<string> {
  const shown = new Set<string>()
  yield `{"${kind}s":[`
  for (const hostname of await hostsFor(app, kind, caller)) {
    for await (const page of pagesOf(app, kind, hostname)) {
      const fresh = page.filter((item) => canSee(caller, kind, item) && !shown.has(addressOf(item)))
      if (fresh.length === 0) continue
      yield (shown.size > 0 ? ',' : '') + fresh.map((item) => JSON.stringify(indexedShape(item))).join(',')
      for (const item of fresh) shown.add(addressOf(item))
    }
  }
  yield ']}'
}

/** This registry, then those of which the caller may see anything. */
async function hostsFor({ db }: App, kind: Kind, caller: Caller): Promise<string[]> {
  const hosts = await listIndexedHosts(db)
  const seen = hosts.filter(({ hostname, visibilities }) =>
    visibilities.some((visibility) => may(caller, `${kind}s:read`, cataloguedRights(hostname, '', visibility)!)),
  )
  return ['self', ...seen.map(({ hostname }) => hostname)]
}

async function* pagesOf({ db }: App, kind: Kind, hostname: string): AsyncGenerator<IndexedItem[]> {
  let after = ['', '', '']
  for (;;) {
    const page = await listIndexed(db, kind, hostname, after, itemsPerPage)
    yield page
    if (page.length < itemsPerPage) return
    const { namespace, name, system } = page.at(-1)!
    after = [namespace, name, system]
  }
}

async function readableItem(app: App, kind: Kind, caller: Caller, parts: string[]): Promise<IndexedItem> {
  const hostnames = await hostsFor(app, kind, caller)
  const address = parts.map((part) => part.toLowerCase().replaceAll('\0', ''))
  const found = await findIndexed(app.db, kind, hostnames, address)
  const [item] = found
    .filter((each) => canSee(caller, kind, each))
    .sort((a, b) => hostnames.indexOf(a.hostname) - hostnames.indexOf(b.hostname))
  permit(caller, `${kind}s:read`, item && rightsOf(item))
  return item!
}

/** What has no version that anybody could install is not there. */
const canSee = (caller: Caller, kind: Kind, item: IndexedItem) =>
  item.versions.length > 0 && may(caller, `${kind}s:read`, rightsOf(item))

const rightsOf = ({ hostname, namespace, organizationId, visibility }: IndexedItem) =>
  hostname === 'self'
    ? { name: namespace, organizationId, visibility }
    : cataloguedRights(hostname, namespace, visibility)!

function firstOfEach(hits: ShownHit[]): ShownHit[] {
  const met = new Set<string>()
  return hits.filter(({ row }) => {
    const address = `${row.kind} ${addressOf(row)}`
    return !met.has(address) && met.add(address)
  })
}
