/** Modules and providers as registry HTTP APIs tell of them, made into what an import takes. Pure. */
import { createHash } from 'node:crypto'
import { parseVersion, precedenceKey } from '../foundation/semver.ts'
import type {
  DatedVersions,
  ListedModule,
  ListedProvider,
  ModuleVersions,
  ProviderVersions,
} from './registry-api-shapes.ts'
import type { SourceModule, SourceProvider, SourceProviderVersion } from './source.ts'

/** Goes up when the same answers are to be read otherwise than before, so that an import takes them again. */
const readingRevision = '1'

export function moduleOf(listed: ListedModule, { modules }: ModuleVersions): SourceModule {
  const versions = modules[0]!.versions.map(({ version }) => ({
    tag: version,
    // Of all dates the list knows the one of the version that it names.
    publishedAt: version === listed.version ? listed.published_at : undefined,
  }))
  return withDigest({
    kind: 'module',
    namespace: listed.namespace,
    name: listed.name,
    system: listed.provider,
    versions: newestFirst(versions),
    description: listed.description,
    sourceUrl: listed.source,
    downloads: listed.downloads,
    verified: listed.verified,
    repository: '',
    sourcePath: '',
  })
}

export function providerOf(
  listed: ListedProvider,
  { versions, warnings }: ProviderVersions,
  dated: DatedVersions | undefined,
): { provider: SourceProvider; problems: string[] } {
  const known = new Map(
    (dated?.included ?? [])
      .filter(({ type }) => type === 'provider-versions')
      .flatMap(({ attributes }) => (attributes.version ? [[attributes.version, attributes] as const] : [])),
  )
  const problems: string[] = []
  const read = versions.map(({ version, protocols, platforms }): SourceProviderVersion => {
    const more = known.get(version)
    known.delete(version)
    return {
      tag: version,
      publishedAt: more?.['published-at'],
      downloads: more?.downloads,
      protocols: protocols ?? [],
      shasumsUrl: '',
      shasumsSignatureUrl: '',
      discovered: '',
      platforms: onceEach(platforms ?? []).map(({ os, arch }) => ({ ...nothingSaid, os, arch })),
    }
  })
  for (const version of known.keys()) problems.push(`${version} is not in its list of versions: skipped`)
  const provider = withDigest({
    kind: 'provider' as const,
    namespace: listed.namespace,
    type: listed.name,
    versions: newestFirst(read),
    warnings: warnings ?? (listed.warning === '' ? [] : [listed.warning]),
    description: listed.description,
    sourceUrl: listed.source,
    downloads: listed.downloads,
    verified: listed.tier === '' ? undefined : listed.tier !== 'community',
    repository: '',
    sourcePath: '',
  })
  return { provider, problems }
}

/** Lists of versions name platforms alone: where their archives lie, and their sums, each package is asked for. */
const nothingSaid = { filename: '', downloadUrl: '', sha256: '', h1: '', sizeBytes: null }

const onceEach = (platforms: { os: string; arch: string }[]) => [
  ...new Map(platforms.map((platform) => [`${platform.os}_${platform.arch}`, platform])).values(),
]

/** APIs list them in any order; those that cannot be read come last. */
function newestFirst<Version extends { tag: string }>(versions: Version[]): Version[] {
  const keyed = versions.map((version) => ({ version, key: keyOf(version.tag) }))
  return keyed
    .sort((a, b) => compare(b.key, a.key) || compare(b.version.tag, a.version.tag))
    .map(({ version }) => version)
}

function keyOf(tag: string): string {
  try {
    return precedenceKey(parseVersion(tag.replace(/^v/, '')))
  } catch {
    return ''
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const withDigest = <Item extends object>(item: Item): Item & { digest: string } => ({
  ...item,
  digest: createHash('sha256').update(readingRevision).update(JSON.stringify(item)).digest('base64url').slice(0, 22),
})
