/**
 * What the search costs over a whole public registry: memory, time of a query beside `select 1`, and how long the loop
 * stands still meanwhile. `node --import tsx bench/search.ts [SCALE]`, after a build.
 */
import { setTimeout } from 'node:timers/promises'
import { percentile } from './measure.ts'
import { cpuOfProcess, cpuOfTree, rssMb, spent, stopAll } from './processes.ts'
import { type Registry, startRegistry } from './registry.ts'

const scale = Number(process.argv[2] ?? 1)
const clients = 10
const askedEach = 300
const idleMs = 6_000

const searches = {
  'one name': ['vpc', 'eks', 's3-bucket', 'storage', 'cluster'],
  'a beginning': ['sto', 'clus', 'kub', 'vau', 'sec'],
  'two words': ['vpc aws', 'storage account', 'cluster network', 'security group', 'vault key'],
  'one typo': ['vcp', 'stroage', 'clustr', 'netwrk', 'vualt'],
}

async function main() {
  const registry = await startRegistry()
  const before = await idleMegabytes(registry)
  await fill(registry)
  await registry.end()
  const again = await startRegistry({ dataDir: registry.dataDir })
  const after = await idleMegabytes(again)
  const [entries, bytes] = [await again.metric('cadastre_search_entries'), await again.metric('cadastre_search_bytes')]
  say(
    `${entries} entries: ${(bytes / 1e6).toFixed(1)} MB of index; idle RSS ${after.toFixed(0)} MB, without any ${before.toFixed(0)} MB`,
  )
  const limit = await ask(again, ['/health'])
  say(row('/health (select 1)', limit, limit))
  for (const [name, queries] of Object.entries(searches))
    say(
      row(
        name,
        await ask(
          again,
          queries.map((q) => `/api/v1/search?q=${encodeURIComponent(q)}`),
        ),
        limit,
      ),
    )
  await again.remove()
}

async function idleMegabytes(registry: Registry): Promise<number> {
  await setTimeout(idleMs)
  return rssMb(registry.pid)
}

/** Ten clients at once. @returns milliseconds of an answer, and of CPU for it: in all, and of the server without its PostgreSQL */
async function ask(registry: Registry, paths: string[]) {
  const times: number[] = []
  const client = async () => {
    for (let count = 0; count < askedEach; count += 1) {
      const startedAt = performance.now()
      const { status } = await registry.request('GET', paths[count % paths.length]!)
      if (status !== 200) throw new Error(`${paths[count % paths.length]}: ${status}`)
      times.push(performance.now() - startedAt)
    }
  }
  await client()
  times.length = 0
  const [tree, server] = [cpuOfTree(registry.pid), cpuOfProcess(registry.pid)]
  await Promise.all(Array.from({ length: clients }, client))
  const cpuMs = (before: Map<string, number>, after: Map<string, number>) => spent(before, after) / 1e6 / times.length
  return {
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    cpuMs: cpuMs(tree, cpuOfTree(registry.pid)),
    serverMs: cpuMs(server, cpuOfProcess(registry.pid)),
  }
}

type Times = Awaited<ReturnType<typeof ask>>
const row = (name: string, { p50, p99, cpuMs, serverMs }: Times, limit: Times) => {
  const beside = (value: number, of: number) => `${value.toFixed(2)} ms (${(value / of).toFixed(2)}×)`
  return `${name.padEnd(20)} p50 ${beside(p50, limit.p50)}  p99 ${beside(p99, limit.p99)}  CPU ${beside(cpuMs, limit.cpuMs)}, of the server ${serverMs.toFixed(2)} ms`
}

/** 4,000 providers and 24,000 modules with descriptions and a few versions, their names as unequal as real ones. */
async function fill(registry: Registry): Promise<void> {
  await registry.sql(
    `insert into catalogue_sources (hostname, kind, address) values ('registry.example.com', 'opentofu-folder', 'made up')`,
  )
  for (const [kind, count] of [
    ['module', 24_000],
    ['provider', 4_000],
  ] as const)
    for (let from = 0; from < count * scale; from += 2_000) {
      const items = Array.from({ length: Math.min(2_000, count * scale - from) }, () => anyItem(kind))
      await registry.sql(
        `with item as (select * from jsonb_to_recordset($1) as x (namespace text, name text, system text, description text, popularity bigint)),
         made as (
           insert into ${kind}s (hostname, origin, namespace, ${kind === 'module' ? 'name, system' : 'type'}, description, popularity, downloads)
           select 'registry.example.com', 'catalogued', namespace, name ${kind === 'module' ? ', system' : ''}, description, popularity, 10 * popularity
           from item on conflict do nothing returning id
         )
         insert into ${kind}_versions (${kind}_id, origin, version, core, precedence, tag)
         select id, 'catalogued', '1.0.' || patch, '1.0.' || patch, 'b1b0b' || patch || '~', 'v1.0.' || patch from made, generate_series(0, 7) as patch`,
        [JSON.stringify(items)],
      )
    }
  await registry.sql('vacuum analyze')
}

function anyItem(kind: 'module' | 'provider') {
  const words = (count: number) => Array.from({ length: count }, anyWord)
  return {
    namespace: random() < 0.2 ? 'terraform-aws-modules' : words(2).join('-'),
    name:
      random() < 0.15
        ? commonNames[Math.floor(random() * commonNames.length)]
        : words(random() < 0.5 ? 1 : 2).join('-') + (random() < 0.5 ? Math.floor(random() * 99) : ''),
    system: kind === 'module' ? systems[Math.floor(random() * systems.length)] : undefined,
    description: words(10).join(' '),
    popularity: Math.floor(Math.exp(8 * random() ** 3)),
  }
}

const commonNames = [
  'vpc',
  'eks',
  's3-bucket',
  'storage-account',
  'security-group',
  'cluster',
  'network',
  'vault',
  'aks',
  'rds',
]
const systems = ['aws', 'aws', 'aws', 'aws', 'azurerm', 'google', 'kubernetes', 'azure']
const syllables =
  'ka do ri net sto rage clu ster log in vault data base que ue fire wall dns iam key kub er sec ret'.split(' ')
let seed = 7
function random(): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return seed / 2 ** 32
}
function anyWord(): string {
  // A few words are in everything, most in almost nothing.
  let rest = Math.floor(random() ** 4 * 12_000)
  let word = syllables[rest % syllables.length]!
  while (rest >= syllables.length) {
    rest = Math.floor(rest / syllables.length)
    word += syllables[rest % syllables.length]
  }
  return word
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

await main().finally(stopAll)
