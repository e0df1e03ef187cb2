/** Whether a catalogue that was made is like the real one: a table of both, and what is beyond a tenth of a percentile. */
import { percentile } from '../measure.ts'
import type { Catalogue } from './catalogue.ts'
import { textOf } from './platforms.ts'
import { full, measured } from './shape.ts'

/** `isChecked`: a percentile up to the 99th. Beside those the table is for the eye. */
type Line = { quantity: string; wanted: number; made: number; isChecked?: boolean }

const tolerance = 0.1
const checked = [0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99]

/** @returns the table, and the quantities that are not as they should be */
export function selfCheck(catalogue: Catalogue, scale: number) {
  const lines = [...ofProviders(catalogue, scale), ...ofPlatforms(catalogue), ...ofModules(catalogue, scale)]
  const table = [
    `| quantity | real${scale === 1 ? '' : `, at ${scale}`} | made |`,
    '|---|---|---|',
    ...lines.map(({ quantity, wanted, made }) => `| ${quantity} | ${shown(wanted)} | ${shown(made)} |`),
  ]
  const wrong = lines.filter(
    ({ isChecked, wanted, made }) => isChecked && Math.abs(made - wanted) > Math.max(tolerance * wanted, 1e-9),
  )
  return {
    table,
    wrong: wrong.map(({ quantity, wanted, made }) => `${quantity}: ${shown(made)}, not ${shown(wanted)}`),
  }
}

function* ofProviders({ providers, signing }: Catalogue, scale: number): Generator<Line> {
  const share = (full.providers * scale) / measured.providers
  const sizes = providers.map(({ versions }) => versions.length)
  const versions = providers.flatMap((provider) => provider.versions)
  const named = versions.map(({ version }) => version)
  yield* ofItems('providers', sizes, { share, all: 46_911, top: [17.9, 60.4], one: 26.9, hundred: 75 })
  yield* ofPercentiles('versions per provider', sizes, [3, 10, 28, 53, 135], [0.5, 0.75, 0.9, 0.95, 0.99])
  yield line('most versions of a provider', 402, Math.max(...sizes))
  yield* ofNamespaces('providers', countsOf(providers.map(({ namespace }) => namespace)), share, 2_871, 74, [1, 2, 5])
  yield* ofNames('providers', countsOf(providers.map(({ type }) => type)), share, 2_097, [55, 32, 30])
  yield line('prereleases of providers, %', 6.1, percent(named.filter(isPrerelease), named))
  yield line('+build of providers', 140 * share, named.filter((version) => version.includes('+')).length)
  yield line(
    'protocol 5.0, % of versions',
    84.5,
    percent(
      versions.filter(({ protocols }) => protocols[0] === '5.0'),
      versions,
    ),
  )
  yield line('namespaces with a key, %', 3, percent(signing, [...new Set(providers.map(({ namespace }) => namespace))]))
  const lists = providers.map(({ versions }) => listBytes(versions))
  yield* ofPercentiles(
    'KB of list per provider',
    lists.map((bytes) => bytes / 1000),
    [1.5, 12, 59],
    [0.5, 0.9, 0.99],
  )
  yield line('KB of the longest list', 168, Math.max(...lists) / 1000)
}

function* ofPlatforms({ providers }: Catalogue): Generator<Line> {
  const sets = providers.flatMap(({ versions }) => versions.map(({ platforms }) => platforms))
  const sizes = sets.map((set) => set.length)
  const perProvider = providers.map(({ versions }) =>
    versions.reduce((sum, { platforms }) => sum + platforms.length, 0),
  )
  const commonest = [...countsOf(sets.map(textOf)).values()]
  yield line('platforms', 546_526 * (providers.length / measured.providers), sum(sizes))
  yield* ofPercentiles('platforms per version', sizes, [5, 10, 13, 14, 14, 17], [0.05, 0.25, 0.5, 0.75, 0.95, 0.99])
  yield line('most platforms of a version', 19, Math.max(...sizes))
  yield line('platforms per version, mean', 11.65, sum(sizes) / sizes.length)
  yield* ofPercentiles('platforms per provider', perProvider, [40, 343, 1_690], [0.5, 0.9, 0.99])
  yield line('most platforms of a provider', 4_853, Math.max(...perProvider))
  yield line('different sets of platforms', 339, commonest.length)
  yield line('versions with the commonest set, %', 43, (100 * Math.max(...commonest)) / sets.length)
  const changing = providers.filter(({ versions }) => new Set(versions.map(({ platforms }) => platforms)).size > 1)
  yield line('providers that change their set, %', 25, percent(changing, providers))
  for (const [platform, share] of Object.entries(platformShares)) {
    const [os, arch] = platform.split('_')
    const those = sets.filter((set) => set.some((one) => one.os === os && one.arch === arch))
    yield line(`versions for ${platform}, %`, share, percent(those, sets))
  }
}

const platformShares = {
  linux_amd64: 99.8,
  darwin_amd64: 98.8,
  windows_amd64: 96.8,
  linux_arm64: 91,
  windows_386: 90.8,
  linux_386: 90.6,
  linux_arm: 86.4,
  darwin_arm64: 76.9,
  freebsd_amd64: 76.2,
  windows_arm: 71.3,
  windows_arm64: 55.1,
}

function* ofModules({ modules }: Catalogue, scale: number): Generator<Line> {
  const share = (full.modules * scale) / measured.modules
  const sizes = modules.map(({ tags }) => tags.length)
  const tags = modules.flatMap((module) => module.tags)
  yield* ofItems('modules', sizes, { share, all: 194_998, top: [18.9, 56.7], one: 30.6, hundred: 158 })
  yield* ofPercentiles('versions per module', sizes, [3, 7, 19, 31, 82], [0.5, 0.75, 0.9, 0.95, 0.99])
  yield line('most versions of a module', 2_504, Math.max(...sizes))
  yield* ofNamespaces('modules', countsOf(modules.map(({ namespace }) => namespace)), share, 7_980, 427, [1, 5, 32])
  yield* ofNames('modules', countsOf(modules.map(({ name }) => name)), share, 11_727, [555, 409, 160])
  yield line('different systems', 1_034, countsOf(modules.map(({ system }) => system)).size)
  yield line(
    'modules for aws, %',
    45.8,
    percent(
      modules.filter(({ system }) => system === 'aws'),
      modules,
    ),
  )
  yield line(
    'tags with v, %',
    68.1,
    percent(
      tags.filter((tag) => tag.startsWith('v')),
      tags,
    ),
  )
  yield line('prereleases of modules, %', 4.1, percent(tags.filter(isPrerelease), tags))
  yield line('tags X.Y', 4_530 * share, tags.filter((tag) => /^v?\d+\.\d+$/.test(tag)).length)
  yield line('tags X', 733 * share, tags.filter((tag) => /^v?\d+$/.test(tag)).length)
  const mixed = modules.filter(({ tags }) => new Set(tags.map((tag) => tag.startsWith('v'))).size > 1)
  yield line('modules that mix tags', 1_296 * share, mixed.length)
  const twice = modules.filter(({ tags }) => new Set(tags.map((tag) => tag.replace(/^v/, ''))).size < tags.length)
  yield line('modules with a version twice', 318 * share, twice.length)
}

type Items = { share: number; all: number; top: [one: number, ten: number]; one: number; hundred: number }

function* ofItems(items: string, sizes: number[], { share, all, top, one, hundred }: Items): Generator<Line> {
  const [sorted, total] = [[...sizes].sort((a, b) => b - a), sum(sizes)]
  const held = (part: number) => (100 * sum(sorted.slice(0, Math.round(sizes.length * part)))) / total
  yield line(`versions of ${items}`, all * share, total)
  yield line(
    `${items} with one version, %`,
    one,
    percent(
      sizes.filter((size) => size === 1),
      sizes,
    ),
  )
  yield line(`${items} with 100 versions and more`, hundred * share, sizes.filter((size) => size >= 100).length)
  yield line(`held by the top 1 % of ${items}, %`, top[0], held(0.01))
  yield line(`held by the top 10 % of ${items}, %`, top[1], held(0.1))
}

function* ofNamespaces(
  items: string,
  counts: Map<string, number>,
  share: number,
  namespaces: number,
  most: number,
  percentiles: number[],
): Generator<Line> {
  const sizes = [...counts.values()]
  yield line(`namespaces with ${items}`, namespaces * share, sizes.length)
  yield* ofPercentiles(`${items} per namespace`, sizes, percentiles, [0.5, 0.9, 0.99])
  yield line(`most ${items} of a namespace`, most, Math.max(...sizes))
}

function* ofNames(
  items: string,
  counts: Map<string, number>,
  share: number,
  names: number,
  first: number[],
): Generator<Line> {
  const repeats = [...counts.values()].sort((a, b) => b - a)
  yield line(`different names of ${items}`, names * share, repeats.length)
  for (const [rank, times] of first.entries())
    yield line(`${items} with name number ${rank + 1}`, times * Math.min(1, share), repeats[rank]!)
}

function* ofPercentiles(quantity: string, values: number[], wanted: number[], shares: number[]): Generator<Line> {
  for (const [index, share] of shares.entries())
    yield {
      ...line(`${quantity}, p${share * 100}`, wanted[index]!, percentile(values, share)),
      isChecked: checked.includes(share),
    }
}

const line = (quantity: string, wanted: number, made: number): Line => ({ quantity, wanted, made })
const isPrerelease = (version: string) => /^v?[\d.]+-/.test(version)
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
const percent = (some: unknown[], all: unknown[]) => (100 * some.length) / all.length
const shown = (value: number) => value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 })

function countsOf(texts: string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}

/** Of the list as the protocol serves it. */
const listBytes = (versions: Catalogue['providers'][number]['versions']) =>
  JSON.stringify({ versions: versions.map(({ version, protocols, platforms }) => ({ version, protocols, platforms })) })
    .length
