/** `npm run bench`: what the hot paths cost, as ratios to a limit; prints a table and fails when a gated goal is missed. */
import { parseArgs } from 'node:util'
import { catalogueImport } from './cases/catalogue-import.ts'
import { catalogueReads } from './cases/catalogue-reads.ts'
import { coldLists, coldProviderLists } from './cases/cold-lists.ts'
import { downloads, providerDownloads } from './cases/downloads.ts'
import { fileDownloads } from './cases/file-downloads.ts'
import { fileUploads } from './cases/file-uploads.ts'
import { hotLists, hotProviderLists } from './cases/hot-lists.ts'
import { init } from './cases/init.ts'
import { inspection } from './cases/inspection.ts'
import { start } from './cases/start.ts'
import { tokens } from './cases/tokens.ts'
import { startClient } from './client.ts'
import { makeReader } from './data.ts'
import { type Bench, control } from './measure.ts'
import { canMeasureCpu, stopAll } from './processes.ts'
import { startRegistry } from './registry.ts'
import { makeReport } from './report.ts'

type Cases = [ids: string[], run: (bench: Bench) => Promise<void>][]

/** What stands behind `npm run bench --`: nothing, or one of these. */
const commands: Record<string, Cases> = {
  '': [
    [['P1', 'P2'], hotLists],
    [['P3'], coldLists],
    [['P4'], downloads],
    [['P6'], tokens],
    [['P12'], init],
    [['P13'], start],
    [['inspection'], inspection],
  ],
  providers: [
    [['P1', 'P2'], hotProviderLists],
    [['P3'], coldProviderLists],
    [['P4'], providerDownloads],
  ],
  files: [
    [['P10'], fileDownloads],
    [['P11'], fileUploads],
  ],
  catalogue: [
    [['P7', 'P8'], catalogueReads],
    [['P9'], catalogueImport],
  ],
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pairs: { type: 'string', default: '5' },
    ms: { type: 'string', default: '2000' },
    only: { type: 'string', default: '' },
    scale: { type: 'string', default: '1' },
    deep: { type: 'boolean', default: false },
  },
})

const cases = commands[positionals[0] ?? '']
if (!cases) throw new Error(`There is no bench ${positionals[0]}: ${Object.keys(commands).filter(Boolean).join(', ')}.`)

process.once('SIGINT', () => stopAll().then(() => process.exit(130)))
process.exitCode = await run(cases).finally(stopAll)

async function run(cases: Cases): Promise<number> {
  const report = makeReport()
  report.head()
  if (!canMeasureCpu()) {
    process.stdout.write('This system has no /proc with CPU times: nothing is measured and nothing is gated.\n')
    return 0
  }
  const wanted = values.only === '' ? [] : values.only.split(',')
  const registry = await startRegistry()
  const clients = [startClient(), startClient()] as Bench['clients']
  const { deep } = values
  const options = { pairs: Number(values.pairs), ms: Number(values.ms), scale: Number(values.scale), deep }
  const bench: Bench = { options, clients, registry, report }
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
