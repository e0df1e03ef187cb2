/**
 * The platforms of a catalogued version as the one row of the version holds them: names, and what of their archives does
 * not follow from those. Nearly every version is like that; the platforms of others are rows. Pure.
 */
import { besideSums } from '../upstream/opentofu-layout.ts'
import type { SourcePlatform, SourceProviderVersion } from '../upstream/source.ts'

export type ListedPlatforms = {
  /** `linux_amd64` */
  names: string[]
  /** an archive is called this, its platform and `.zip`; null: the source tells of no archives */
  prefix: string | null
  /** SHA-256 of each, one after the other */
  sums: Buffer | null
  /** null: of none of them */
  h1s: string[] | null
  sizes: (number | null)[] | null
}

type Version = Pick<SourceProviderVersion, 'platforms' | 'shasumsUrl'>

/** @returns undefined where they need rows */
export function listedPlatforms({ platforms, shasumsUrl }: Version): ListedPlatforms | undefined {
  const prefix = prefixOf(platforms[0])
  if (prefix === undefined) return undefined
  const folder = besideSums(shasumsUrl, '')
  const names: string[] = []
  let [sums, hasH1, hasSize] = ['', false, false]
  for (const platform of platforms) {
    const name = nameOf(platform)
    if (name === undefined || !isRuled(platform, name, prefix, folder)) return undefined
    names.push(name)
    sums += platform.sha256
    hasH1 ||= platform.h1 !== ''
    hasSize ||= platform.sizeBytes !== null
  }
  return {
    names,
    prefix,
    sums: prefix === null ? null : Buffer.from(sums, 'hex'),
    h1s: hasH1 ? platforms.map(({ h1 }) => h1) : null,
    sizes: hasSize ? platforms.map(({ sizeBytes }) => sizeBytes) : null,
  }
}

/** What the first archive is called before its platform, which is then that of all. */
function prefixOf(first: SourcePlatform | undefined): string | null | undefined {
  if (!first) return undefined
  if (first.filename === '') return null
  const end = `${first.os}_${first.arch}.zip`
  return first.filename.endsWith(end) ? first.filename.slice(0, -end.length) : undefined
}

function isRuled(
  { filename, downloadUrl, sha256 }: SourcePlatform,
  name: string,
  prefix: string | null,
  folder: string,
): boolean {
  if (prefix === null) return filename === '' && downloadUrl === '' && sha256 === ''
  return (
    sha256.length === 64 &&
    filename.length === prefix.length + name.length + 4 &&
    filename.startsWith(prefix) &&
    filename.startsWith(name, prefix.length) &&
    filename.endsWith('.zip') &&
    (downloadUrl === '' ||
      (downloadUrl.length === folder.length + filename.length &&
        downloadUrl.startsWith(folder) &&
        downloadUrl.endsWith(filename)))
  )
}

/**
 * Split at its underscore it gives what it was made of; undefined where it would not. There are a few dozen, which come half
 * a million times, and are made once.
 */
function nameOf({ os, arch }: SourcePlatform): string | undefined {
  const known = names.get(os)?.get(arch)
  if (known !== undefined) return known
  const name = `${os}_${arch}`
  if (!/^[a-z0-9]{1,32}_[a-z0-9]{1,32}$/.test(name)) return undefined
  const byArch = names.get(os) ?? new Map<string, string>()
  if (names.size < maxKnown && byArch.size < maxKnown) names.set(os, byArch.set(arch, name))
  return name
}

const maxKnown = 100
const names = new Map<string, Map<string, string>>()

/** Columns of a version, and of each row where rows are needed; those before them are the caller's. */
export const listedColumns = ['platforms', 'archive_prefix', 'archive_sums', 'archive_h1s', 'archive_sizes']
export const platformColumns = ['os', 'arch', 'filename', 'download_url', 'sha256', 'h1', 'size_bytes', 'position']

const noRow = listedColumns.map(() => null)

export const listedRow = (listed: ListedPlatforms | undefined): unknown[] =>
  listed ? [listed.names, listed.prefix, listed.sums, listed.h1s, listed.sizes] : noRow

/** An address that follows from others needs no room. */
export const rowsOf = ({ platforms, shasumsUrl }: Version): unknown[][] =>
  platforms.map(({ os, arch, filename, downloadUrl, sha256, h1, sizeBytes }, position) => [
    ...[os, arch, filename, downloadUrl === besideSums(shasumsUrl, filename) ? '' : downloadUrl],
    ...[sha256, h1, sizeBytes, position],
  ])

/** As SQL: all platforms of a version that is at hand under this name, whichever way they are kept; as the view of them has it. */
export const platformsOf = (version: string) =>
  `(select ${platformColumns.join(', ')} from provider_platforms where provider_version_id = ${version}.id
    union all
    select ${platformColumns.join(', ')} from listed_platforms(${listedColumns.map((column) => `${version}.${column}`).join(', ')})
    where ${version}.platforms is not null
      and not exists (select from provider_platforms where provider_version_id = ${version}.id))`
