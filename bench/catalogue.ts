/** Registries with a whole public one in their catalogue, imported by the command line of what is shipped. */
import { once } from 'node:events'
import { insertModules, makeReader } from './data.ts'
import { catalogueFolder, type Generated } from './generate-catalogue/folder.ts'
import type { MadeUp } from './generate-catalogue/made-up.ts'
import type { Bench } from './measure.ts'
import { cores, startOn } from './processes.ts'
import { bundle, type Registry, startRegistry } from './registry.ts'
import { type Sample, watched } from './watch.ts'

export const hostname = 'registry.example.com'

export const generated = ({ options, report }: Bench, scale = options.scale): Promise<Generated> =>
  catalogueFolder({ scale, deep: options.deep }, report.note)

/** How it looked from outside; the run itself is in `job_runs`. */
export type WatchedImport = {
  samples: Sample[]
  /** when it said that it had 10, 20 … % of the items behind it */
  saidAt: Map<number, number>
}

/** Runs `cadastre registry import`. */
export async function runImport(folder: string, env: Record<string, string>): Promise<WatchedImport> {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(TFR_|TOFU_|PG)/.test(name)))
  const args = ['registry', 'import', folder, '--hostname', hostname, '--json']
  const child = startOn(cores.both, ['-e', `require(${JSON.stringify(bundle)}).run(${JSON.stringify(args)})`], {
    env: { ...own, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  const saidAt = new Map<number, number>()
  child.stderr?.on('data', (text) => {
    said += text
    for (const [, percent] of String(text).matchAll(/ (\d+) %,/g)) saidAt.set(Number(percent), Date.now())
  })
  const { result, samples } = await watched(child.pid!, () => once(child, 'exit'))
  if (result[0] !== 0) throw new Error(`the import ended with ${result[0]}:\n${said}`)
  return { samples, saidAt }
}

/** With modules of its own beside the catalogue, as many as that has. */
export async function startCatalogued(bench: Bench, scale: number): Promise<Registry> {
  const { folder, madeUp, counts } = await generated(bench, scale)
  const first = await startRegistry()
  const token = await makeReader(first)
  await first.end()
  await runImport(folder, { TFR_DATA_DIR: first.dataDir })
  const filling = await startRegistry({ dataDir: first.dataDir })
  await addMadeUp(filling, await madeUp())
  await insertModules(filling, 'own', counts.modules, 3)
  await filling.sql('vacuum analyze')
  await filling.sql('checkpoint')
  await filling.end()
  // Only a start sees what was written past it.
  const registry = await startRegistry({ dataDir: first.dataDir })
  registry.token = token
  return registry
}

async function addMadeUp(registry: Registry, items: MadeUp[]): Promise<void> {
  for (const [kind, name, system] of [
    ['module', 'name', 'item.system'],
    ['provider', 'type', `''`],
  ] as const)
    await registry.sql(
      `with said as (
         select * from jsonb_to_recordset($1) as x (namespace text, name text, system text, description text,
           popularity bigint, downloads bigint, "updatedAt" timestamptz)
       ), described as (
         update ${kind}s item set description = said.description, popularity = said.popularity, downloads = said.downloads
         from said where item.hostname = $2 and item.namespace = said.namespace and item.${name} = said.name
           and ${system} = said.system
         returning item.id, said."updatedAt"
       )
       update ${kind}_versions version set published_at = "updatedAt" + (version.position - most) * interval '3 days'
       from described, lateral (select max(position) as most from ${kind}_versions v where v.${kind}_id = described.id)
       where version.${kind}_id = described.id`,
      [JSON.stringify(items.filter((item) => item.kind === kind)), hostname],
    )
}
