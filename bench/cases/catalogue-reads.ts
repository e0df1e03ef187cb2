/**
 * P7: a registry with a whole public one in its catalogue, and as many modules of its own, is to answer as quickly as one
 * with a tenth of that; turn by turn, by the clock of the client. P8 on the same registry, and P13 on its data.
 */
import { startCatalogued } from '../catalogue.ts'
import {
  deepPage,
  moduleLists,
  moduleLocations,
  packages,
  providerLists,
  searches,
  searchPath,
  times,
} from '../catalogue-asking.ts'
import { addRow, type Bench, ratioOf, turnByTurn } from '../measure.ts'
import type { Registry } from '../registry.ts'
import { searchingInside } from './catalogue-parts.ts'
import { idling, searching } from './catalogue-search.ts'

/** Paths of the same kind in a registry; `perLeg`: none of them is asked for twice. */
type Paths = { all: string[]; perLeg?: number }

const smaller = 0.1
const [sameRoute, sameSearch] = [1.2, 2]
const hotLists = 50

export async function catalogueReads(bench: Bench): Promise<void> {
  const small = await startCatalogued(bench, Number((bench.options.scale * smaller).toPrecision(6)))
  const large = await startCatalogued(bench, bench.options.scale)
  try {
    await controlTurns(bench, large)
    await growth(bench, small, large)
    await searching(bench, large)
    await large.end()
    await idling(bench, large)
    await searchingInside(bench, large)
  } finally {
    await small.remove()
    await large.remove()
  }
}

/** The same question to the same registry. */
async function controlTurns(bench: Bench, registry: Registry): Promise<void> {
  const ask = async () => (await times(bench, { registry, paths: ['/health'] })).p50
  const ratio = ratioOf(await turnByTurn(bench.options.pairs, ask, ask))
  bench.report.busy.time = ratio.median < 0.87 || ratio.median > 1.15
  bench.report.add({
    goal: 'control',
    name: 'the same answer of one registry, turn by turn',
    ratio,
    wanted: '0.87–1.15',
    verdict: bench.report.busy.time ? 'inconclusive' : 'met',
  })
}

async function growth(bench: Bench, small: Registry, large: Registry): Promise<void> {
  const compare = (name: string, pathsIn: (registry: Registry) => Promise<Paths>, atMost = sameRoute) =>
    compareRoute(bench, name, [small, large], pathsIn, atMost)
  const legs = 3 * (bench.options.pairs + 1)
  const once = (all: string[]): Paths => ({ all, perLeg: Math.floor(all.length / legs) })

  await compare('hot list of a module, 7 versions', async (registry) => ({
    all: (await moduleLists(registry, 7)).slice(0, hotLists),
  }))
  await compare('hot list of a provider, 10 versions', async (registry) => ({
    all: (await providerLists(registry, 10)).slice(0, hotLists),
  }))
  await compare('list of a module, 1 to 3 versions, not in memory', async (registry) => {
    const lists = await moduleLists(registry, 2)
    return once(lists.slice(0, lists.length / 2))
  })
  await compare('location of a module, not in memory', async (registry) => once(await moduleLocations(registry)))
  await compare('download metadata of a provider, not in memory', async (registry) => once(await packages(registry)))
  await compare('own modules, first page', async () => ({ all: ['/api/v1/modules'] }))
  await compare('own modules, page at nine tenths', async (registry) => ({
    all: [await deepPage(registry, '/api/v1/modules?limit=50')],
  }))
  await compare(
    'everything by downloads, first page',
    async () => ({ all: ['/api/v1/search?sort=downloads'] }),
    sameSearch,
  )
  await compare(
    'everything by downloads, page at nine tenths',
    async (registry) => ({ all: [await deepPage(registry, '/api/v1/search?sort=downloads&limit=50')] }),
    sameSearch,
  )
  for (const [kind, queries] of Object.entries(searches))
    await compare(`search, ${kind}`, async () => ({ all: queries.map(searchPath) }), sameSearch)
}

async function compareRoute(
  bench: Bench,
  name: string,
  registries: [small: Registry, large: Registry],
  pathsIn: (registry: Registry) => Promise<Paths>,
  atMost: number,
): Promise<void> {
  const sides = await Promise.all(registries.map(async (registry) => ({ registry, ...(await pathsIn(registry)) })))
  const requests = sides[0]!.perLeg
  const asking = sides.map(({ registry, all }) => {
    let from = 0
    return async () => {
      const { p50 } = await times(bench, { registry, paths: all, from, requests })
      from += requests ?? 0
      return p50
    }
  }) as [() => Promise<number>, () => Promise<number>]
  await addRow(bench, { goal: 'P7', name: `${name}: p50, ten times the data`, atMost, unit: 'ms' }, (pairs) =>
    turnByTurn(pairs, ...asking),
  )
}
