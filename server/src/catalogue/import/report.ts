/** What an import found, counted as it goes. Pure. */
import type { Changed, StagedModule, StagedProvider } from '../../upstream/merged.ts'
import type { Only } from '../../upstream/source.ts'

export type ItemCounts = Changed & { unchanged: number }

export type ImportReport = {
  modules: ItemCounts
  providers: ItemCounts
  versions: Changed
  platforms: Changed
  keys: Changed
  /** what could not be taken, or not as it was */
  problems: number
  /** what the source broke off in listing: of these nothing is taken for gone */
  incomplete: Only[]
}

export type ImportProgress = { done: number; total: number | null }

const none = (): Changed => ({ new: 0, changed: 0, gone: 0 })

export const emptyReport = (): ImportReport => ({
  modules: { ...none(), unchanged: 0 },
  providers: { ...none(), unchanged: 0 },
  versions: none(),
  platforms: none(),
  keys: none(),
  problems: 0,
  incomplete: [],
})

/** Of those that were not there before everything is new. */
export function countNew(report: ImportReport, items: (StagedModule | StagedProvider)[]): void {
  for (const item of items) {
    report[`${item.kind}s`].new += 1
    report.versions.new += item.versions.length
    if (item.kind === 'module') continue
    for (const { platforms } of item.versions) report.platforms.new += platforms.length
  }
}

export function countChanged(sum: Changed, more: Changed): void {
  sum.new += more.new
  sum.changed += more.changed
  sum.gone += more.gone
}
