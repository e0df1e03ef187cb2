/** For which platforms the versions of providers are there: some thirty ways for nearly all, and hundreds for the rest. */
import { type Chance, dealer, sometimes } from './chance.ts'
import { distinctPlatformSets, platformChanges } from './shape.ts'

export type Platform = { os: string; arch: string }
export type PlatformSet = Platform[]

const architectures: Record<string, string> = { '3': '386', '6': 'amd64', a: 'arm', r: 'arm64' }

/** Share of the versions, and the architectures on darwin, freebsd, linux, windows, openbsd and solaris. */
const commonSets: [share: number, ...byOs: string[]][] = [
  [43, '6r', '36ar', '36ar', '36ar'],
  [7.7, '6r', '36ar', '36ar', '36a'],
  [5.6, '6', '36ar', '36ar', '36'],
  [6.4, '6r', '', '36ar', '36ar'],
  [4.2, '6', '36ar', '36ar', '36a'],
  [5.2, '6', '', '36', '36'],
  [2.1, '6r', '36a', '36ar', '36'],
  [1.6, '6r', '36ar', '36ar', '36'],
  [1.3, '6r', '', '36ar', '36a'],
  [1.6, '6r', '', '6r', '6r'],
  [1.1, '', '', '6', ''],
  [1.1, '6r', '36ar', '36ar', '36ar', '36'],
  [0.9, '6r', '36a', '36ar', '36ar'],
  [0.8, '6r', '6r', '6r', '6r'],
  [0.7, '6', '', '6', '6'],
  [0.8, '6r', '36a', '36ar', '36', '36a'],
  [0.7, '6r', '36', '36ar', '36'],
  [0.7, '6r', '36ar', '36ar', '36ar', '36', '6'],
  [0.7, '6r', '6ar', '6ar', '6ar'],
  [0.6, '6r', '', '6ar', '6'],
  [0.6, '6r', '', '6r', ''],
  [0.6, '6', '36a', '36ar', '36'],
  [0.6, '6r', '', '36r', '36r'],
  [0.5, '6', '36ar', '36ar', '36', '36', '6'],
  [0.4, '6', '', '36ar', '36'],
  [0.4, '6r', '36a', '36ar', '36a'],
  [0.4, '6r', '6r', '6r', '6'],
  [0.4, '6r', '36ar', '36ar', '36ar', '36ar', '6'],
  [0.4, '6', '6', '6', '6'],
  [0.3, '6r', '36ar', '36ar', '36a', '36', '6'],
]
const operatingSystems = ['darwin', 'freebsd', 'linux', 'windows', 'openbsd', 'solaris']

export const twelveCommonest: PlatformSet = platformsOf(['6r', '36ar', '36ar', '36'])

/** Sets that are nearly the common ones, and twice as common the nearer they come. */
const rareShare = 7.3

export type PlatformsOf = (versions: number) => (newest: number) => PlatformSet

/** For a provider of so many versions after the other, larger ones first: its platforms by version, 0 is the newest. */
export function dealPlatforms(chance: Chance): PlatformsOf {
  const sets = commonSets.map(([share, ...byOs]) => ({ share, platforms: platformsOf(byOs) }))
  const rare = rareSets(
    chance,
    sets.map(({ platforms }) => platforms),
  )
  const all = [...sets, ...rare]
  const deal = dealer(all.map(({ share }) => share))
  const changes = sometimes(platformChanges)
  return (versions) => {
    const older = versions > 1 && changes() ? Math.ceil(versions / 2) : 0
    const now = all[deal(versions - older)]!.platforms
    const before = older > 0 ? all[deal(older)]!.platforms : now
    return (newest) => (newest < versions - older ? now : before)
  }
}

function platformsOf(byOs: string[]): PlatformSet {
  return byOs.flatMap((letters, index) =>
    [...letters].map((letter) => ({ os: operatingSystems[index]!, arch: architectures[letter]! })),
  )
}

/** One platform less, or another one first. */
function rareSets(chance: Chance, common: PlatformSet[]) {
  const known = new Set(common.map(textOf))
  const sets: PlatformSet[] = []
  while (common.length + sets.length < distinctPlatformSets) {
    const set = chance.one(common)
    if (set.length < 3) continue
    const chosen = chance.one(set)
    const others = set.filter((platform) => platform !== chosen)
    const isFirst = chosen.os === 'linux' && chosen.arch === 'amd64'
    const rare = isFirst || chance.next() < 0.5 ? [chosen, ...others] : others
    if (known.has(textOf(rare))) continue
    known.add(textOf(rare))
    sets.push(rare)
  }
  const weights = sets.map((_, index) => 1 / (index + 5))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return sets.map((platforms, index) => ({ share: (rareShare * weights[index]!) / sum, platforms }))
}

export const textOf = (set: PlatformSet) => set.map(({ os, arch }) => `${os}_${arch}`).join(' ')
