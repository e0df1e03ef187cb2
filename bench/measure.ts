/** How it measures, as docs/performance.md tells it: pairs of limit and case, the ratio pair by pair, the median of them. */
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Client, Leg, Outcome } from './client.ts'
import { cores, cpuOfTree, firstLine, spent, startOn, stop } from './processes.ts'
import type { Registry } from './registry.ts'

/** `scale` and `deep`: of the catalogue. */
export type Options = { pairs: number; ms: number; scale: number; deep: boolean }

export type Bench = {
  options: Options
  clients: [Client, Client]
  registry: Registry
  report: Report
}

/** One pair: what the limit and the case cost, in the unit of the row. */
export type Round = { limit: number; measured: number; ratio: number }
export type Ratio = { median: number; min: number; max: number }
/** `over`: beyond a goal that is not gated. */
export type Verdict = 'met' | 'missed' | 'over' | 'inconclusive' | 'not gated' | 'skipped'

export type Row = {
  goal: string
  name: string
  /** what the limit and the case moved or are */
  bytes?: string
  limit?: string
  measured?: string
  ratio?: Ratio
  wanted: string
  verdict: Verdict
  rounds?: Round[]
}

export type Report = {
  /** whether the machine is too busy for verdicts, as the control pair said */
  busy: { cpu: boolean; time: boolean }
  rows: Row[]
  add(row: Row): void
  /** A line on the way to the next row: it goes to those who wait, and is no part of the table. */
  note(line: string): void
}

/** One side of a pair: the process whose tree is measured, and what its client does. */
export type Side = { pid: number; leg: Leg; status: string }

/** Both legs of a pair at the same time, in nanoseconds of CPU per request; the first pair warms up and does not count. */
export async function sideBySide({ clients, options }: Bench, limit: Side, measured: Side, pairs = options.pairs) {
  const rounds: Round[] = []
  const answered = { limit: 0, measured: 0 }
  for (let pair = 0; pair <= pairs; pair += 1) {
    const before = [cpuOfTree(limit.pid), cpuOfTree(measured.pid)] as const
    const outcomes = await Promise.all([
      clients[0].run({ ...limit.leg, ms: options.ms }),
      clients[1].run({ ...measured.leg, ms: options.ms }),
    ])
    const after = [cpuOfTree(limit.pid), cpuOfTree(measured.pid)] as const
    expectOnly(limit.status, outcomes[0])
    expectOnly(measured.status, outcomes[1])
    measured.leg.from = outcomes[1].next
    answered.limit += outcomes[0].answered
    answered.measured += outcomes[1].answered
    const [a, b] = outcomes.map((outcome, side) => spent(before[side]!, after[side]!) / outcome.answered) as [
      number,
      number,
    ]
    if (pair > 0) rounds.push({ limit: a, measured: b, ratio: b / a })
  }
  return { rounds, answered }
}

/** Turn by turn, for wall time: limit, case, limit, case … */
export async function turnByTurn(pairs: number, limit: () => Promise<number>, measured: () => Promise<number>) {
  const rounds: Round[] = []
  for (let pair = 0; pair <= pairs; pair += 1) {
    const [a, b] = [await limit(), await measured()]
    if (pair > 0) rounds.push({ limit: a, measured: b, ratio: b / a })
  }
  return rounds
}

export type Gated = Pick<Row, 'goal' | 'name' | 'bytes'> & {
  /** the ratio that the median may reach; absent: the row is reported */
  atMost?: number
  unit: 'µs' | 'ms'
}

/** Measures, once more with twice the pairs when the goal was missed, and adds the row with its verdict. */
export async function addRow(
  bench: Bench,
  gated: Gated,
  measure: (pairs: number) => Promise<Round[]>,
  pairs = bench.options.pairs,
) {
  let rounds = await measure(pairs)
  if (gated.atMost !== undefined && ratioOf(rounds).median > gated.atMost) rounds = await measure(2 * pairs)
  const ratio = ratioOf(rounds)
  const busy = gated.unit === 'µs' ? bench.report.busy.cpu : bench.report.busy.time
  bench.report.add({
    goal: gated.goal,
    name: gated.name,
    bytes: gated.bytes,
    limit: shown(median(rounds.map((round) => round.limit)), gated.unit),
    measured: shown(median(rounds.map((round) => round.measured)), gated.unit),
    ratio,
    wanted: gated.atMost === undefined ? 'reported' : `≤ ${gated.atMost.toFixed(2)}×`,
    verdict: verdictOf(gated.atMost, ratio, busy),
    rounds,
  })
}

/** A row of what a gigabyte costs; goals of these are seconds per GB and reported, not gated. */
export function addPerGb(
  { report }: Bench,
  row: Pick<Row, 'goal' | 'name' | 'bytes'>,
  rounds: Round[],
  atMost: number,
) {
  const measured = median(rounds.map((round) => round.measured))
  report.add({
    ...row,
    limit: perGb(median(rounds.map((round) => round.limit))),
    measured: perGb(measured),
    ratio: ratioOf(rounds),
    wanted: `≤ ${atMost} s/GB, not gated`,
    verdict: measured <= atMost ? 'met' : 'over',
    rounds,
  })
}

/** Two equal servers: how far from 1 is the machine itself. A busy one gets a second, doubled run. */
export async function control(bench: Bench): Promise<void> {
  const servers = [await startLimit(200, controlBytes), await startLimit(200, controlBytes)] as const
  const [a, b] = servers.map(({ pid, port }) => side(pid, '200', { port, path: '/' })) as [Side, Side]
  const { options, report } = bench
  let { rounds } = await sideBySide(bench, a, b)
  if (!isQuiet(ratioOf(rounds))) rounds = (await sideBySide(bench, a, b, 2 * options.pairs)).rounds
  const ratio = ratioOf(rounds)
  report.busy.cpu = !isQuiet(ratio)
  report.add({
    goal: 'control',
    name: 'two raw servers, side by side',
    bytes: size(controlBytes),
    limit: shown(median(rounds.map((round) => round.limit)), 'µs'),
    measured: shown(median(rounds.map((round) => round.measured)), 'µs'),
    ratio,
    wanted: '0.95–1.05',
    verdict: report.busy.cpu ? 'inconclusive' : 'met',
    rounds,
  })
  for (const server of servers) await server.stop()
}

const controlBytes = 20_000
const isQuiet = ({ median }: Ratio) => median >= 0.95 && median <= 1.05

export const side = (pid: number, status: string, leg: Omit<Leg, 'connections' | 'ms'>): Side => ({
  pid,
  status,
  leg: { ...leg, connections: 16, ms: 0 },
})

export type Limit = { pid: number; port: number; child: ChildProcess; stop(): Promise<unknown> }

/** The limit: raw node:http that writes a prebuilt buffer of so many bytes. */
export async function startLimit(status: number, bytes: number, link = ''): Promise<Limit> {
  const child = startOn(cores.servers, [rawServer, String(status), String(bytes), link], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const port = Number(await firstLine(child))
  return { pid: child.pid!, port, child, stop: () => stop(child, 'SIGKILL') }
}

export const rawServer = fileURLToPath(new URL('raw-server.mjs', import.meta.url))

export function ratioOf(rounds: Round[]): Ratio {
  const ratios = rounds.map((round) => round.ratio)
  return { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) }
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export const percentile = (values: number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(values.length * share) - 1)]!

export function verdictOf(atMost: number | undefined, { median }: Ratio, busy: boolean): Verdict {
  if (atMost === undefined) return 'not gated'
  if (busy) return 'inconclusive'
  return median <= atMost ? 'met' : 'missed'
}

export const perGb = (nsPerByte: number) => `${nsPerByte.toFixed(2)} s/GB`

/** @param value nanoseconds when the unit is µs, milliseconds when it is ms */
export const shown = (value: number, unit: 'µs' | 'ms') =>
  unit === 'µs' ? `${(value / 1000).toFixed(1)} µs` : `${value.toFixed(1)} ms`

export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 1e6 ? `${(bytes / 1000).toFixed(1)} KB` : `${(bytes / 1e6).toFixed(0)} MB`
}

function expectOnly(status: string, { byStatus, cut }: Outcome): void {
  const others = Object.entries(byStatus).filter(([seen]) => seen !== status)
  if (others.length > 0 || cut > 0) {
    throw new Error(`expected ${status} only, got ${JSON.stringify(byStatus)} and ${cut} cut connections`)
  }
}
