/** All SQL of the pages of what other registries publish: a thing and the rights to it, its versions, their platforms. */
import { type RawBuilder, sql } from 'kysely'
import type { ReadableNamespaces, Visibility } from '../access/permit.ts'
import type { Db } from '../foundation/database/database.ts'
import { platformsOf } from '../providers/catalogued-platforms.ts'
import type { UpstreamAddress } from './upstream-address.ts'

export type FoundArtefact = {
  /** null: of a registry that is not in the catalogue */
  visibility: Visibility | null
  importedAt: Date | null
  /** null: it is not there */
  id: string | null
  address: string
  description: string
  source: string
  downloads: number
  popularity: number | null
  verified: boolean
  archived: boolean
  forkOf: string
  warnings: string[]
  latestVersion: string | null
  versions: number
}

const versionsTable = { module: sql.table('module_versions'), provider: sql.table('provider_versions') }
const itemId = { module: sql.ref('module_id'), provider: sql.ref('provider_id') }

/** Some registries know upper case in the addresses of modules. */
const itemOf = (address: UpstreamAddress): RawBuilder<unknown> =>
  address.kind === 'module'
    ? sql`select id, namespace || '/' || name || '/' || system as address, description, source_url, repository,
                 downloads, popularity, verified, archived, fork_of, '{}'::text[] as warnings
          from modules where hostname = source.hostname and hostname <> 'self' and lower(namespace) = ${address.namespace}
            and lower(name) = ${address.name} and system = ${address.system} and gone_at is null limit 1`
    : sql`select id, namespace || '/' || type as address, description, source_url, repository,
                 downloads, popularity, verified, archived, fork_of, warnings
          from providers where hostname = source.hostname and hostname <> 'self' and namespace = ${address.namespace}
            and type = ${address.type} and gone_at is null limit 1`

export async function findArtefact(db: Db, address: UpstreamAddress): Promise<FoundArtefact> {
  const { rows } = await sql<FoundArtefact>`
    select coalesce(space.visibility, source.visibility) as visibility, source.imported_at as "importedAt", item.id,
           item.address, item.description, coalesce(nullif(item.source_url, ''), item.repository) as source,
           item.downloads::float8 as downloads, item.popularity::float8 as popularity, item.verified, item.archived,
           item.fork_of as "forkOf", item.warnings, latest.version as "latestVersion",
           (select count(*)::integer from ${versionsTable[address.kind]} v
            where v.${itemId[address.kind]} = item.id and v.listed) as versions
    from (select ${address.hostname}::text as hostname) asked
    left join catalogue_sources source on source.hostname = asked.hostname
    left join catalogue_namespaces space on space.hostname = source.hostname and space.namespace = ${address.namespace}
    left join lateral (${itemOf(address)}) item on true
    left join lateral (
      select version from ${versionsTable[address.kind]} v where v.${itemId[address.kind]} = item.id and v.listed
      order by prerelease, precedence desc limit 1) latest on true`.execute(db)
  return rows[0]!
}

export type FoundVersion = {
  version: string
  tag: string
  precedence: string
  publishedAt: Date | null
  downloads: number
}

type Which = { below: string | undefined; limit: number }

const below = (precedence: string | undefined) =>
  precedence === undefined ? sql`true` : sql`v.precedence < ${precedence}`

const columns = sql.raw(
  'v.version, v.tag, v.precedence, v.published_at as "publishedAt", v.downloads::float8 as downloads',
)

/** Newest first, as the next is. */
export async function listModuleVersions(db: Db, id: string, which: Which): Promise<FoundVersion[]> {
  const { rows } = await sql<FoundVersion>`
    select ${columns} from module_versions v where v.module_id = ${id} and v.listed and ${below(which.below)}
    order by v.precedence desc limit ${which.limit}`.execute(db)
  return rows
}

export async function listProviderVersions(db: Db, id: string, which: Which) {
  const { rows } = await sql<FoundVersion & { protocols: string[]; platforms: string[] }>`
    select ${columns}, v.protocols, coalesce((
        select array_agg(os || '_' || arch order by position) from ${sql.raw(platformsOf('v'))} as platform), '{}') as platforms
    from provider_versions v where v.provider_id = ${id} and v.listed and ${below(which.below)}
    order by v.precedence desc limit ${which.limit}`.execute(db)
  return rows
}

type FoundPlatform = { platform: string; filename: string; sha256: string; h1: string; sizeBytes: number | null }

/** @param core of the version */
export async function findPlatforms(db: Db, id: string, core: string) {
  const { rows } = await sql<{
    version: string
    publishedAt: Date | null
    protocols: string[]
    platforms: FoundPlatform[]
  }>`
    select v.version, v.published_at as "publishedAt", v.protocols, coalesce((
        select json_agg(json_build_object('platform', os || '_' || arch, 'filename', coalesce(filename, ''),
          'sha256', coalesce(sha256, ''), 'h1', coalesce(h1, ''), 'sizeBytes', size_bytes) order by position)
        from ${sql.raw(platformsOf('v'))} as platform), '[]') as platforms
    from provider_versions v where v.provider_id = ${id} and v.core = ${core} and v.listed`.execute(db)
  return rows[0]
}

export type FoundRegistry = {
  hostname: string
  kind: string
  importedAt: Date | null
  modules: number
  providers: number
}

/** Those in which the caller may read something, or which are open to them and empty. */
export async function listRegistries(
  db: Db,
  readable: { modules: ReadableNamespaces; providers: ReadableNamespaces },
): Promise<FoundRegistry[]> {
  const count = (table: 'modules' | 'providers') => sql`(
    select count(*)::integer from ${sql.table(table)} item
    left join catalogue_namespaces space
      on space.hostname = item.hostname and space.namespace = lower(item.namespace)
    where item.hostname = source.hostname and item.hostname <> 'self' and item.gone_at is null
      and ${isReadable(readable[table], sql`coalesce(space.visibility, source.visibility)`, sql`item.hostname || '/' || lower(item.namespace)`)})`
  const { rows } = await sql<FoundRegistry & { open: boolean }>`
    select source.hostname, source.kind, source.imported_at as "importedAt", ${count('modules')} as modules,
           ${count('providers')} as providers,
           ${isReadable(readable.modules, sql`source.visibility`, sql`''`)}
             or ${isReadable(readable.providers, sql`source.visibility`, sql`''`)} as open
    from catalogue_sources source order by source.hostname`.execute(db)
  return rows.filter(({ open, modules, providers }) => open || modules + providers > 0)
}

/** The rule of `may` for what is catalogued, which is of no organization but the platform. */
function isReadable(
  { everything, internal, named }: ReadableNamespaces,
  visibility: RawBuilder<unknown>,
  name: RawBuilder<unknown>,
): RawBuilder<boolean> {
  if (everything) return sql`true`
  const open = internal ? ['public', 'internal'] : ['public']
  const isOpen = sql<boolean>`${visibility}::text = any(${open}::text[])`
  if (named.length === 0) return isOpen
  const byPlatform = named.flatMap(({ organizationId, names }) => (organizationId === null ? names : []))
  const byAnybody = named.flatMap(({ names }) => names)
  return sql`(${isOpen} or ${name} = any(${byPlatform}::text[])
    or (${visibility}::text = 'internal' and ${name} = any(${byAnybody}::text[])))`
}
