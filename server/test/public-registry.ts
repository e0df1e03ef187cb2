/**
 * A public registry for tests: lists of modules and providers in pages, and what is known of each, made
 * up by rule and the same in every run. It counts what it is asked, and lies when it is told to.
 */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type PublicModule = {
  namespace: string
  name: string
  system: string
  description: string
  source: string
  publishedAt: string
  downloads: number
  verified: boolean
  versions: string[]
}

export type PublicProvider = {
  namespace: string
  type: string
  description: string
  source: string
  downloads: number
  tier: string
  versions: { version: string; publishedAt: string; downloads: number; protocols: string[]; platforms: string[] }[]
}

/** @returns true when it has answered */
export type Lie = (
  request: { path: string; query: URLSearchParams; count: number },
  response: ServerResponse,
) => boolean

export type PublicRegistry = {
  url: string
  modules: PublicModule[]
  providers: PublicProvider[]
  counts: { requests: number; full: number; notModified: number; bytes: number }
  /** paths in the order in which they were asked for */
  asked: string[]
  lieWith(lie: Lie | undefined): void
  stop(): Promise<void>
}

export type PublicSize = { modules?: number; providers?: number; page?: number }

export async function publicRegistry(size: PublicSize = {}): Promise<PublicRegistry> {
  const modules = Array.from({ length: size.modules ?? 520 }, (_, index) => moduleOf(index))
  const providers = Array.from({ length: size.providers ?? 210 }, (_, index) => providerOf(index))
  const pageSize = size.page ?? 100
  const counts = { requests: 0, full: 0, notModified: 0, bytes: 0 }
  const asked: string[] = []
  let lie: Lie | undefined

  function answer({ url = '/', headers }: IncomingMessage, response: ServerResponse): void {
    const { pathname: path, searchParams: query } = new URL(url, 'http://registry')
    counts.requests += 1
    asked.push(url)
    if (lie?.({ path, query, count: asked.filter((one) => one === url).length }, response)) return
    const body = bodyOf(path, query, { modules, providers, pageSize })
    if (body === undefined) return void response.writeHead(404).end('{"errors":["Not Found"]}')
    const text = JSON.stringify(body)
    const etag = `W/"${createHash('sha256').update(text).digest('hex').slice(0, 16)}"`
    if (headers['if-none-match'] === etag) {
      counts.notModified += 1
      return void response.writeHead(304, { etag }).end()
    }
    counts.full += 1
    counts.bytes += Buffer.byteLength(text)
    response.writeHead(200, { 'content-type': 'application/json', etag }).end(text)
  }

  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    modules,
    providers,
    counts,
    asked,
    lieWith(told) {
      lie = told
      asked.length = 0
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

type Holdings = { modules: PublicModule[]; providers: PublicProvider[]; pageSize: number }

function bodyOf(path: string, query: URLSearchParams, { modules, providers, pageSize }: Holdings): unknown {
  const parts = path.split('/').slice(1)
  if (path === '/.well-known/terraform.json') return { 'modules.v1': '/v1/modules/', 'providers.v1': '/v1/providers/' }
  if (path === '/v1/modules') return modulePage(modules, Number(query.get('offset') ?? 0), pageSize)
  if (path === '/v2/providers') return providerPage(providers, Number(query.get('page[number]') ?? 1), pageSize)
  if (path === '/registry/docs/modules/index.json') return { modules: modules.map(indexedModule) }
  if (path === '/registry/docs/providers/index.json') return { providers: providers.map(indexedProvider) }
  const [version, kind, namespace, name, system] = parts
  if (kind === 'modules' && parts[5] === 'versions') {
    const module = modules.find((one) => one.namespace === namespace && one.name === name && one.system === system)
    return module && { modules: [{ source: module.source, versions: module.versions.map((version) => ({ version })) }] }
  }
  const provider = providers.find((one) => one.namespace === namespace && one.type === name)
  if (kind !== 'providers' || !provider) return undefined
  return version === 'v1' ? versionsOf(provider) : datedVersionsOf(provider)
}

function modulePage(modules: PublicModule[], offset: number, pageSize: number) {
  const page = modules.slice(offset, offset + pageSize)
  const next = offset + pageSize
  return {
    meta: {
      limit: pageSize,
      current_offset: offset,
      ...(next < modules.length ? { next_offset: next, next_url: `/v1/modules?limit=${pageSize}&offset=${next}` } : {}),
    },
    modules: page.map((module) => listed(module)),
  }
}

const listed = ({ namespace, name, system, versions, publishedAt, ...said }: PublicModule) => ({
  id: `${namespace}/${name}/${system}/${versions.at(-1)}`,
  owner: '',
  namespace,
  name,
  version: versions.at(-1),
  provider: system,
  published_at: publishedAt,
  description: said.description,
  source: said.source,
  downloads: said.downloads,
  verified: said.verified,
})

function providerPage(providers: PublicProvider[], number: number, pageSize: number) {
  const pages = Math.ceil(providers.length / pageSize)
  return {
    data: providers.slice((number - 1) * pageSize, number * pageSize).map((provider, index) => ({
      type: 'providers',
      id: String((number - 1) * pageSize + index),
      attributes: attributesOf(provider),
    })),
    meta: {
      pagination: {
        'page-size': pageSize,
        'current-page': number,
        'next-page': number < pages ? number + 1 : null,
        'prev-page': number > 1 ? number - 1 : null,
        'total-pages': pages,
        'total-count': providers.length,
      },
    },
  }
}

const attributesOf = ({ namespace, type, description, source, downloads, tier }: PublicProvider) => ({
  namespace,
  name: type,
  'full-name': `${namespace}/${type}`,
  description,
  source,
  downloads,
  tier,
  warning: '',
})

const versionsOf = ({ namespace, type, versions }: PublicProvider) => ({
  id: `${namespace}/${type}`,
  versions: versions.map(({ version, protocols, platforms }) => ({
    version,
    protocols,
    platforms: platforms.map((platform) => ({ os: platform.split('_')[0], arch: platform.split('_')[1] })),
  })),
  warnings: null,
})

const datedVersionsOf = (provider: PublicProvider) => ({
  data: { type: 'providers', id: '1', attributes: attributesOf(provider) },
  included: provider.versions.map(({ version, publishedAt, downloads }, index) => ({
    type: 'provider-versions',
    id: String(index),
    attributes: { description: '', downloads, 'published-at': publishedAt, tag: `v${version}`, version },
  })),
})

/** As OpenTofu's docs API lists what it has. */
const indexedModule = ({ namespace, name, system, ...module }: PublicModule) => ({
  addr: { display: `${namespace}/${name}/${system}`, namespace, name, target: system },
  ...indexedOf(module),
  versions: module.versions.map((id) => ({ id: `v${id}`, published: module.publishedAt })),
  fork_of: { display: '', namespace: '', name: '', target: '' },
})

const indexedProvider = ({ namespace, type, ...provider }: PublicProvider) => ({
  addr: { display: `${namespace}/${type}`, namespace, name: type },
  ...indexedOf(provider),
  versions: provider.versions.map(({ version, publishedAt }) => ({ id: `v${version}`, published: publishedAt })),
})

const indexedOf = ({ description, downloads }: Pick<PublicModule, 'description' | 'downloads'>) => ({
  description,
  popularity: popularityOf({ downloads }),
  fork_count: 0,
  is_blocked: false,
})

/** As the search feed tells of it; the registry itself does not. */
export const popularityOf = ({ downloads }: { downloads: number }) => downloads % 997

const systems = ['aws', 'azurerm', 'google', 'kubernetes', 'null']
const things = ['network', 'cluster', 'bucket', 'database', 'queue', 'role', 'gateway']
const platforms = ['darwin_arm64', 'linux_amd64', 'linux_arm64', 'windows_amd64']

function moduleOf(index: number): PublicModule {
  const [namespace, name] = [`team-${index % 40}`, `${things[index % 7]}-${Math.floor(index / 7)}`]
  const system = systems[index % 5]!
  return {
    namespace,
    name,
    system,
    description: index % 9 === 0 ? '' : `Makes a ${things[index % 7]}, number ${index}.`,
    source: `https://github.com/${namespace}/terraform-${system}-${name}`,
    publishedAt: dateOf(index),
    downloads: (index * 7919) % 100_003,
    verified: index % 6 === 0,
    // As old as they are, the first of them first.
    versions: Array.from({ length: 1 + (index % 12) }, (_, minor) => `1.${minor}.${index % 3}`),
  }
}

function providerOf(index: number): PublicProvider {
  const [namespace, type] = [`maker-${index % 30}`, `cloud-${index}`]
  return {
    namespace,
    type,
    description: `Talks to cloud ${index}.`,
    source: `https://github.com/${namespace}/terraform-provider-${type}`,
    downloads: (index * 104_729) % 1_000_003,
    tier: ['official', 'partner', 'community', 'community'][index % 4]!,
    versions: Array.from({ length: 1 + (index % 8) }, (_, minor) => ({
      version: `2.${minor}.0${minor % 4 === 3 ? '-beta1' : ''}`,
      publishedAt: dateOf(index + minor),
      downloads: (index + minor) * 11,
      protocols: index % 2 === 0 ? ['5.0'] : ['5.0', '6.0'],
      platforms: platforms.slice(0, 1 + (index % 4)),
    })),
  }
}

const dateOf = (day: number) => new Date(Date.UTC(2021, 0, 1 + day, 12)).toISOString()
