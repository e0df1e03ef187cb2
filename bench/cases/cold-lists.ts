/**
 * P3: version lists that are not in memory. Of each size there are more modules than memory holds, asked in turn, so
 * every request is a miss; the registry's own counter and PostgreSQL's count of transactions say whether that is so.
 */
import { setTimeout } from 'node:timers/promises'
import { copyDocument, insertDocument, largestModule, listPath, versionNumbers, versionsForBytes } from '../data.ts'
import { addRow, type Bench, type Round, side, sideBySide, size, startLimit } from '../measure.ts'

const memoryBytes = 64 * 1024 * 1024
// What an entry takes beside the plain bytes and the gzip, less than it does in truth: rather a module too many.
const entryBytes = 500

const lists = [
  { name: 'cold-usual', says: 'list of 19 versions (p90)', versions: versionNumbers(19), atMost: 7 },
  { name: 'cold-long', says: 'list of 15 KB', versions: versionsForBytes(15_000), atMost: 7 },
  {
    name: 'cold-largest',
    says: 'list of 2,504 versions (the largest real module)',
    versions: versionNumbers(largestModule),
    atMost: 9,
  },
]

export async function coldLists(bench: Bench): Promise<void> {
  const { registry } = bench
  const before = await counters(bench)
  let answered = 0
  for (const { name, says, versions, atMost } of lists) {
    const document = await insertDocument(registry, name, versions)
    const modules = Math.ceil((1.1 * memoryBytes) / (document.plainBytes + document.gzipBytes + entryBytes))
    await copyDocument(registry, name, modules)
    // As the CLI asks: with gzip. The limit writes as many bytes as that.
    const limit = await startLimit(200, document.gzipBytes)
    const headers = { authorization: `Bearer ${registry.token}`, 'accept-encoding': 'gzip' }
    const limitSide = side(limit.pid, '200', { port: limit.port, path: '/', headers })
    const caseSide = side(registry.pid, '200', {
      port: registry.port,
      path: listPath(`${name}*`),
      paths: modules,
      headers,
    })
    await addRow(
      bench,
      {
        goal: 'P3',
        name: `cold, gzip of the ${says}, ${modules.toLocaleString('en')} modules`,
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
  await addCount(bench, answered, before)
  await registry.sql("delete from documents where key like 'modules/%/cold-%'")
}

async function addCount(bench: Bench, answered: number, before: Counters): Promise<void> {
  const after = await settledCounters(bench)
  const misses = (after.misses - before.misses) / answered
  const queries = (after.transactions - before.transactions) / answered
  // Beside the requests' own there are heartbeats, counts and the job queue: some a second.
  const isOne = misses >= 0.999 && queries <= 1.02
  bench.report.add({
    goal: 'P3',
    name: `cold lists: misses and SQL queries per request, ${answered.toLocaleString('en')} requests`,
    measured: `${misses.toFixed(3)} and ${queries.toFixed(3)}`,
    wanted: '≥ 0.999, and ≤ 1.02',
    verdict: isOne ? 'met' : 'missed',
  })
}

type Counters = { misses: number; transactions: number }

async function counters({ registry }: Bench): Promise<Counters> {
  const { rows } = await registry.sql(
    "select xact_commit::float8 as transactions from pg_stat_database where datname = 'cadastre'",
  )
  return {
    misses: await registry.metric('cadastre_cache_module_documents_misses_total'),
    transactions: rows[0].transactions,
  }
}

/** PostgreSQL's processes hand in their counts when they have been idle for ten seconds. */
async function settledCounters(bench: Bench): Promise<Counters> {
  await setTimeout(11_000)
  return counters(bench)
}
