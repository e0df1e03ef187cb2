/** P11: a zip of a provider on its way in: hashed while it comes, kept at once, then opened and hashed again off the main thread. */
import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { makeReader, namespace } from '../data.ts'
import { type FileClient, startFileClient } from '../file-client.ts'
import { addPerGb, type Bench, median, percentile, perGb, type Round } from '../measure.ts'
import { cores, cpuOfProcess, cpuOfTree, spent } from '../processes.ts'
import { insertProviderDocument, providerListPath } from '../provider-data.ts'
import { startRawFiles } from '../raw-files.ts'
import { type Registry, startRegistry, temporaryFolder } from '../registry.ts'
import { busySpan, rssGrowth, type Sample, spentBetween, watched } from '../watch.ts'
import { cachedZip, commentBytes } from '../zips.ts'

const type = 'big'
const [megabytes, hashedMegabytes, warmUpMegabytes] = [1_000, 325, 20]
const [mostPairs, probes, idleMs] = [3, 3, 3_000]
const env = { TFR_PUBLISH_MAX_PROVIDER_BYTES: '2GB' }

export async function fileUploads(bench: Bench): Promise<void> {
  const client = startFileClient()
  try {
    await measureUploads(bench, client)
    await measureLatency(bench, client)
  } finally {
    client.stop()
  }
}

type Upload = {
  bytes: number
  /** without the time and CPU in which the zip was opened and hashed by its own thread */
  ms: number
  cpuNs: number
  h1: { ms: number; threadCpuNs: number; otherCpuNs: number }
  rssGrowth: number
}

async function measureUploads(bench: Bench, client: FileClient): Promise<void> {
  const folder = await temporaryFolder('cadastre-bench-uploads-')
  const registry = await startRegistry({ env })
  await makeReader(registry)
  const threads = await threadsOfFirstUpload(client, registry)
  const zip = await cachedZip(type, megabytes)
  const limit = await startRawFiles(zip, folder)
  const limitUpload = async () => {
    const before = cpuOfTree(limit.pid)
    // Watching costs something, too, on the same core.
    const { result } = await watched(limit.pid, () =>
      client.run({
        upload: { port: limit.port, path: '/', file: zip, lastBytes: someBytes() },
      }),
    )
    return { bytes: result.bytes, ms: result.ms, cpuNs: spent(before, cpuOfTree(limit.pid)) }
  }
  const cpuRounds: Round[] = []
  const speeds: number[] = []
  const uploads: Upload[] = []
  const growths: number[] = []
  for (let pair = 0; pair <= Math.min(mostPairs, bench.options.pairs); pair += 1) {
    const [raw, ours] = [await limitUpload(), await upload(client, registry, zip, threads)]
    await forget(registry)
    growths.push(ours.rssGrowth)
    if (pair === 0) continue
    const [rawCost, ourCost] = [raw.cpuNs / raw.bytes, ours.cpuNs / ours.bytes]
    cpuRounds.push({ limit: rawCost, measured: ourCost, ratio: ourCost / rawCost })
    speeds.push(raw.ms / ours.ms)
    uploads.push(ours)
  }
  await limit.stop()
  await registry.remove()
  await rm(folder, { recursive: true, force: true })
  const name = 'upload of a zip, received, hashed, on disk and in place; without its h1'
  addPerGb(bench, { goal: 'P11', name, bytes: '1 GB' }, cpuRounds, 1.9)
  addUploadRows(bench, uploads, speeds, Math.max(...growths))
}

/** The thread that opens zips is started for the first of them and kept. */
async function threadsOfFirstUpload(client: FileClient, registry: Registry): Promise<Set<string>> {
  const before = cpuOfProcess(registry.pid)
  await send(client, registry, await cachedZip(type, warmUpMegabytes))
  return new Set([...cpuOfProcess(registry.pid).keys()].filter((thread) => !before.has(thread)))
}

async function upload(client: FileClient, registry: Registry, zip: string, threads: Set<string>): Promise<Upload> {
  const before = cpuOfTree(registry.pid)
  const { result, samples } = await watched(registry.pid, () => send(client, registry, zip))
  const cpuNs = spent(before, cpuOfTree(registry.pid))
  const { from, to } = busySpan(samples, threads)
  const meanwhileNs = spentBetween(from, to)
  const threadCpuNs = spentBetween(of(threads, from), of(threads, to))
  const h1 = { ms: to.at - from.at, threadCpuNs, otherCpuNs: meanwhileNs - threadCpuNs }
  return { bytes: result.bytes, ms: result.ms - h1.ms, cpuNs: cpuNs - meanwhileNs, h1, rssGrowth: rssGrowth(samples) }
}

const of = (threads: Set<string>, sample: Sample): Sample => ({
  ...sample,
  cpu: new Map([...sample.cpu].filter(([thread]) => threads.has(thread))),
})

let sent = 0

/** As another version each time, and as other bytes: what is there already would only be read. */
function send(client: FileClient, { port, adminToken }: Registry, file: string) {
  const version = `1.0.${sent++}`
  const path = `/api/v1/providers/${namespace}/${type}/${version}/files/terraform-provider-${type}_${version}_linux_amd64.zip`
  const headers = { authorization: `Bearer ${adminToken}` }
  return client.run({ upload: { port, path, headers, file, lastBytes: someBytes() } })
}

const someBytes = () => randomBytes(commentBytes / 2).toString('hex')

/** Whole gigabytes need not stay until the end. */
async function forget(registry: Registry): Promise<void> {
  await registry.sql('delete from staged_files')
  await registry.sql('delete from stored_objects')
  await rm(join(registry.dataDir, 'storage', 'objects'), { recursive: true, force: true })
}

function addUploadRows({ report }: Bench, uploads: Upload[], speeds: number[], growth: number): void {
  const row = (name: string, measured: string, wanted: string, isMet: boolean) =>
    report.add({
      goal: 'P11',
      name,
      bytes: '1 GB',
      measured,
      wanted: `${wanted}, not gated`,
      verdict: isMet ? 'met' : 'over',
    })
  const speed = median(speeds)
  const ours = median(uploads.map(({ bytes, ms }) => bytes / ms / 1000))
  row(
    'its throughput, of hash and write by raw Node',
    `${ours.toFixed(0)} MB/s, ${speed.toFixed(2)} (${Math.min(...speeds).toFixed(2)}–${Math.max(...speeds).toFixed(2)})`,
    '≥ 0.85×',
    speed >= 0.85,
  )
  row('growth of resident memory, h1 included', `${growth.toFixed(0)} MB`, '≤ 64 MB', growth <= 64)
  const rate = median(uploads.map(({ bytes, h1 }) => bytes / h1.ms / 1000))
  row('h1: in a thread of its own', `${rate.toFixed(0)} MB/s`, '≥ 200 MB/s', rate >= 200)
  const [thread, others] = (['threadCpuNs', 'otherCpuNs'] as const).map((part) =>
    median(uploads.map(({ bytes, h1 }) => h1[part] / bytes)),
  ) as [number, number]
  report.add({
    goal: 'P11',
    name: 'CPU of that: its thread, and everything else meanwhile (reading the file, mostly)',
    bytes: '1 GB',
    measured: `${perGb(thread)} and ${perGb(others)}`,
    wanted: 'reported',
    verdict: 'not gated',
  })
}

/** Lists from memory while a zip is opened and hashed, by a server that has both cores as it would at home. */
async function measureLatency(bench: Bench, client: FileClient): Promise<void> {
  const registry = await startRegistry({ env, core: cores.both })
  const prober = startFileClient()
  try {
    const token = await makeReader(registry)
    await insertProviderDocument(registry, 'probed', 27)
    const threads = await threadsOfFirstUpload(client, registry)
    const zip = await cachedZip(type, hashedMegabytes)
    const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' }
    const probe = (ms: number) =>
      prober.run({ probe: { port: registry.port, path: providerListPath('probed'), headers, ms } })
    await probe(idleMs / 3)
    const [idle, busy]: [number[], number[]] = [[], []]
    for (let count = 0; count < probes; count += 1) {
      idle.push(...(await probe(idleMs)).latencies.map(([, ms]) => ms))
      const probing = probe(2 * idleMs)
      const { samples } = await watched(registry.pid, () => send(client, registry, zip))
      const { from, to } = busySpan(samples, threads)
      const { latencies } = await probing
      busy.push(...latencies.filter(([askedAt]) => askedAt > from.at && askedAt < to.at).map(([, ms]) => ms))
      await forget(registry)
      await setTimeout(500)
    }
    addLatency(bench, idle, busy)
  } finally {
    prober.stop()
    await registry.remove()
  }
}

function addLatency({ report }: Bench, idle: number[], busy: number[]): void {
  const both = (share: number) => [percentile(idle, share), percentile(busy, share)] as [number, number]
  const [[idleP50, busyP50], [idleP99, busyP99]] = [both(0.5), both(0.99)]
  const ratio = busyP99 / idleP99
  report.add({
    goal: 'P11',
    name: `hot list p50 and p99: idle, and during the h1 of ${hashedMegabytes} MB (${busy.length} requests), server on both cores`,
    limit: `${idleP50.toFixed(2)} and ${idleP99.toFixed(2)} ms`,
    measured: `${busyP50.toFixed(2)} and ${busyP99.toFixed(2)} ms`,
    ratio: { median: ratio, min: ratio, max: ratio },
    wanted: 'p99 ≤ 2.00×, not gated',
    verdict: ratio <= 2 ? 'met' : 'over',
  })
}
