/** Versions as other registries write them: kept as they are, in an order, and listed only where a client can read them. Pure. */
import { parseVersion, precedenceKey, type Version } from '../foundation/semver.ts'

export type ForeignVersion = {
  /** as we say it */
  version: string
  /** as the source writes it */
  tag: string
  /** what a client asks for; what a list has twice ends in `#2` */
  core: string
  precedence: string
  prerelease: boolean
  /** may a client see it? */
  listed: boolean
}

type Written = { tag: string; forbidden?: string }

/** @returns one for each that was given, in their order, and what is odd about them */
export function foreignVersions<T extends Written>(
  kind: 'module' | 'provider',
  written: T[],
): { versions: (T & ForeignVersion)[]; problems: string[] } {
  const problems: string[] = []
  const read = written.map((one) => ({
    ...one,
    ...(kind === 'module' ? readModuleTag(one.tag) : readProviderVersion(one.tag)),
  }))
  const chosen = chosenOf(read)
  const times = new Map<string, number>()
  for (const version of read) {
    const { tag, core, listed, forbidden } = version
    if (!listed) problems.push(`${shown(tag)} is not a version that a client can read: kept, not listed`)
    if (chosen.get(core) !== version) {
      const met = (times.get(core) ?? 1) + 1
      times.set(core, met)
      Object.assign(version, { core: `${core}#${met}`, listed: false })
      if (listed)
        problems.push(`${shown(tag)} is the same version as ${shown(chosen.get(core)!.tag)}: kept, not listed`)
    } else if (forbidden !== undefined) {
      version.listed = false
      problems.push(`${shown(tag)} must not be published (${forbidden}): kept, not listed`)
    }
  }
  return { versions: read, problems }
}

/** Of those that are one version to a client: what is written in full goes before `v1`, which moves, and the newer before the older. */
function chosenOf<T extends ForeignVersion>(versions: T[]): Map<string, T> {
  const chosen = new Map<string, T>()
  for (const version of versions) {
    const before = chosen.get(version.core)
    if (!before || (isShort(before) && !isShort(version))) chosen.set(version.core, version)
  }
  return chosen
}

const isShort = ({ version, core }: ForeignVersion) => version.length < core.length

/** One bad version in a list of providers poisons it: SemVer without a `v` or nothing. */
const readProviderVersion = (tag: string): ForeignVersion =>
  (tag.startsWith('v') ? undefined : semver(tag, tag)) ?? unreadable(tag)

/** Lists of modules tolerate `1` and `1.2`, which clients read as `1.0.0` and `1.2.0`. */
function readModuleTag(tag: string): ForeignVersion {
  const text = tag.startsWith('v') ? tag.slice(1) : tag
  const strict = semver(tag, text)
  if (strict) return strict
  const short = /^(\d+)(\.\d+)?((?:-[^+]*)?(?:\+.*)?)$/.exec(text)
  const padded = short && semver(tag, `${short[1]}${short[2] ?? '.0'}.0${short[3]}`)
  return padded ? { ...padded, version: text } : unreadable(tag)
}

function semver(tag: string, text: string): ForeignVersion | undefined {
  const numbers = release.exec(text)
  if (numbers) return versionOf(tag, releaseOf(text, numbers))
  try {
    return versionOf(tag, parseVersion(text))
  } catch {
    return undefined
  }
}

const versionOf = (tag: string, version: Version): ForeignVersion => ({
  tag,
  version: version.text,
  core: version.core,
  precedence: precedenceKey(version),
  prerelease: version.prerelease !== '',
  listed: true,
})

/** Nineteen in twenty are three numbers and no more: what those say is known without the rules of the rest. */
const release = /^(0|[1-9]\d{0,14})\.(0|[1-9]\d{0,14})\.(0|[1-9]\d{0,14})$/

const releaseOf = (text: string, [, major, minor, patch]: RegExpExecArray): Version => ({
  text,
  core: text,
  major: Number(major),
  minor: Number(minor),
  patch: Number(patch),
  prerelease: '',
  build: '',
})

const unreadable = (tag: string): ForeignVersion => ({
  tag,
  version: tag,
  core: tag,
  precedence: '',
  prerelease: false,
  listed: false,
})

const shown = (tag: string) => JSON.stringify(tag.slice(0, 80))
