/** P13: from exec to the first answer, with the database, against a raw node:http; and what an idle registry keeps in memory. */
import type { ChildProcess } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { get } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { addRow, type Bench, median, ratioOf, rawServer, shown, turnByTurn } from '../measure.ts'
import { cores, freePort, residentMb, rssMb, startOn, stop, treeOf } from '../processes.ts'
import { serve, settingsFor, startRegistry, temporaryFolder } from '../registry.ts'
import { besides } from './tokens.ts'

/** Once it has done nothing for a while it gives memory back (idle-memory.ts). */
const idleAfterMs = 20_000
const reopenings = 5

export async function start(bench: Bench): Promise<void> {
  await addStarts(bench)
  await addIdle(bench)
}

async function addStarts(bench: Bench): Promise<void> {
  const folder = await temporaryFolder('cadastre-bench-start-')
  const database = await besides(bench.registry)
  const pairs = 2 * bench.options.pairs
  const raw = async () => {
    const port = await freePort()
    return untilAnswer(port, async () =>
      startOn(cores.servers, [rawServer, '200', '2', '', String(port)], { stdio: 'ignore' }),
    )
  }
  const registry = async () => {
    const [port, metricsPort] = [await freePort(), await freePort()]
    return untilAnswer(port, () =>
      serve(folder, cores.servers, { ...settingsFor(folder, port, metricsPort), ...database }),
    )
  }

  const control = ratioOf(await turnByTurn(pairs, raw, raw))
  bench.report.busy.time = control.median < 0.87 || control.median > 1.15
  bench.report.add({
    goal: 'control',
    name: 'start of a raw node:http, turn by turn',
    ratio: control,
    wanted: '0.87–1.15',
    verdict: bench.report.busy.time ? 'inconclusive' : 'met',
  })
  await addRow(
    bench,
    { goal: 'P13', name: 'exec to the first /health with database (PostgreSQL runs already)', atMost: 1.7, unit: 'ms' },
    (count) => turnByTurn(count, raw, registry),
    pairs,
  )
  await rm(folder, { recursive: true, force: true })
}

/** Milliseconds from exec to the first good answer; the server is stopped afterwards. */
async function untilAnswer(port: number, begin: () => Promise<ChildProcess>): Promise<number> {
  const startedAt = performance.now()
  const child = await begin()
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error('a server ended before it answered')
    await setTimeout(1)
  }
  const elapsedMs = performance.now() - startedAt
  await stop(child)
  await setTimeout(100)
  return elapsedMs
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    get({ host: '127.0.0.1', port, path: '/health', agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    }).on('error', () => resolve(false))
  })

/** On a data_dir of its own, as `npm start` leaves it. */
async function addIdle(bench: Bench): Promise<void> {
  const first = await startRegistry()
  await first.end()
  const reopened: number[] = []
  for (let count = 0; count < reopenings; count += 1) {
    const port = await freePort()
    const settings = settingsFor(first.dataDir, port, await freePort())
    reopened.push(await untilAnswer(port, () => serve(first.dataDir, cores.servers, settings)))
  }
  bench.report.add({
    goal: 'P13',
    name: 'exec to the first /health, embedded PostgreSQL reopened',
    measured: shown(median(reopened), 'ms'),
    wanted: '≤ 1,000 ms, not gated',
    verdict: median(reopened) <= 1_000 ? 'met' : 'over',
  })
  const registry = await startRegistry({ dataDir: first.dataDir })
  await setTimeout(idleAfterMs)
  addMegabytes(bench, 'resident memory of the idle server', rssMb(registry.pid), 110)
  const postgres = residentMb(treeOf(registry.pid).filter((pid) => pid !== registry.pid))
  addMegabytes(
    bench,
    'with its embedded PostgreSQL, whose shared memory counts once',
    rssMb(registry.pid) + postgres,
    220,
  )
  await registry.remove()
}

function addMegabytes({ report }: Bench, name: string, megabytes: number, atMost: number) {
  report.add({
    goal: 'P13',
    name,
    measured: `${megabytes.toFixed(0)} MB`,
    wanted: `≤ ${atMost} MB`,
    verdict: megabytes <= atMost ? 'met' : 'missed',
  })
}
