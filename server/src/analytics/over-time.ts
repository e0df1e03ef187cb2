/** Downloads over time as the API tells them: every period has its number, and what is past the limit is one sum. */
import type { Downloads, DownloadsQuery, DownloadsSeries } from '@cadastre/contract/downloads'
import type { App } from '../foundation/app.ts'
import { atMost } from '../foundation/at-most.ts'
import { Refusal } from '../foundation/refusal.ts'
import { type Range, rangeOf } from './periods.ts'
import { type Counted, listPublished, type Sum, sumDownloads } from './queries.ts'

const downloadsBusy = () =>
  new Refusal(
    'unavailable',
    'downloads-busy',
    'Too many ask for long times of the downloads of each version at this moment.',
    'Try again in a moment, or ask for fewer periods: by week, or less time.',
    { 'retry-after': '5' },
  )

/** A thousand versions have hundreds of thousands of days in a year: those who ask for them keep one connection busy, not all. */
const inTurn = atMost(1, 32, downloadsBusy)
const dearPeriods = 100
const isDear = ({ periods }: Range, { split }: DownloadsQuery) =>
  periods.length > dearPeriods && (split === 'version' || split === 'major')

/**
 * @param counted published here: of what other registries publish nothing is counted
 * @throws Refusal for a range of time that cannot be told, or when too many ask for much
 */
export async function downloadsOverTime(
  app: App,
  address: string,
  counted: Counted,
  query: DownloadsQuery,
): Promise<Downloads> {
  const range = rangeOf(query, app.clock())
  const sum = () => sumDownloads(app.db, counted, range, query)
  const [sums, published] = await Promise.all([
    isDear(range, query) ? inTurn(sum) : sum(),
    listPublished(app.db, counted, range),
  ])
  const all = seriesOf(sums, range.periods)
  const told = query.split === 'none' ? [] : all
  const past = told.find(({ rank }) => rank === 0)
  return {
    address,
    split: query.split,
    ...range,
    ...together(all, range.periods),
    series: told
      .filter((each) => each !== past)
      .sort((a, b) => a.rank - b.rank)
      .map(({ name, total, downloads }) => ({ name, total, downloads })),
    others: past ? { total: past.total, downloads: past.downloads, count: past.count } : null,
    published,
  }
}

type Ranked = DownloadsSeries & Pick<Sum, 'rank' | 'count'>

function seriesOf(sums: Sum[], periods: string[]): Ranked[] {
  const places = new Map(periods.map((period, index) => [period, index]))
  const found = new Map<number, Ranked>()
  for (const { period, rank, name, count, downloads } of sums) {
    const series = found.get(rank) ?? { rank, name, count, total: 0, downloads: periods.map(() => 0) }
    series.downloads[places.get(period)!] = downloads
    series.total += downloads
    found.set(rank, series)
  }
  return [...found.values()]
}

const together = (series: DownloadsSeries[], periods: string[]) => ({
  total: series.reduce((sum, { total }) => sum + total, 0),
  downloads: periods.map((_, index) => series.reduce((sum, { downloads }) => sum + downloads[index]!, 0)),
})
