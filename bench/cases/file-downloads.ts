/** P10: the zip of a provider through Node: what a gigabyte costs, plain and over TLS; many at once; and a redirect to a store. */
import { readFile, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { makeDist } from '../../server/test/provider-dist.ts'
import { startS3rver } from '../../server/test/s3rver.ts'
import { makeCertificate } from '../certificate.ts'
import { makeReader, namespace } from '../data.ts'
import { type Download, type FileClient, startFileClient } from '../file-client.ts'
import {
  addPerGb,
  addRow,
  type Bench,
  type Limit,
  median,
  perGb,
  type Round,
  ratioOf,
  side,
  sideBySide,
  size,
  startLimit,
} from '../measure.ts'
import { cpuOfTree, onPath, spent } from '../processes.ts'
import { publishDist, trustSigningKey } from '../provider-data.ts'
import { startNginx, startRawFiles, type Tls } from '../raw-files.ts'
import { type Registry, type StartOptions, startRegistry, temporaryFolder } from '../registry.ts'
import { rssGrowth, watched } from '../watch.ts'
import { cachedZip } from '../zips.ts'

const [type, version, platform, megabytes] = ['files', '1.0.0', 'linux_amd64', 200]
const [atOnce, timesPerLeg] = [50, 3]
// Each takes ten seconds for its file.
const slowBytesPerSecond = 20_000_000
const rangeBytes = 64 * 1024
const fileSize = `${megabytes} MB`

type Clients = readonly [FileClient, FileClient]

export async function fileDownloads(bench: Bench): Promise<void> {
  const folder = await temporaryFolder('cadastre-bench-files-')
  const zip = await cachedZip(type, megabytes)
  const clients = [startFileClient(), startFileClient()] as const
  try {
    await measurePlain(bench, clients, zip, folder)
    await measureTls(bench, clients, zip, folder)
    await measureRedirects(bench)
  } finally {
    for (const client of clients) client.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measurePlain(bench: Bench, clients: Clients, zip: string, folder: string): Promise<void> {
  const { registry, path } = await startWithFile(await readFile(zip))
  const limit = await startRawFiles(zip, folder)
  const rounds = await perByte(bench, clients, { limit: { ...limit, path: '/' }, registry: { ...registry, path } })
  addPerGb(bench, { goal: 'P10', name: 'download by signed address, against raw Node', bytes: fileSize }, rounds, 0.5)
  await limit.stop()
  await addMemory(bench, clients[0], registry, path)
  await addSmall(bench, registry, path)
  await registry.remove()
}

async function measureTls(bench: Bench, clients: Clients, zip: string, folder: string): Promise<void> {
  if (!onPath('openssl')) return skip(bench, 'download over TLS: openssl absent', '≤ 0.9 s/GB')
  const [certificate, key] = makeCertificate(folder)
  const tls = { certificate, key }
  const { registry, path } = await startWithFile(await readFile(zip), {
    ca: await readFile(certificate),
    env: {
      TFR_SECURITY_TLS_ENABLED: 'true',
      TFR_SECURITY_TLS_CERT_FILE: certificate,
      TFR_SECURITY_TLS_KEY_FILE: key,
    },
  })
  const limit = await startRawFiles(zip, folder, tls)
  const sides = { limit: { ...limit, path: '/' }, registry: { ...registry, path } }
  const rounds = await perByte(bench, clients, sides, true)
  addPerGb(bench, { goal: 'P10', name: 'download over TLS, against raw Node over TLS', bytes: fileSize }, rounds, 0.9)
  await limit.stop()
  await addNginx(bench, clients, { registry, path }, { zip, folder, tls })
  await registry.remove()
}

async function addNginx(
  bench: Bench,
  clients: Clients,
  { registry, path }: { registry: Registry; path: string },
  { zip, folder, tls }: { zip: string; folder: string; tls: Tls },
): Promise<void> {
  if (!onPath('nginx')) return skip(bench, 'download over TLS against nginx: nginx absent', '≤ 1.10×')
  const nginx = await startNginx(zip, folder, tls)
  await setTimeout(500)
  const sides = { limit: { ...nginx, path: `/${basename(zip)}` }, registry: { ...registry, path } }
  const rounds = await perByte(bench, clients, sides, true)
  const ratio = ratioOf(rounds)
  bench.report.add({
    goal: 'P10',
    name: 'download over TLS, against nginx over TLS',
    bytes: fileSize,
    limit: perGb(median(rounds.map((round) => round.limit))),
    measured: perGb(median(rounds.map((round) => round.measured))),
    ratio,
    wanted: '≤ 1.10×, not gated',
    verdict: ratio.median <= 1.1 ? 'met' : 'over',
    rounds,
  })
  await nginx.stop()
}

/** A registry with one provider of one platform. @returns the signed address of its zip, too */
async function startWithFile(zip: Buffer, options: StartOptions = {}): Promise<{ registry: Registry; path: string }> {
  const registry = await startRegistry(options)
  registry.token = await makeReader(registry)
  await trustSigningKey(registry)
  const name = `terraform-provider-${type}_${version}_${platform}.zip`
  const change = (files: Map<string, Buffer>) => void files.set(name, zip)
  await publishDist(registry, await makeDist({ type, version, platforms: [platform], change }))
  const lookUp = `/v1/providers/${namespace}/${type}/${version}/download/${platform.replace('_', '/')}`
  const answer = JSON.parse((await registry.request('GET', lookUp)).body.toString())
  return { registry, path: answer.download_url }
}

type FileSide = Pick<Limit, 'pid' | 'port'> & { path: string }

/** Both at the same time, each until its own files are there; nanoseconds of CPU per byte, which are seconds per GB. */
async function perByte(
  { options }: Bench,
  clients: Clients,
  sides: { limit: FileSide; registry: FileSide },
  tls?: boolean,
): Promise<Round[]> {
  const cost = async (client: FileClient, { pid, port, path }: FileSide, times: number) => {
    const before = cpuOfTree(pid)
    const { bytes } = await client.run({ download: { port, path, tls, connections: 1, times } })
    return spent(before, cpuOfTree(pid)) / bytes
  }
  const rounds: Round[] = []
  for (let pair = 0; pair <= options.pairs; pair += 1) {
    const times = pair === 0 ? 1 : timesPerLeg
    const [limit, measured] = await Promise.all([
      cost(clients[0], sides.limit, times),
      cost(clients[1], sides.registry, times),
    ])
    if (pair > 0) rounds.push({ limit, measured, ratio: measured / limit })
  }
  return rounds
}

async function addMemory({ report }: Bench, client: FileClient, { pid, port }: Registry, path: string): Promise<void> {
  const download: Download = { port, path, connections: atOnce, times: 1, bytesPerSecond: slowBytesPerSecond }
  const { samples } = await watched(pid, () => client.run({ download }))
  const growth = rssGrowth(samples)
  report.add({
    goal: 'P10',
    name: `${atOnce} downloads at once by clients of ${slowBytesPerSecond / 1e6} MB/s: growth of resident memory`,
    bytes: `${atOnce} × ${fileSize}`,
    measured: `${growth.toFixed(0)} MB`,
    wanted: '≤ 32 MB, not gated',
    verdict: growth <= 32 ? 'met' : 'over',
  })
}

async function addSmall(bench: Bench, registry: Registry, path: string): Promise<void> {
  const pair = async (name: string, bytes: number, status: string, method: 'GET' | 'HEAD', range = '') => {
    const limit = await startLimit(200, bytes)
    const headers: Record<string, string> = range === '' ? {} : { range }
    const limitSide = side(limit.pid, '200', { port: limit.port, path: '/' })
    const caseSide = side(registry.pid, status, { port: registry.port, path, method, headers })
    await addRow(bench, { goal: 'P10', name, bytes: size(bytes), unit: 'µs' }, (pairs) =>
      sideBySide(bench, limitSide, caseSide, pairs).then(({ rounds }) => rounds),
    )
    await limit.stop()
  }
  await pair('HEAD of the zip, against a raw empty answer', 0, '200', 'HEAD')
  const from = 100_000_000
  await pair(
    '64 KiB of the zip by Range, against raw, same bytes',
    rangeBytes,
    '206',
    'GET',
    `bytes=${from}-${from + rangeBytes - 1}`,
  )
}

/** With an S3 the answer is an address of the store: what it costs, for the bytes that the registry need not send. */
async function measureRedirects(bench: Bench): Promise<void> {
  const s3 = await startS3rver()
  const { registry, path } = await startWithFile(await readFile(await cachedZip(type, 1)), {
    env: {
      TFR_STORAGE_DEFAULT_BACKEND: 's3',
      TFR_STORAGE_S3_ENDPOINT: s3.endpoint,
      TFR_STORAGE_S3_BUCKET: s3.bucket,
      TFR_STORAGE_S3_REGION: 'us-east-1',
      TFR_STORAGE_S3_AUTH_METHOD: 'static',
      TFR_STORAGE_S3_ACCESS_KEY_ID: s3.accessKeyId,
      TFR_STORAGE_S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
    },
  })
  const leg = { port: registry.port, path, connections: 4, ms: bench.options.ms }
  const costs: number[] = []
  for (let count = 0; count <= bench.options.pairs; count += 1) {
    const before = cpuOfTree(registry.pid)
    const { answered, byStatus } = await bench.clients[0].run(leg)
    if (byStatus['302'] !== answered) throw new Error(`expected redirects only, got ${JSON.stringify(byStatus)}`)
    if (count > 0) costs.push(spent(before, cpuOfTree(registry.pid)) / answered)
  }
  const cost = median(costs)
  const perGigabyte = cost / 1000 / megabytes / 1000
  bench.report.add({
    goal: 'P10',
    name: `redirect to a store, one for ${fileSize}`,
    bytes: '0 B',
    measured: `${(cost / 1000).toFixed(0)} µs, ${perGigabyte.toFixed(4)} s/GB`,
    wanted: '≤ 0.01 s/GB, not gated',
    verdict: perGigabyte <= 0.01 ? 'met' : 'over',
  })
  await registry.remove()
  await s3.stop()
}

function skip({ report }: Bench, name: string, wanted: string): void {
  report.add({ goal: 'P10', name, wanted, verdict: 'skipped' })
}
