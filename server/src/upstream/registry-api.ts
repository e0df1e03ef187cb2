/** A registry that is asked over HTTP, as a source: its lists page by page, and each module and provider on its own. */
import { Refusal } from '../foundation/refusal.ts'
import type { Upstream } from './cached-fetch.ts'
import { inOrder } from './in-order.ts'
import { type Listed, listPages, type Page } from './pages.ts'
import { moduleOf, providerOf } from './registry-api-items.ts'
import {
  DatedVersions,
  Discovery,
  ListedModule,
  ListedProvider,
  ModulePage,
  ModuleVersions,
  ProviderPage,
  ProviderVersions,
  quotedItem,
} from './registry-api-shapes.ts'
import type { ItemAddress, Only, Source, SourceEntry } from './source.ts'

const pageSize = 100
/** A registry that fails so often in a row is not asked further. */
const maxFailuresInARow = 5
const withVersions = 'include=provider-versions'

export function registryApi(upstream: Upstream): Source {
  return {
    kind: 'registry-api',
    address: upstream.address.href.replace(/\/$/, ''),
    // Lists of modules do not say how many there are.
    async totals(only) {
      if (only !== 'providers') return undefined
      const providers = (await providerPage(upstream, 1)).total
      return providers === undefined ? undefined : { modules: 0, providers }
    },
    async *entries({ only, after } = {}) {
      const [kind, position] = splitPosition(after)
      if (only !== 'providers' && kind !== 'providers') yield* readModules(upstream, position)
      if (only !== 'modules') yield* readProviders(upstream, kind === 'providers' ? position : undefined)
    },
    // Keys are told with each package alone.
    keys: () => nothing(),
    blacklist: async () => '',
  }
}

async function* nothing() {}

async function* readModules(upstream: Upstream, after?: string): AsyncGenerator<SourceEntry> {
  const { modules } = await basesOf(upstream)
  const page = async (offset: number): Promise<Page> => {
    const path = `${modules}?limit=${pageSize}&offset=${offset}`
    const answer = (await upstream.ask(path, ModulePage)) ?? noList(upstream, path)
    return { path, items: answer.modules, next: answer.meta?.next_offset ?? undefined }
  }
  const idOf = (item: unknown) => {
    const { data } = ListedModule.safeParse(item)
    return data ? `${data.namespace}/${data.name}/${data.provider}` : quotedItem(item)
  }
  yield* readListed('modules', upstream, listPages(page, idOf, { first: 0, after }), (item) => {
    const listed = ListedModule.safeParse(item).data
    if (!listed) return undefined
    const { namespace, name, provider: system } = listed
    const path = `${modules}/${namespace}/${name}/${system}/versions`
    const address: ItemAddress = { kind: 'module', namespace, name, system }
    return {
      path,
      address,
      async read() {
        const versions = await upstream.ask(path, ModuleVersions)
        return versions ? { item: moduleOf(listed, versions), problems: [] } : { problems: ['has no list of versions'] }
      },
    }
  })
}

async function* readProviders(upstream: Upstream, after?: string): AsyncGenerator<SourceEntry> {
  const { providers } = await basesOf(upstream)
  const idOf = (item: unknown) => {
    const { data } = ListedProvider.safeParse(item)
    return data ? `${data.namespace}/${data.name}` : quotedItem(item)
  }
  const listed = listPages((number) => providerPage(upstream, number), idOf, { first: 1, after })
  yield* readListed('providers', upstream, listed, (item) => {
    const known = ListedProvider.safeParse(item).data
    if (!known) return undefined
    const { namespace, name: type } = known
    const path = `${providers}/${namespace}/${type}/versions`
    const address: ItemAddress = { kind: 'provider', namespace, type }
    return {
      path,
      address,
      async read() {
        const versions = await upstream.ask(path, ProviderVersions)
        if (!versions) return { problems: ['has no list of versions'] }
        const dated = await upstream.ask(`/v2/providers/${namespace}/${type}?${withVersions}`, DatedVersions)
        const { provider, problems } = providerOf(known, versions, dated)
        return { item: provider, problems }
      },
    }
  })
}

async function providerPage(upstream: Upstream, number: number): Promise<Page & { total: number | undefined }> {
  const path = `/v2/providers?page[number]=${number}&page[size]=${pageSize}`
  const { data, meta } = (await upstream.ask(path, ProviderPage)) ?? noList(upstream, path)
  const { 'next-page': next, 'total-count': total } = meta?.pagination ?? {}
  return { path, items: data, next: next ?? undefined, total }
}

type Known = {
  path: string
  address: ItemAddress
  read(): Promise<Pick<SourceEntry, 'item' | 'problems'>>
}

/** Several are read at once; they come in the order of the list. */
async function* readListed(
  kind: Only,
  upstream: Upstream,
  listed: AsyncIterable<Listed>,
  known: (item: unknown) => Known | undefined,
): AsyncGenerator<SourceEntry> {
  let failures = 0
  yield* inOrder(listed, upstream.atOnce, async ({ path, position: at, item, twice, cut }): Promise<SourceEntry> => {
    const position = `${kind}/${at}`
    if (cut !== undefined) return { path, position, problems: [`${cut}: what it would have named stays`], cut: kind }
    const one = known(item)
    if (!one) return { path, position, problems: [`${quotedItem(item)} cannot be read: skipped`] }
    if (twice) return { path: one.path, position, problems: ['is listed twice: skipped'] }
    try {
      const read = await one.read()
      failures = 0
      return { path: one.path, position, address: one.address, ...read }
    } catch (error) {
      if (!(error instanceof Refusal) || error.reason !== 'unavailable') throw error
      failures += 1
      if (failures >= maxFailuresInARow) throw error
      return { path: one.path, position, address: one.address, problems: [`${error.message} It stays as it was.`] }
    }
  })
}

/** Where the protocols begin, which a registry may say itself. */
async function basesOf(upstream: Upstream): Promise<{ modules: string; providers: string }> {
  const said = await upstream.ask('/.well-known/terraform.json', Discovery).catch((error) => {
    // One that says nothing of itself is asked where everybody is.
    if (error instanceof Refusal) return undefined
    throw error
  })
  const base = (path: string | undefined, usual: string) => (path ?? usual).replace(/\/+$/, '')
  return {
    modules: base(said?.['modules.v1'], '/v1/modules'),
    providers: base(said?.['providers.v1'], '/v1/providers'),
  }
}

function splitPosition(after?: string): [Only | undefined, string | undefined] {
  if (after === undefined) return [undefined, undefined]
  const [kind, ...rest] = after.split('/')
  return [kind as Only, rest.join('/')]
}

function noList(upstream: Upstream, path: string): never {
  throw new Refusal(
    'not-found',
    'upstream-has-no-list',
    `${upstream.address.host} has no ${path.split('?')[0]}: it does not list what it has.`,
    'Import it from a folder instead, or import what it has of the other kind with --only.',
  )
}
