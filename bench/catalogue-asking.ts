/** What is asked of a registry with a catalogue, and how long it takes to answer. */
import { hostname } from './catalogue.ts'
import { type Bench, percentile } from './measure.ts'
import { cpuOfTree, spent } from './processes.ts'
import type { Registry } from './registry.ts'

type Asked = {
  registry: Registry
  paths: string[]
  connections?: number
  requests?: number
  from?: number
  share?: number
}

/** Milliseconds until the answer, and of CPU for it. */
export type Times = { p50: number; p99: number; cpu: number }

/** Of the time of a leg elsewhere: an answer that is timed needs no thousands. */
const usualShare = 0.25
/** Of the pages of a list: deep down, and not yet at the end. */
const depth = 0.9

export const searches = {
  'one name': ['vpc', 'eks', 's3-bucket', 'storage', 'cluster'],
  'a beginning': ['sto', 'clus', 'kub', 'vau', 'sec'],
  'two words': ['vpc aws', 'storage account', 'cluster network', 'security group', 'vault key'],
  'one typo': ['vcp', 'stroage', 'clustr', 'netwrk', 'vualt'],
}

/** Asks for a while, or for so many. */
export async function times(
  { clients, options }: Bench,
  { registry, paths, connections = 1, requests, from, share = usualShare }: Asked,
): Promise<Times> {
  const before = cpuOfTree(registry.pid)
  const outcome = await clients[1].run({
    port: registry.port,
    headers: { authorization: `Bearer ${registry.token}`, 'accept-encoding': 'gzip' },
    each: paths,
    from,
    requests,
    timed: true,
    connections,
    ms: share * options.ms,
  })
  const bad = Object.entries(outcome.byStatus).filter(([status]) => status !== '200' && status !== '204')
  if (bad.length > 0 || outcome.cut > 0) throw new Error(`${paths[0]}: ${JSON.stringify(bad)}, ${outcome.cut} cut`)
  const [p50, p99] = [0.5, 0.99].map((share) => percentile(outcome.times!, share)) as [number, number]
  return { p50, p99, cpu: spent(before, cpuOfTree(registry.pid)) / outcome.answered / 1e6 }
}

export const searchPath = (query: string) => `/api/v1/search?q=${encodeURIComponent(query)}`
const upstream = `/v1/upstream/${hostname}`

/** Of all catalogued modules: those with nearly so many versions first. */
export async function moduleLists(registry: Registry, versions: number): Promise<string[]> {
  const { rows } = await registry.sql(
    `select namespace || '/' || name || '/' || system as address
     from modules m, lateral (select count(*) from module_versions v where v.module_id = m.id and v.listed) versions
     where hostname = $1 and count > 0 order by abs(count - $2), md5(namespace || name || system)`,
    [hostname, versions],
  )
  return rows.map(({ address }) => `${upstream}/modules/${address}/versions`)
}

export async function providerLists(registry: Registry, versions: number): Promise<string[]> {
  const { rows } = await registry.sql(
    `select namespace || '/' || type as address
     from providers p, lateral (select count(*) from provider_versions v where v.provider_id = p.id and v.listed) versions
     where hostname = $1 and count > 0 order by abs(count - $2), md5(namespace || type)`,
    [hostname, versions],
  )
  return rows.map(({ address }) => `${upstream}/providers/${address}/versions`)
}

/** As clients ask for them: a tag of two parts is a version of three. */
export async function moduleLocations(registry: Registry): Promise<string[]> {
  const { rows } = await registry.sql(
    `select namespace || '/' || name || '/' || system || '/' || core as address
     from modules m join module_versions v on v.module_id = m.id and v.listed
     where hostname = $1 order by md5(namespace || name || core) limit 20000`,
    [hostname],
  )
  return rows.map(({ address }) => `${upstream}/modules/${address}/download`)
}

export async function packages(registry: Registry): Promise<string[]> {
  const { rows } = await registry.sql(
    `select p.namespace || '/' || type || '/' || core || '/download/' || os || '/' || arch as address
     from providers p join provider_versions v on v.provider_id = p.id and v.listed
     join provider_version_platforms x on x.provider_version_id = v.id
     where hostname = $1 order by md5(p.namespace || type || core || os || arch) limit 20000`,
    [hostname],
  )
  return rows.map(({ address }) => `${upstream}/providers/${address}`)
}

/** Walks through all pages. */
export async function deepPage(registry: Registry, path: string): Promise<string> {
  const pages = [path]
  for (let next: string | null = ''; next !== null; ) {
    const { status, body } = await registry.request('GET', pages.at(-1)!, { token: registry.token })
    if (status !== 200) throw new Error(`${pages.at(-1)}: ${status} ${body}`)
    next = JSON.parse(body.toString()).next
    if (next !== null) pages.push(`${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(next)}`)
  }
  return pages[Math.floor(pages.length * depth)]!
}
