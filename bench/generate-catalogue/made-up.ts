/** What a folder does not say, and a search needs: descriptions, stars, downloads and dates, as unequal as anywhere. */
import type { Chance } from './chance.ts'
import { sentence } from './names.ts'
import { madeUp } from './shape.ts'

type Named = { kind: 'module' | 'provider'; namespace: string; name: string; system: string }
export type MadeUp = Named & { description: string; popularity: number; downloads: number; updatedAt: string }

const newest = Date.UTC(2024, 8, 13)
const dayMs = 24 * 60 * 60 * 1000
const forkStars = 4

/** Of one kind. The first item of a name, or the one of the official namespace, is the one that everybody means. */
export function makeUp(chance: Chance, items: Named[], official: string): MadeUp[] {
  const meant = new Map<string, Named>()
  const repeated = new Set<string>()
  for (const item of items) {
    if (meant.has(item.name)) repeated.add(item.name)
    if (!meant.has(item.name) || item.namespace === official) meant.set(item.name, item)
  }
  const { mean, deviation, most } = madeUp.stars
  const stars = items.map(() => Math.min(most, Math.floor(Math.exp(mean + deviation * chance.normal()))))
  stars.sort((a, b) => b - a)
  const isFork = (item: Named) => meant.get(item.name) !== item
  const rank = (item: Named) => (item.namespace === official ? 0 : isFork(item) ? 2 : repeated.has(item.name) ? 0.5 : 1)
  const byRank = items.map((item) => ({ item, rank: rank(item) + chance.next() })).sort((a, b) => a.rank - b.rank)
  return byRank.map(({ item }, index) => ({
    ...item,
    description: sentence(chance, item.name, 3 + chance.below(12)),
    popularity: isFork(item) ? chance.below(forkStars) : stars[index]!,
    downloads: Math.floor((madeUp.mostDownloads * (0.3 + 0.7 * chance.next())) / (index + 1) ** madeUp.downloadsFall),
    updatedAt: new Date(newest - Math.floor(2_500 * dayMs * chance.next() ** 2)).toISOString(),
  }))
}
