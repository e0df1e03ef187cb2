/** P4: download look-ups, counted: from memory and from the database; then whether every one of them was counted. */
import { setTimeout } from 'node:timers/promises'
import { insertModules, namespace } from '../data.ts'
import { addRow, type Bench, side, sideBySide, size, startLimit } from '../measure.ts'
import { insertProvider } from '../provider-data.ts'
import { startRegistry } from '../registry.ts'

// More than fit into the 32 MB that are kept of them, at some 1,100 bytes each.
const coldVersions = 40_000

// Of a provider's platforms the answers take some 20 KB each, and 64 MB are kept.
const coldProviderVersions = 5_000

type Kind = { misses: string; ofVersions: string; event: string }

const modules: Kind = {
  misses: 'cadastre_cache_module_downloads_misses_total',
  ofVersions: 'module_versions',
  event: 'module_version_id',
}
const providers: Kind = {
  misses: 'cadastre_cache_provider_downloads_misses_total',
  ofVersions: 'provider_versions',
  event: 'provider_platform_id',
}

export async function downloads(bench: Bench): Promise<void> {
  const { registry } = bench
  await insertModules(registry, 'hot', 1, 3)
  await insertModules(registry, 'cold', 1, coldVersions)
  const headers = { authorization: `Bearer ${registry.token}`, 'user-agent': 'Terraform/1.11.4' }
  const hotPath = `/v1/modules/${namespace}/hot0/aws/1.0.1/download`
  const link = String((await registry.request('GET', hotPath)).headers['x-terraform-get'])
  let answered = 1
  const limit = await startLimit(204, 0, link)
  const pair = (path: string, paths?: number) => {
    const limitSide = side(limit.pid, '204', { port: limit.port, path: hotPath, headers })
    const caseSide = side(registry.pid, '204', { port: registry.port, path, paths, headers })
    return async (pairs: number) => {
      const measured = await sideBySide(bench, limitSide, caseSide, pairs)
      answered += measured.answered.measured
      return measured.rounds
    }
  }

  await addRow(
    bench,
    {
      goal: 'P4',
      name: 'hot download look-up, counted, against a raw 204 with the link',
      bytes: '0 B',
      atMost: 1.45,
      unit: 'µs',
    },
    pair(hotPath),
  )
  const missesBefore = await registry.metric(modules.misses)
  const answeredBefore = answered
  await addRow(
    bench,
    { goal: 'P4', name: 'cold download look-up, 40,000 versions, counted', bytes: '0 B', atMost: 6.5, unit: 'µs' },
    pair(`/v1/modules/${namespace}/cold0/aws/1.0.*/download`, coldVersions),
  )
  addMisses(bench, ((await registry.metric(modules.misses)) - missesBefore) / (answered - answeredBefore))
  await limit.stop()
  await setTimeout(2_500)
  addCount(bench, 'counted after the load', answered, await counted(bench, modules))
  await stopUnderLoad(bench, modules, hotPath, headers, answered)
}

/** Answers of providers have a body: gzipped from the second request of a signing bucket on, plain in the first. */
export async function providerDownloads(bench: Bench): Promise<void> {
  const { registry } = bench
  await insertProvider(registry, 'hot', 3)
  const headers = {
    authorization: `Bearer ${registry.token}`,
    'user-agent': 'Terraform/1.11.4',
    'accept-encoding': 'gzip',
  }
  const hotPath = `/v1/providers/${namespace}/hot/1.0.1/download/linux/amd64`
  const first = await registry.request('GET', hotPath, { headers })
  const second = await registry.request('GET', hotPath, { headers })
  if (second.headers['content-encoding'] !== 'gzip') throw new Error('the second answer is not gzipped')
  const [plainBytes, gzipBytes] = [first.body.length, second.body.length]
  let answered = 2
  const measured = async (name: string, atMost: number, bytes: number, path: string, paths?: number) => {
    const limit = await startLimit(200, bytes)
    const limitSide = side(limit.pid, '200', { port: limit.port, path: hotPath, headers })
    const caseSide = side(registry.pid, '200', { port: registry.port, path, paths, headers })
    await addRow(bench, { goal: 'P4', name, bytes: size(bytes), atMost, unit: 'µs' }, async (pairs) => {
      const pair = await sideBySide(bench, limitSide, caseSide, pairs)
      answered += pair.answered.measured
      return pair.rounds
    })
    await limit.stop()
  }

  await measured('hot download look-up of a provider, counted, gzip', 1.45, gzipBytes, hotPath)
  await insertProvider(registry, 'cold', coldProviderVersions)
  const [missesBefore, answeredBefore] = [await registry.metric(providers.misses), answered]
  await measured(
    `cold download look-up of a provider, ${coldProviderVersions.toLocaleString('en')} versions × 12 platforms, counted`,
    6.5,
    plainBytes,
    `/v1/providers/${namespace}/cold/1.0.*/download/linux/amd64`,
    coldProviderVersions,
  )
  addMisses(bench, ((await registry.metric(providers.misses)) - missesBefore) / (answered - answeredBefore))
  await setTimeout(2_500)
  addCount(bench, 'counted after the load', answered, await counted(bench, providers))
  await stopUnderLoad(bench, providers, hotPath, headers, answered)
}

/** SIGTERM while requests come: what was answered is in the database afterwards. */
async function stopUnderLoad(bench: Bench, kind: Kind, path: string, headers: Record<string, string>, before: number) {
  const { registry, clients } = bench
  const load = clients.map((client) => client.run({ port: registry.port, path, headers, connections: 16, ms: 20_000 }))
  await setTimeout(1_500)
  const code = await registry.end()
  const outcomes = await Promise.all(load)
  const answered = before + outcomes.reduce((sum, outcome) => sum + outcome.answered, 0)
  const token = registry.token
  bench.registry = await startRegistry({ dataDir: registry.dataDir })
  bench.registry.token = token
  addCount(bench, `counted after SIGTERM under load (exit code ${code})`, answered, await counted(bench, kind))
}

function addMisses({ report }: Bench, missed: number) {
  report.add({
    goal: 'P4',
    name: 'cold download look-ups: misses per request',
    measured: missed.toFixed(3),
    wanted: '1',
    verdict: missed === 1 ? 'met' : 'missed',
  })
}

function addCount({ report }: Bench, name: string, answered: number, counted: { events: number; versions: number }) {
  const isEqual = counted.events === answered && counted.versions === answered
  report.add({
    goal: 'P4',
    name: `${name}: events and counters, of requests answered`,
    measured: `${counted.events.toLocaleString('en')} and ${counted.versions.toLocaleString('en')} of ${answered.toLocaleString('en')}`,
    wanted: 'equal',
    verdict: isEqual ? 'met' : 'missed',
  })
}

async function counted(
  { registry }: Bench,
  { ofVersions, event }: Kind,
): Promise<{ events: number; versions: number }> {
  const { rows } = await registry.sql(
    `select (select coalesce(sum(downloads), 0)::float8 from download_events where ${event} is not null) as events,
            (select coalesce(sum(downloads), 0)::float8 from ${ofVersions}) as versions`,
  )
  return rows[0]
}
