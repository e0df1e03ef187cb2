/** What the pages of versions ask about downloads: of all of them over the time in the address, and of each version. */
import type { DownloadsQuery } from './downloads.ts'
import { question } from './question.ts'

const templates = {
  module: '/api/v1/modules/{namespace}/{name}/{system}/downloads',
  provider: '/api/v1/providers/{namespace}/{type}/downloads',
} as const

export type Counted = keyof typeof templates
type Params = Readonly<Record<string, string>>

/** The times that a page offers, and the periods that each may be told in, its own first. */
export const downloadRanges = {
  '30d': { words: '30 days', days: 30, by: ['day', 'week'] },
  '90d': { words: '90 days', days: 90, by: ['week', 'day', 'month'] },
  '1y': { words: '1 year', days: 365, by: ['week', 'day', 'month'] },
  '3y': { words: '3 years', days: 1_096, by: ['month', 'week'] },
} as const satisfies Record<string, { words: string; days: number; by: DownloadsQuery['by'][] }>
export type DownloadRange = keyof typeof downloadRanges

const splits: readonly DownloadsQuery['split'][] = ['major', 'version', 'client', 'none']
/** More lines than these nobody can tell apart. */
const drawnSeries = 5

export type ShownDownloads = { range: DownloadRange; by: DownloadsQuery['by']; split: DownloadsQuery['split'] }

/** What an address wants to see; what it does not say, or says wrongly, is as usual. */
export function shownDownloads(search: URLSearchParams): ShownDownloads {
  const [range, by, split] = ['range', 'by', 'split'].map((key) => search.get(key) ?? '')
  const known: DownloadRange = range && Object.hasOwn(downloadRanges, range) ? (range as DownloadRange) : '90d'
  const periods: readonly DownloadsQuery['by'][] = downloadRanges[known].by
  return {
    range: known,
    by: periods.find((each) => each === by) ?? periods[0]!,
    split: splits.find((each) => each === split) ?? splits[0]!,
  }
}

/** From the beginning of a day on, so that server and browser ask the same. */
export function downloadsQuestion(of: Counted, path: Params, search: URLSearchParams) {
  const { range, by, split } = shownDownloads(search)
  const from = new Date(Date.now() - (downloadRanges[range].days - 1) * 24 * 60 * 60 * 1_000).toISOString().slice(0, 10)
  return question(templates[of], { path, query: { from, by, split, limit: drawnSeries } })
}

/** Of the versions with the most downloads the last half year: a list has fifty at first, and few have as many. */
export const versionWeeksQuestion = (of: Counted, path: Params) =>
  question(templates[of], { path, query: { by: 'week', split: 'version', limit: 100 } })
