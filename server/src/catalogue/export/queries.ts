/** The catalogue as a source has it: modules and providers with all that was read of them, in the order of their addresses. */
import { sql } from 'kysely'
import type { Db } from '../../foundation/database/database.ts'
import { platformsOf } from '../../providers/catalogued-platforms.ts'
import type { WrittenVersion } from '../../upstream/opentofu-layout.ts'
import '../tables.ts'

export type ExportedModule = { namespace: string; name: string; system: string; sourcePath: string; tags: string[] }

export type ExportedProvider = {
  namespace: string
  type: string
  sourcePath: string
  repository: string
  warnings: string[]
  versions: WrittenVersion[]
}

/** @param after of the page before */
export async function listModulesOf(db: Db, hostname: string, after: Partial<ExportedModule>, limit: number) {
  const { namespace = '', name = '', system = '' } = after
  const found = await sql<ExportedModule>`
    select namespace, name, system, source_path as "sourcePath",
           array(select tag from module_versions where module_id = modules.id order by position desc) as tags
    from modules
    where hostname = ${hostname} and origin = 'catalogued' and gone_at is null
      and (namespace, name, system) > (${namespace}, ${name}, ${system})
    order by namespace, name, system limit ${limit}`.execute(db)
  return found.rows
}

export async function listProvidersOf(db: Db, hostname: string, after: Partial<ExportedProvider>, limit: number) {
  const { namespace = '', type = '' } = after
  const found = await sql<ExportedProvider>`
    select namespace, type, ${exported} from providers
    where hostname = ${hostname} and origin = 'catalogued' and gone_at is null
      and (namespace, type) > (${namespace}, ${type})
    order by namespace, type limit ${limit}`.execute(db)
  return found.rows
}

export async function findModuleOf(db: Db, hostname: string, at: { namespace: string; name: string; system: string }) {
  const found = await sql<ExportedModule>`
    select namespace, name, system, source_path as "sourcePath",
           array(select tag from module_versions where module_id = modules.id order by position desc) as tags
    from modules where hostname = ${hostname} and namespace = ${at.namespace} and name = ${at.name}
      and system = ${at.system} and gone_at is null`.execute(db)
  return found.rows[0]
}

export async function findProviderOf(db: Db, hostname: string, at: { namespace: string; type: string }) {
  const found = await sql<ExportedProvider>`
    select namespace, type, ${exported} from providers
    where hostname = ${hostname} and namespace = ${at.namespace} and type = ${at.type} and gone_at is null`.execute(db)
  return found.rows[0]
}

const exported = sql`source_path as "sourcePath", repository, warnings, coalesce((
  select json_agg(json_build_object('tag', tag, 'protocols', protocols, 'shasumsUrl', shasums_url,
      'shasumsSignatureUrl', shasums_signature_url, 'discovered', discovered, 'platforms', coalesce((
        select json_agg(json_build_object('os', os, 'arch', arch, 'filename', filename, 'downloadUrl', download_url,
            'sha256', sha256, 'h1', h1, 'sizeBytes', size_bytes) order by position)
        from ${sql.raw(platformsOf('provider_versions'))} as platform), '[]'::json))
    order by position desc)
  from provider_versions where provider_id = providers.id), '[]'::json) as versions`

export const listKeysOf = (db: Db, hostname: string) =>
  db
    .selectFrom('catalogued_keys')
    .where('hostname', '=', hostname)
    .select(['namespace', 'type', 'filename', 'armored'])
    .orderBy('namespace')
    .orderBy('type')
    .orderBy('position')
    .execute()

/** What is there now, by kind. */
export async function countCatalogue(db: Db, hostname: string) {
  const answer = await sql<{ modules: number; providers: number; moduleVersions: number; providerVersions: number }>`
    select
      (select count(*)::int from modules where hostname = ${hostname} and gone_at is null) as modules,
      (select count(*)::int from providers where hostname = ${hostname} and gone_at is null) as providers,
      (select count(*)::int from module_versions v join modules m on m.id = v.module_id
        where m.hostname = ${hostname} and m.gone_at is null) as "moduleVersions",
      (select count(*)::int from provider_versions v join providers p on p.id = v.provider_id
        where p.hostname = ${hostname} and p.gone_at is null) as "providerVersions"`.execute(db)
  return answer.rows[0]!
}
