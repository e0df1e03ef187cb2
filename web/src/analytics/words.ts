/** What periods and series of downloads are called. */
import type { downloadsQuestion } from '@cadastre/contract/downloads-page'
import type { Answer } from '@cadastre/contract/question'
import { asCount } from '../ui/in-words.ts'

export type Told = Answer<ReturnType<typeof downloadsQuestion>['template']>
export type Period = Told['by']
export type Split = Told['split']

export const splitWords: Record<Split, string> = {
  major: 'major versions',
  version: 'single versions',
  client: 'clients',
  none: 'all together',
}

export type Line = { name: string; total: number; downloads: readonly number[] }

/** What is drawn and listed: each series, what is left of them, or all of it where nothing is to be told apart. */
export function linesOf({ split, series, others, total, downloads }: Told): Line[] {
  const named = series.map((each) => ({ ...each, name: seriesName(each.name, split) }))
  if (others) named.push({ ...others, name: othersName(others.count, split) })
  return named.length > 0 ? named : [{ name: 'all', total, downloads }]
}

const clients: Record<string, string> = { terraform: 'Terraform', opentofu: 'OpenTofu', other: 'other clients' }

function seriesName(name: string, split: Split): string {
  if (split === 'client') return clients[name] ?? name
  return split === 'major' ? `${name}.x` : name
}

const othersName = (count: number, split: Split) =>
  `${count} more ${split === 'major' ? 'majors' : 'versions'}`.replace(/^(1 more \w+)s$/, '$1')

const dayOf = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
const shortDayOf = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
const monthOf = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' })

/** `2 Nov 2026`, `week of 2 Nov 2026`, `Nov 2026` */
export function periodName(start: string, by: Period): string {
  if (by === 'month') return monthOf.format(new Date(start))
  const day = dayOf.format(new Date(start))
  return by === 'week' ? `week of ${day}` : day
}

/** As short as below an axis. */
export const shortPeriodName = (start: string, by: Period) =>
  by === 'month' ? monthOf.format(new Date(start)) : shortDayOf.format(new Date(start))

/** What was published in each period. */
export function publishedIn({ periods, published }: Told): string[][] {
  const found: string[][] = periods.map(() => [])
  for (const { version, publishedAt } of published) {
    const day = publishedAt.slice(0, 10)
    const index = periods.findLastIndex((start) => start <= day)
    found[index]?.push(version)
  }
  return found
}

export const downloadsOf = (count: number) => (count === 1 ? '1 download' : `${asCount(count)} downloads`)

/** The same numbers as the drawing, for a spreadsheet. */
export function asCsv(told: Told): string {
  const lines = linesOf(told)
  const published = publishedIn(told)
  const isSplit = lines.length > 1
  const head = ['from', ...lines.map(({ name }) => name), ...(isSplit ? ['all'] : []), 'published']
  const rows = told.periods.map((period, index) => [
    ...[period, ...lines.map(({ downloads }) => downloads[index]!)],
    ...(isSplit ? [told.downloads[index]!] : []),
    published[index]!.join(' '),
  ])
  return [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

const cell = (value: string | number) => (/[",\r\n]/.test(`${value}`) ? `"${`${value}`.replaceAll('"', '""')}"` : value)
