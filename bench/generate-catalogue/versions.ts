/** The versions of one module or provider as its tags say them, newest first. */
import { type Chance, sometimes } from './chance.ts'
import { mixedTags, moduleShape, providerShape, tags } from './shape.ts'

export type VersionsOf = (count: number) => string[]

/** Of providers: never with a `v`. */
export function makeProviderVersions(chance: Chance): VersionsOf {
  const suffixed = suffixes(chance, providerShape)
  return (count) => semanticVersions(chance, count).map(suffixed).reverse()
}

/** Of modules, of larger ones first: the raw tags of their repositories. */
export function makeModuleTags(chance: Chance): VersionsOf {
  const suffixed = suffixes(chance, moduleShape)
  const [withV, hasTwoParts, hasOnePart] = [tags.withV, tags.twoParts, tags.onePart].map(sometimes) as [Say, Say, Say]
  const [isMixed, isTwice] = [sometimes(mixedTags.mixed), sometimes(mixedTags.twice / mixedTags.mixed)]
  return (count) => {
    if (hasTwoParts(count)) return prefixed(Array.from({ length: count }, (_, index) => twoParts(index)))
    if (hasOnePart(count)) return prefixed(Array.from({ length: count }, (_, index) => String(index + 1)))
    const versions = semanticVersions(chance, count).map(suffixed)
    if (count < 2 || !isMixed()) return prefixed(versions)
    if (isTwice()) versions[1] = versions[0]!
    return versions.map((version, index) => (index % 2 === 0 ? version : `v${version}`)).reverse()
  }

  function prefixed(versions: string[]): string[] {
    const prefix = withV(versions.length) ? 'v' : ''
    return versions.map((version) => prefix + version).reverse()
  }
}

type Say = (weight?: number) => boolean

const twoParts = (index: number) => `${1 + Math.floor(index / 10)}.${index % 10}`

/** Oldest first, no two the same. */
function semanticVersions(chance: Chance, count: number): string[] {
  let [major, minor, patch] = chance.next() < 0.6 ? [0, 1, 0] : [1, 0, 0]
  return Array.from({ length: count }, () => {
    const version = `${major}.${minor}.${patch}`
    const step = chance.next()
    if (step < 0.04) [major, minor, patch] = [major + 1, 0, 0]
    else if (step < 0.4) [minor, patch] = [minor + 1, 0]
    else patch += 1
    return version
  })
}

function suffixes(chance: Chance, shares: { prerelease: number; build: number }) {
  const [isPrerelease, hasBuild] = [sometimes(shares.prerelease), sometimes(shares.build)]
  const kinds = ['-beta.1', '-rc1', '-alpha', '-rc.1', '-beta', '-pre'] as const
  return (version: string) => {
    const [prerelease, build] = [isPrerelease(), hasBuild()]
    return version + (prerelease ? chance.one(kinds) : '') + (build ? '+build.1' : '')
  }
}
