/**
 * P3: version lists that are not in memory. Of each size there are more modules than memory holds, asked in turn, so
 * every request is a miss; the registry's own counter and PostgreSQL's count of transactions say whether that is so.
 */
import { setTimeout } from 'node:timers/promises'
import {
  copyDocument,
  insertDocument,
  largestModule,
  listPath,
  namespace,
  versionNumbers,
  versionsForBytes,
} from '../data.ts'
import { addRow, type Bench, type Round, side, sideBySide, size, startLimit } from '../measure.ts'
import { insertProviderDocument, largestProvider, providerListPath } from '../provider-data.ts'
import type { Registry } from '../registry.ts'

const memoryBytes = 64 * 1024 * 1024
// What an entry takes beside the plain bytes and the gzip, less than it does in truth: rather a module too many.
const entryBytes = 500

type Document = { plainBytes: number; gzipBytes: number }
type List = { name: string; says: string; atMost: number; insert(registry: Registry, name: string): Promise<Document> }
type Kind = { plural: string; misses: string; pathOf(name: string): string; keyOf(name: string): string; lists: List[] }

const ofModule = (versions: string[]) => (registry: Registry, name: string) => insertDocument(registry, name, versions)
const ofProvider = (versions: number) => (registry: Registry, type: string) =>
  insertProviderDocument(registry, type, versions)

const modules: Kind = {
  plural: 'modules',
  misses: 'cadastre_cache_module_documents_misses_total',
  pathOf: listPath,
  keyOf: (name) => `modules/${namespace}/${name}/aws/versions`,
  lists: [
    { name: 'cold-usual', says: 'list of 19 versions (p90)', insert: ofModule(versionNumbers(19)), atMost: 7 },
    { name: 'cold-long', says: 'list of 15 KB', insert: ofModule(versionsForBytes(15_000)), atMost: 7 },
    {
      name: 'cold-largest',
      says: 'list of 2,504 versions (the largest real module)',
      insert: ofModule(versionNumbers(largestModule)),
      atMost: 9,
    },
  ],
}

const providers: Kind = {
  plural: 'providers',
  misses: 'cadastre_cache_provider_documents_misses_total',
  pathOf: providerListPath,
  keyOf: (type) => `providers/${namespace}/${type}/versions`,
  lists: [
    { name: 'cold-median', says: 'list of 3 versions × 12 platforms (p50)', insert: ofProvider(3), atMost: 7 },
    { name: 'cold-usual', says: 'list of 27 versions × 12 platforms (p90)', insert: ofProvider(27), atMost: 7 },
    {
      name: 'cold-largest',
      says: `list of ${largestProvider} versions × 12 platforms (the largest real provider)`,
      insert: ofProvider(largestProvider),
      atMost: 9,
    },
  ],
}

export const coldLists = (bench: Bench) => measureCold(bench, modules)
export const coldProviderLists = (bench: Bench) => measureCold(bench, providers)

async function measureCold(bench: Bench, kind: Kind): Promise<void> {
  const { registry } = bench
  const before = await counters(bench, kind)
  let answered = 0
  for (const { name, says, insert, atMost } of kind.lists) {
    const document = await insert(registry, name)
    const copies = Math.ceil((1.1 * memoryBytes) / (document.plainBytes + document.gzipBytes + entryBytes))
    await copyDocument(registry, kind.keyOf(name), name, copies)
    // As the CLI asks: with gzip. The limit writes as many bytes as that.
    const limit = await startLimit(200, document.gzipBytes)
    const headers = { authorization: `Bearer ${registry.token}`, 'accept-encoding': 'gzip' }
    const limitSide = side(limit.pid, '200', { port: limit.port, path: '/', headers })
    const caseSide = side(registry.pid, '200', {
      port: registry.port,
      path: kind.pathOf(`${name}*`),
      paths: copies,
      headers,
    })
    await addRow(
      bench,
      {
        goal: 'P3',
        name: `cold, gzip of the ${says}, ${copies.toLocaleString('en')} ${kind.plural}`,
        bytes: size(document.gzipBytes),
        atMost,
        unit: 'µs',
      },
      async (pairs): Promise<Round[]> => {
        const measured = await sideBySide(bench, limitSide, caseSide, pairs)
        answered += measured.answered.measured
        return measured.rounds
      },
    )
    await limit.stop()
  }
  await addCount(bench, kind, answered, before)
  await registry.sql('delete from documents where key like $1', [`${kind.plural}/%/cold-%`])
}

async function addCount(bench: Bench, kind: Kind, answered: number, before: Counters): Promise<void> {
  const after = await settledCounters(bench, kind)
  const misses = (after.misses - before.misses) / answered
  const queries = (after.transactions - before.transactions) / answered
  // Beside the requests' own there are heartbeats, counts and the job queue: some a second.
  const isOne = misses >= 0.999 && queries <= 1.02
  bench.report.add({
    goal: 'P3',
    name: `cold lists of ${kind.plural}: misses and SQL queries per request, ${answered.toLocaleString('en')} requests`,
    measured: `${misses.toFixed(3)} and ${queries.toFixed(3)}`,
    wanted: '≥ 0.999, and ≤ 1.02',
    verdict: isOne ? 'met' : 'missed',
  })
}

type Counters = { misses: number; transactions: number }

async function counters({ registry }: Bench, { misses }: Kind): Promise<Counters> {
  const { rows } = await registry.sql(
    "select xact_commit::float8 as transactions from pg_stat_database where datname = 'cadastre'",
  )
  return {
    misses: await registry.metric(misses),
    transactions: rows[0].transactions,
  }
}

/** PostgreSQL's processes hand in their counts when they have been idle for ten seconds. */
async function settledCounters(bench: Bench, kind: Kind): Promise<Counters> {
  await setTimeout(11_000)
  return counters(bench, kind)
}
