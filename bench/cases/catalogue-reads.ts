/**
 * P7: what a registry with a whole public one in its catalogue, and as many modules of its own, answers as quickly as one
 * with a tenth of that. P8: its search with ten clients. Milliseconds of both are told by the client, turn by turn.
 */
import { hostname, startCatalogued } from '../catalogue.ts'
import {
  addRow,
  type Bench,
  median,
  percentile,
  type Ratio,
  type Round,
  ratioOf,
  shown,
  turnByTurn,
} from '../measure.ts'
import { cpuOfTree, spent } from '../processes.ts'
import type { Registry } from '../registry.ts'

/** Paths of the same kind in a registry; `perLeg`: none of them is asked for twice. */
type Paths = { all: string[]; perLeg?: number }
type Asked = { registry: Registry; paths: string[]; connections?: number; requests?: number; from?: number }
/** Milliseconds until the answer, and of CPU for it. */
type Times = { p50: number; p99: number; cpu: number }

const smaller = 0.1
const [sameRoute, sameSearch] = [1.2, 2]
const goalMs = { p50: 2, p99: 15 }
const clients = 10
/** Of the pages of a list: deep down, and not yet at the end. */
const depth = 0.9

const searches = {
  'one name': ['vpc', 'eks', 's3-bucket', 'storage', 'cluster'],
  'a beginning': ['sto', 'clus', 'kub', 'vau', 'sec'],
  'two words': ['vpc aws', 'storage account', 'cluster network', 'security group', 'vault key'],
  'one typo': ['vcp', 'stroage', 'clustr', 'netwrk', 'vualt'],
}

export async function catalogueReads(bench: Bench): Promise<void> {
  const small = await startCatalogued(bench, Number((bench.options.scale * smaller).toPrecision(6)))
  const large = await startCatalogued(bench, bench.options.scale)
  try {
    await controlTurns(bench, large)
    await growth(bench, small, large)
    await searching(bench, large)
  } finally {
    await small.remove()
    await large.remove()
  }
}

/** The same question to the same registry. */
async function controlTurns(bench: Bench, registry: Registry): Promise<void> {
  const ask = async () => (await times(bench, { registry, paths: ['/health'] })).p50
  const ratio = ratioOf(await turnByTurn(bench.options.pairs, ask, ask))
  bench.report.busy.time = ratio.median < 0.87 || ratio.median > 1.15
  bench.report.add({
    goal: 'control',
    name: 'the same answer of one registry, turn by turn',
    ratio,
    wanted: '0.87–1.15',
    verdict: bench.report.busy.time ? 'inconclusive' : 'met',
  })
}

async function growth(bench: Bench, small: Registry, large: Registry): Promise<void> {
  const compare = (name: string, pathsIn: (registry: Registry) => Promise<Paths>, atMost = sameRoute) =>
    compareRoute(bench, name, [small, large], pathsIn, atMost)
  const legs = 3 * (bench.options.pairs + 1)
  const once = (all: string[]): Paths => ({ all, perLeg: Math.floor(all.length / legs) })

  await compare('hot list of a module, 7 versions', async (registry) => ({
    all: (await modulesOf(registry, 7)).map(listOf),
  }))
  await compare('hot list of a provider, 10 versions', async (registry) => ({ all: await providerLists(registry, 10) }))
  await compare('list of a module, 1 version, not in memory', async (registry) =>
    once((await modulesOf(registry, 1)).map(listOf)),
  )
  await compare('location of a module, not in memory', async (registry) => once(await moduleLocations(registry)))
  await compare('download metadata of a provider, not in memory', async (registry) => once(await packages(registry)))
  await compare('own modules, first page', async () => ({ all: ['/api/v1/modules'] }))
  await compare('own modules, page at nine tenths', async (registry) => ({
    all: [await deepPage(registry, '/api/v1/modules?limit=50')],
  }))
  await compare(
    'everything by downloads, first page',
    async () => ({ all: ['/api/v1/search?sort=downloads'] }),
    sameSearch,
  )
  await compare(
    'everything by downloads, page at nine tenths',
    async (registry) => ({ all: [await deepPage(registry, '/api/v1/search?sort=downloads&limit=50')] }),
    sameSearch,
  )
  for (const [kind, queries] of Object.entries(searches))
    await compare(`search, ${kind}`, async () => ({ all: queries.map(searchPath) }), sameSearch)
}

async function compareRoute(
  bench: Bench,
  name: string,
  registries: [small: Registry, large: Registry],
  pathsIn: (registry: Registry) => Promise<Paths>,
  atMost: number,
): Promise<void> {
  const sides = await Promise.all(registries.map(async (registry) => ({ registry, ...(await pathsIn(registry)) })))
  const requests = sides[0]!.perLeg
  const asking = sides.map(({ registry, all }) => {
    let from = 0
    return async () => {
      const { p50 } = await times(bench, { registry, paths: all, from, requests })
      from += requests ?? 0
      return p50
    }
  }) as [() => Promise<number>, () => Promise<number>]
  await addRow(bench, { goal: 'P7', name: `${name}: p50, ten times the data`, atMost, unit: 'ms' }, (pairs) =>
    turnByTurn(pairs, ...asking),
  )
}

async function searching(bench: Bench, registry: Registry): Promise<void> {
  const { options, report } = bench
  for (const [kind, queries] of Object.entries(searches)) {
    const rounds: { limit: Times; measured: Times }[] = []
    for (let pair = 0; pair <= options.pairs; pair += 1) {
      const limit = await times(bench, { registry, paths: ['/health'], connections: clients })
      const measured = await times(bench, { registry, paths: queries.map(searchPath), connections: clients })
      if (pair > 0) rounds.push({ limit, measured })
    }
    const of = (side: 'limit' | 'measured'): Times => ({
      p50: median(rounds.map((round) => round[side].p50)),
      p99: median(rounds.map((round) => round[side].p99)),
      cpu: median(rounds.map((round) => round[side].cpu)),
    })
    const measured = of('measured')
    const ratios: Round[] = rounds.map(({ limit, measured }) => ({
      limit: limit.p50,
      measured: measured.p50,
      ratio: measured.p50 / limit.p50,
    }))
    const ratio: Ratio = ratioOf(ratios)
    report.add({
      goal: 'P8',
      name: `search, ${kind}, ${clients} clients: p50 and p99, against /health, which asks \`select 1\``,
      limit: said(of('limit')),
      measured: said(measured),
      ratio,
      wanted: `≤ ${goalMs.p50} and ${goalMs.p99} ms, not gated`,
      verdict: measured.p50 <= goalMs.p50 && measured.p99 <= goalMs.p99 ? 'met' : 'over',
      rounds: ratios,
    })
  }
}

const said = ({ p50, p99, cpu }: Times) => `${shown(p50, 'ms')} and ${shown(p99, 'ms')}, CPU ${shown(1e6 * cpu, 'µs')}`

/** Asks for a while, or for so many. */
async function times(
  { clients, options }: Bench,
  { registry, paths, connections = 1, requests, from }: Asked,
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
    ms: options.ms,
  })
  const bad = Object.entries(outcome.byStatus).filter(([status]) => status !== '200' && status !== '204')
  if (bad.length > 0 || outcome.cut > 0) throw new Error(`${paths[0]}: ${JSON.stringify(bad)}, ${outcome.cut} cut`)
  const [p50, p99] = [0.5, 0.99].map((share) => percentile(outcome.times!, share)) as [number, number]
  return { p50, p99, cpu: spent(before, cpuOfTree(registry.pid)) / outcome.answered / 1e6 }
}

const searchPath = (query: string) => `/api/v1/search?q=${encodeURIComponent(query)}`
const upstream = `/v1/upstream/${hostname}`
const listOf = (address: string) => `${upstream}/modules/${address}/versions`

/** Catalogued modules with so many versions, in no order. */
async function modulesOf(registry: Registry, versions: number): Promise<string[]> {
  const { rows } = await registry.sql(
    `select namespace || '/' || name || '/' || system as address from modules m
     where hostname = $1 and (select count(*) from module_versions v where v.module_id = m.id and v.listed) = $2
     order by md5(namespace || name || system)`,
    [hostname, versions],
  )
  return rows.map(({ address }) => address)
}

async function providerLists(registry: Registry, versions: number): Promise<string[]> {
  const { rows } = await registry.sql(
    `select namespace || '/' || type as address from providers p
     where hostname = $1 and (select count(*) from provider_versions v where v.provider_id = p.id and v.listed) = $2`,
    [hostname, versions],
  )
  return rows.map(({ address }) => `${upstream}/providers/${address}/versions`)
}

/** As clients ask for them: a tag of two parts is a version of three. */
async function moduleLocations(registry: Registry): Promise<string[]> {
  const { rows } = await registry.sql(
    `select namespace || '/' || name || '/' || system || '/' || core as address
     from modules m join module_versions v on v.module_id = m.id and v.listed
     where hostname = $1 order by md5(namespace || name || core) limit 20000`,
    [hostname],
  )
  return rows.map(({ address }) => `${upstream}/modules/${address}/download`)
}

async function packages(registry: Registry): Promise<string[]> {
  const { rows } = await registry.sql(
    `select p.namespace || '/' || type || '/' || core || '/download/' || os || '/' || arch as address
     from providers p join provider_versions v on v.provider_id = p.id and v.listed
     join provider_platforms x on x.provider_version_id = v.id
     where hostname = $1 order by md5(p.namespace || type || core || os || arch) limit 20000`,
    [hostname],
  )
  return rows.map(({ address }) => `${upstream}/providers/${address}`)
}

/** Walks through all pages. */
async function deepPage(registry: Registry, path: string): Promise<string> {
  const pages = [path]
  for (let next: string | null = ''; next !== null; ) {
    const { status, body } = await registry.request('GET', pages.at(-1)!, { token: registry.token })
    if (status !== 200) throw new Error(`${pages.at(-1)}: ${status} ${body}`)
    next = JSON.parse(body.toString()).next
    if (next !== null) pages.push(`${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(next)}`)
  }
  return pages[Math.floor(pages.length * depth)]!
}
