/**
 * P9: the import of a whole registry against a bare COPY of its platforms into a table without indexes; its memory; a
 * second import without a change; and the embedded PostgreSQL against another one. Each import into a new database.
 */
import { createReadStream, createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { generated, runImport, type WatchedImport } from '../catalogue.ts'
import type { Counts } from '../generate-catalogue/folder.ts'
import { type Bench, median, type Ratio, type Round, type Row, ratioOf, shown, verdictOf } from '../measure.ts'
import { type OtherPostgres, startOtherPostgres } from '../other-postgres.ts'
import { type Registry, startRegistry, temporaryFolder } from '../registry.ts'
import type { Sample } from '../watch.ts'

const pairs = 3
const readAheadBytes = 1 << 20

/** Of one new database: milliseconds, and rows per millisecond. `searchMs`: until a server that starts on it can search. */
type Imported = { ms: number; againMs: number; copied: number; peakMb: number; growth: number; searchMs: number }

export async function catalogueImport(bench: Bench): Promise<void> {
  const { folder, counts } = await generated(bench)
  const other = await startOtherPostgres()
  try {
    const [imports, others]: [Imported[], number[]] = [[], []]
    for (let pair = 0; pair < pairs; pair += 1) {
      imports.push(await intoEmbedded(folder, counts))
      if (other) others.push(await intoOther(folder, other, `import_${pair}`))
    }
    addRows(bench, counts, imports)
    addOther(bench, imports, others)
  } finally {
    await other?.remove()
  }
}

async function intoEmbedded(folder: string, counts: Counts): Promise<Imported> {
  const { dataDir, end } = await startRegistry()
  await end()
  const { samples, saidAt } = await runImport(folder, { TFR_DATA_DIR: dataDir })
  await runImport(folder, { TFR_DATA_DIR: dataDir })
  const registry = await startRegistry({ dataDir })
  const searchMs = await firstSearch(registry)
  const [ms, againMs] = (await importTimes(registry.sql)) as [number, number]
  const copied = counts.platforms / (await copyMs(registry))
  await registry.remove()
  return {
    ms,
    againMs,
    copied,
    peakMb: peakOf(samples),
    growth: growthOf(samples, saidAt, quarterOfProviders(counts)),
    searchMs,
  }
}

async function firstSearch(registry: Registry): Promise<number> {
  const startedAt = performance.now()
  const { status, body } = await registry.request('GET', '/api/v1/search?q=vpc')
  if (status !== 200) throw new Error(`search: ${status} ${body}`)
  return performance.now() - startedAt
}

async function intoOther(folder: string, other: OtherPostgres, name: string): Promise<number> {
  const dataDir = await temporaryFolder('cadastre-bench-other-')
  await runImport(folder, { TFR_DATA_DIR: dataDir, ...(await other.newDatabase(name)) })
  const [ms] = await importTimes((text) => other.sql(name, text))
  await rm(dataDir, { recursive: true, force: true })
  return ms!
}

/** Milliseconds of its imports, the first one first. */
async function importTimes(sql: (text: string) => Promise<pg.QueryResult>): Promise<number[]> {
  const { rows } = await sql(
    `select (extract(epoch from finished_at - started_at) * 1000)::float8 as ms from job_runs
     where kind = 'catalogue.import' and state = 'done' order by started_at`,
  )
  return rows.map(({ ms }) => ms)
}

/** As quickly as PostgreSQL takes rows from a client: the same ones, as lines in a file, into a table with nothing on it. */
async function copyMs(registry: Registry): Promise<number> {
  const file = join(registry.dataDir, 'platforms')
  const client = new pg.Client({ host: registry.socketFolder(), user: 'cadastre', database: 'cadastre' })
  await client.connect()
  await client.query('create table bare_platforms (like provider_platforms)')
  await pipeline(client.query(copyTo(`copy (${platformRows}) to stdout`)), createWriteStream(file))
  const lines = createReadStream(file, { highWaterMark: readAheadBytes })
  const startedAt = performance.now()
  await pipeline(lines, client.query(copyFrom('copy bare_platforms from stdin')))
  const elapsedMs = performance.now() - startedAt
  await client.end()
  return elapsedMs
}

/** With the columns of `provider_platforms`, where those of a catalogue would stand if each were a row. */
const platformRows = `select row_number() over (), provider_version_id, os, arch, filename, sha256, h1, size_bytes,
  download_url, null, 0, '', position from provider_version_platforms`

const peakOf = (samples: Sample[]) => Math.max(...samples.map(({ rssMb }) => rssMb))

/** Which tenth of the items was behind it then: modules come first, and providers have nearly all of the rows. */
const quarterOfProviders = ({ modules, providers }: Counts) =>
  10 * Math.ceil((10 * (modules + providers / 4)) / (modules + providers))

/** Of the time from where so much was done: what it kept in memory in the last fifth, of that in the first. */
function growthOf(samples: Sample[], saidAt: WatchedImport['saidAt'], percent: number): number {
  const since = [...saidAt].find(([said]) => said >= percent)?.[1] ?? samples[0]!.at
  const until = samples.at(-1)!.at
  const fifth = (until - since) / 5
  const within = (from: number, to: number) => peakOf(samples.filter(({ at }) => at >= from && at <= to))
  return within(until - fifth, until) / within(since, since + fifth)
}

function addRows({ options, report }: Bench, counts: Counts, imports: Imported[]): void {
  const rows = counts.providers + counts.modules + counts.versions + counts.platforms
  const name = `import of ${options.deep ? 'the deep set' : 'a whole registry'}`
  const bytes = `${rows.toLocaleString('en')} rows`
  addControl(report, imports)
  const over = imports.map(({ ms, copied }) => ({ limit: copied, measured: rows / ms, ratio: rows / ms / copied }))
  const seconds = median(imports.map(({ ms }) => ms)) / 1000
  const ratio = ratioOf(over)
  report.add({
    goal: 'P9',
    name: `${name}, against a bare COPY of its platforms`,
    bytes,
    limit: perSecond(median(over.map(({ limit }) => limit))),
    measured: `${perSecond(median(over.map(({ measured }) => measured)))}, ${seconds.toFixed(1)} s`,
    ratio,
    wanted: `≥ 0.40×${options.deep ? '; ≤ 20 s, not gated' : ''}`,
    verdict: report.busy.time ? 'inconclusive' : ratio.median >= 0.4 ? 'met' : 'missed',
    rounds: over,
  })
  report.add({
    goal: 'P9',
    name: 'the first answer of the search, by a server that starts on it',
    bytes,
    measured: shown(median(imports.map(({ searchMs }) => searchMs)), 'ms'),
    wanted: 'reported',
    verdict: 'not gated',
  })
  const peak = median(imports.map(({ peakMb }) => peakMb))
  report.add({
    goal: 'P9',
    name: 'its resident memory at most',
    bytes,
    measured: `${peak.toFixed(0)} MB`,
    wanted: '≤ 350 MB',
    verdict: peak <= 350 ? 'met' : 'missed',
  })
  report.add({
    goal: 'P9',
    name: 'its resident memory at the end, of that with a quarter of the providers behind it',
    bytes,
    ...againstGoal(
      imports.map(({ growth }) => growth),
      1.2,
      false,
    ),
  })
  report.add({
    goal: 'P9',
    name: 'a second import without a change, of the first',
    bytes,
    ...againstGoal(
      imports.map(({ againMs, ms }) => againMs / ms),
      0.5,
      report.busy.time,
    ),
    limit: shown(median(imports.map(({ ms }) => ms)), 'ms'),
    measured: shown(median(imports.map(({ againMs }) => againMs)), 'ms'),
  })
}

/** One and the same COPY: how far from 1 is the machine itself. */
function addControl(report: Bench['report'], imports: Imported[]): void {
  const typical = median(imports.map(({ copied }) => copied))
  const ratio = ratioOf(imports.map(({ copied }) => ({ limit: typical, measured: copied, ratio: typical / copied })))
  report.busy.time = ratio.min < 0.87 || ratio.max > 1.15
  report.add({
    goal: 'control',
    name: 'a bare COPY, and the same one again',
    ratio,
    wanted: '0.87–1.15, each',
    verdict: report.busy.time ? 'inconclusive' : 'met',
  })
}

function addOther({ report }: Bench, imports: Imported[], others: number[]): void {
  const row = { goal: 'P9', name: 'the import on the embedded PostgreSQL, against PostgreSQL 15' }
  if (others.length === 0) {
    report.add({ ...row, name: `${row.name}: absent`, wanted: '≤ 1.20×', verdict: 'skipped' })
    return
  }
  report.add({
    ...row,
    ...againstGoal(
      imports.map(({ ms }, index) => ms / others[index]!),
      1.2,
      report.busy.time,
    ),
    limit: shown(median(others), 'ms'),
    measured: shown(median(imports.map(({ ms }) => ms)), 'ms'),
  })
}

function againstGoal(
  ratios: number[],
  atMost: number,
  busy: boolean,
): Pick<Row, 'ratio' | 'wanted' | 'verdict' | 'rounds'> {
  const rounds: Round[] = ratios.map((ratio) => ({ limit: 1, measured: ratio, ratio }))
  const ratio: Ratio = ratioOf(rounds)
  return { ratio, wanted: `≤ ${atMost.toFixed(2)}×`, verdict: verdictOf(atMost, ratio, busy), rounds }
}

const perSecond = (rowsPerMs: number) => `${Math.round(rowsPerMs).toLocaleString('en')} k rows/s`
