/**
 * The index that OpenTofu's search is made of, as a source: what modules and providers are about, how popular they are, and
 * when their versions came. It knows no platforms, checksums or keys.
 */
import { createHash } from 'node:crypto'
import { Refusal } from '../foundation/refusal.ts'
import type { Upstream } from './cached-fetch.ts'
import { ruledRepository } from './opentofu-layout.ts'
import { quotedItem } from './registry-api-shapes.ts'
import { Addressed, IndexedModule, IndexedProvider, ModuleIndex, ProviderIndex } from './search-feed-shapes.ts'
import type { ItemAddress, Only, Source, SourceEntry, SourceItem } from './source.ts'

/** Goes up when the same index is to be read otherwise than before, so that an import takes it again. */
const readingRevision = '1'

export function searchFeed(upstream: Upstream): Source {
  return {
    kind: 'search-feed',
    address: upstream.address.href.replace(/\/$/, ''),
    async totals(only) {
      const count = async (kind: Only) =>
        only === undefined || only === kind ? (await readIndex(upstream, kind)).length : 0
      return { modules: await count('modules'), providers: await count('providers') }
    },
    async *entries({ only, after } = {}) {
      for (const kind of ['modules', 'providers'] as const) {
        if (only !== undefined && only !== kind) continue
        if (after !== undefined && after > `${kind}/\uffff`) continue
        yield* inOrderOfAddresses(kind, await readIndex(upstream, kind), after)
      }
    },
    keys: () => nothing(),
    blacklist: async () => '',
  }
}

async function* nothing() {}

const indexPath = (kind: Only) => `${kind}/index.json`

async function readIndex(upstream: Upstream, kind: Only): Promise<unknown[]> {
  const path = indexPath(kind)
  const items =
    kind === 'modules'
      ? (await upstream.ask(path, ModuleIndex))?.modules
      : (await upstream.ask(path, ProviderIndex))?.providers
  if (items) return items
  throw new Refusal(
    'not-found',
    'upstream-has-no-list',
    `${upstream.address.href} has no ${path}: it does not list what it has.`,
    'A search feed lies where OpenTofu has its own: https://api.opentofu.org/registry/docs.',
  )
}

/** One after the other, since all of them understood at once are many times what the index is. */
function* inOrderOfAddresses(kind: Only, items: unknown[], after: string | undefined): Generator<SourceEntry> {
  const order = items.map((item, index) => ({ index, position: positionOf(kind, item, index) }))
  order.sort((a, b) => (a.position < b.position ? -1 : 1))
  for (const { index, position } of order) {
    const item = items[index]
    items[index] = undefined
    if (after === undefined || position > after) yield entryOf(kind, item, position)
  }
}

function positionOf(kind: Only, item: unknown, index: number): string {
  const { data } = Addressed.safeParse(item)
  return [kind, ...(data ? [data.addr.namespace, data.addr.name, data.addr.target] : [index])].join('/')
}

function entryOf(kind: Only, item: unknown, position: string): SourceEntry {
  const read = kind === 'modules' ? moduleOf(item) : providerOf(item)
  const path = `${indexPath(kind)}#${position.slice(kind.length + 1)}`
  if (!read) return { path, position, problems: [`${quotedItem(item)} cannot be read: skipped`] }
  return { path, position, address: read.address, item: read.item, problems: [] }
}

type Read = { address: ItemAddress; item: SourceItem }

function moduleOf(value: unknown): Read | undefined {
  const { data } = IndexedModule.safeParse(value)
  if (!data) return undefined
  const address = {
    kind: 'module' as const,
    namespace: data.addr.namespace,
    name: data.addr.name,
    system: data.addr.target,
  }
  const versions = data.versions.map(({ id, published }) => ({
    tag: id,
    ...judged(data),
    publishedAt: published,
  }))
  return { address, item: withDigest({ ...address, ...saidOf(address, data), versions }) }
}

function providerOf(value: unknown): Read | undefined {
  const { data } = IndexedProvider.safeParse(value)
  if (!data) return undefined
  const address = { kind: 'provider' as const, namespace: data.addr.namespace, type: data.addr.name }
  const versions = data.versions.map(({ id, published }) => ({
    ...nothingSaid,
    ...judged(data),
    // The feed writes a `v` before each; in lists of providers there is none.
    tag: id.replace(/^v/, ''),
    publishedAt: published,
  }))
  return {
    address,
    item: withDigest({ ...address, ...saidOf(address, data), warnings: data.warnings ?? [], versions }),
  }
}

const nothingSaid = { protocols: [], shasumsUrl: '', shasumsSignatureUrl: '', discovered: '', platforms: [] }

const judged = ({ is_blocked, blocked_reason }: IndexedModule | IndexedProvider) =>
  is_blocked ? { forbidden: blocked_reason || 'no reason is given' } : {}

const saidOf = (address: ItemAddress, data: IndexedModule | IndexedProvider) => ({
  // What is not there is not said.
  description: data.description || undefined,
  popularity: data.popularity,
  forkOf: data.fork_of || data.fork_of_link || undefined,
  sourceUrl: ruledRepository(address),
  repository: '',
  sourcePath: '',
})

const withDigest = <Item extends object>(item: Item): Item & { digest: string } => ({
  ...item,
  digest: createHash('sha256').update(readingRevision).update(JSON.stringify(item)).digest('base64url').slice(0, 22),
})
