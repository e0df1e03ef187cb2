/** Downloads over time as the API tells them: every period has its number, and what is past the limit is one sum. */
import type { Downloads, DownloadsQuery, DownloadsSeries } from '@cadastre/contract/downloads'
import type { App } from '../foundation/app.ts'
import { rangeOf } from './periods.ts'
import { type Counted, listPublished, type Sum, sumDownloads } from './queries.ts'

/**
 * @param counted published here: of what other registries publish nothing is counted
 * @throws Refusal for a range of time that cannot be told
 */
export async function downloadsOverTime(
  app: App,
  address: string,
  counted: Counted,
  query: DownloadsQuery,
): Promise<Downloads> {
  const range = rangeOf(query, app.clock())
  const [sums, published] = await Promise.all([
    sumDownloads(app.db, counted, range, query.split),
    listPublished(app.db, counted, range),
  ])
  const all = seriesOf(sums, range.periods)
  const { total, downloads } = together(all, range.periods)
  const told = query.split === 'none' ? [] : all
  const past = told.slice(query.limit)
  return {
    address,
    split: query.split,
    ...range,
    total,
    downloads,
    series: told.slice(0, query.limit),
    others: past.length > 0 ? { ...together(past, range.periods), count: past.length } : null,
    published,
  }
}

/** Most downloads first. */
function seriesOf(sums: Sum[], periods: string[]): DownloadsSeries[] {
  const places = new Map(periods.map((period, index) => [period, index]))
  const found = new Map<string, DownloadsSeries>()
  for (const { period, name, downloads } of sums) {
    const series = found.get(name) ?? { name, total: 0, downloads: periods.map(() => 0) }
    series.downloads[places.get(period)!] = downloads
    series.total += downloads
    found.set(name, series)
  }
  return [...found.values()].sort((a, b) => b.total - a.total || inOrder.compare(b.name, a.name))
}

/** So that of two with as many downloads the newer version comes first. */
const inOrder = new Intl.Collator('en', { numeric: true })

const together = (series: DownloadsSeries[], periods: string[]) => ({
  total: series.reduce((sum, { total }) => sum + total, 0),
  downloads: periods.map((_, index) => series.reduce((sum, { downloads }) => sum + downloads[index]!, 0)),
})
