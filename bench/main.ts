/** `npm run bench`: what the hot paths cost, as ratios to a limit; prints a table and fails when a gated goal is missed. */
import { parseArgs } from 'node:util'
import { coldLists } from './cases/cold-lists.ts'
import { downloads } from './cases/downloads.ts'
import { hotLists } from './cases/hot-lists.ts'
import { init } from './cases/init.ts'
import { start } from './cases/start.ts'
import { tokens } from './cases/tokens.ts'
import { startClient } from './client.ts'
import { makeReader } from './data.ts'
import { type Bench, control } from './measure.ts'
import { canMeasureCpu, stopAll } from './processes.ts'
import { startRegistry } from './registry.ts'
import { makeReport } from './report.ts'

const cases: [ids: string[], run: (bench: Bench) => Promise<void>][] = [
  [['P1', 'P2'], hotLists],
  [['P3'], coldLists],
  [['P4'], downloads],
  [['P6'], tokens],
  [['P12'], init],
  [['P13'], start],
]

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '5' },
    ms: { type: 'string', default: '2000' },
    only: { type: 'string', default: '' },
  },
})

process.once('SIGINT', () => stopAll().then(() => process.exit(130)))
process.exitCode = await run().finally(stopAll)

async function run(): Promise<number> {
  const report = makeReport()
  report.head()
  if (!canMeasureCpu()) {
    process.stdout.write('This system has no /proc with CPU times: nothing is measured and nothing is gated.\n')
    return 0
  }
  const wanted = values.only === '' ? [] : values.only.split(',')
  const registry = await startRegistry()
  const clients = [startClient(), startClient()] as Bench['clients']
  const bench: Bench = { options: { pairs: Number(values.pairs), ms: Number(values.ms) }, clients, registry, report }
  try {
    registry.token = await makeReader(registry)
    await control(bench)
    for (const [ids, measure] of cases) {
      if (wanted.length === 0 || ids.some((id) => wanted.includes(id))) await measure(bench)
    }
  } finally {
    for (const client of clients) client.stop()
    await bench.registry.remove()
  }
  report.write()
  return report.exitCode()
}
