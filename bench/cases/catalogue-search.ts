/**
 * P8: the search over a whole public registry, asked by ten clients at once, against an answer that asks PostgreSQL for
 * `select 1`. P13: what a server keeps in memory that knows so much and has nothing to do.
 */
import { setTimeout } from 'node:timers/promises'
import { searches, searchPath, type Times, times } from '../catalogue-asking.ts'
import { type Bench, median, type Round, ratioOf, shown, size } from '../measure.ts'
import { rssMb } from '../processes.ts'
import { type Registry, startRegistry } from '../registry.ts'

const goalMs = { p50: 2, p99: 15 }
const clients = 10
/** Of the time of a leg elsewhere. */
const share = 0.5

export async function searching(bench: Bench, registry: Registry): Promise<void> {
  const { options, report } = bench
  for (const [kind, queries] of Object.entries(searches)) {
    const rounds: { limit: Times; measured: Times }[] = []
    for (let pair = 0; pair <= options.pairs; pair += 1) {
      const limit = await times(bench, { registry, paths: ['/health'], connections: clients, share })
      const measured = await times(bench, { registry, paths: queries.map(searchPath), connections: clients, share })
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
    report.add({
      goal: 'P8',
      name: `search, ${kind}, ${clients} clients: p50 and p99, against /health, which asks \`select 1\``,
      limit: said(of('limit')),
      measured: said(measured),
      ratio: ratioOf(ratios),
      wanted: `≤ ${goalMs.p50} and ${goalMs.p99} ms, not gated`,
      verdict: measured.p50 <= goalMs.p50 && measured.p99 <= goalMs.p99 ? 'met' : 'over',
      rounds: ratios,
    })
  }
}

/** The index is read, and what reading it left behind is collected. */
const idleAfterMs = 20_000
const goalMb = 110

/** Of a server that has just started on the data of one that ended. */
export async function idling({ report }: Bench, { dataDir }: Registry): Promise<void> {
  const registry = await startRegistry({ dataDir })
  await setTimeout(idleAfterMs)
  const megabytes = rssMb(registry.pid)
  const [entries, bytes] = [
    await registry.metric('cadastre_search_entries'),
    await registry.metric('cadastre_search_bytes'),
  ]
  report.add({
    goal: 'P13',
    name: `resident memory of the idle server, ${entries.toLocaleString('en')} modules and providers in its search`,
    bytes: size(bytes),
    measured: `${megabytes.toFixed(0)} MB`,
    wanted: `≤ ${goalMb} MB`,
    verdict: megabytes <= goalMb ? 'met' : 'missed',
  })
  await registry.end()
}

const said = ({ p50, p99, cpu }: Times) => `${shown(p50, 'ms')} and ${shown(p99, 'ms')}, CPU ${shown(1e6 * cpu, 'µs')}`
