/**
 * The index that OpenTofu's search is made of, as a source: what modules and providers are about, how popular they are, and
 * when their versions came. It knows no platforms, checksums or keys.
 */
import { createHash } from 'node:crypto'
import { Refusal } from '../foundation/refusal.ts'
import type { Upstream } from './cached-fetch.ts'
import { ruledRepository } from './opentofu-layout.ts'
import { IndexedModule, IndexedProvider, ModuleIndex, ProviderIndex } from './search-feed-shapes.ts'
import { addressText, type ItemAddress, type Only, type Source, type SourceEntry, type SourceItem } from './source.ts'

/** Goes up when the same index is to be read otherwise than before, so that an import takes it again. */
const readingRevision = '1'
/** A date before there was anything to publish is how some languages write none. */
const firstDate = Date.UTC(2014, 0, 1)

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
        const entries = (await readIndex(upstream, kind)).map((item, index) => entryOf(kind, item, index))
        entries.sort((a, b) => (a.position < b.position ? -1 : 1))
        yield* entries.filter(({ position }) => after === undefined || position > after)
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

function entryOf(kind: Only, item: unknown, index: number): SourceEntry {
  const read = kind === 'modules' ? moduleOf(item) : providerOf(item)
  if (!read) {
    const path = `${indexPath(kind)}#${index}`
    return { path, position: `${kind}/${index}`, problems: [`${shown(item)} cannot be read: skipped`] }
  }
  const { address } = read
  const text = addressText(address)
  return { path: `${indexPath(kind)}#${text}`, position: `${kind}/${text}`, address, item: read.item, problems: [] }
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
    publishedAt: dateOf(published),
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
    publishedAt: dateOf(published),
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

const dateOf = (published: Date | undefined) => (published && published.getTime() >= firstDate ? published : undefined)

const withDigest = <Item extends object>(item: Item): Item & { digest: string } => ({
  ...item,
  digest: createHash('sha256').update(readingRevision).update(JSON.stringify(item)).digest('base64url').slice(0, 22),
})

const shown = (item: unknown) => (JSON.stringify(item) ?? 'nothing').replace(/[\p{Cc}\p{Cs}]/gu, ' ').slice(0, 200)
