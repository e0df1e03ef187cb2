/** All that the catalogue says of a registry, for tests that compare: without numbers of rows and times. */
import type { TestRegistry } from './registry.ts'

export async function catalogueState(registry: Pick<TestRegistry, 'sql'>, hostname: string) {
  const [modules, moduleVersions, providers, providerVersions, platforms, documents, keys] = await Promise.all([
    registry.sql(
      `select to_jsonb(m) - '{id,hostname,created_at,updated_at,gone_at}'::text[] as row, gone_at is not null as gone
       from modules m where hostname = $1 order by namespace, name, system`,
      [hostname],
    ),
    registry.sql(
      `select m.namespace, m.name, m.system, to_jsonb(v) - '{id,module_id}'::text[] as row from module_versions v
       join modules m on m.id = v.module_id where hostname = $1 order by 1, 2, 3, v.position`,
      [hostname],
    ),
    registry.sql(
      `select to_jsonb(p) - '{id,hostname,created_at,updated_at,gone_at}'::text[] as row, gone_at is not null as gone
       from providers p where hostname = $1 order by namespace, type`,
      [hostname],
    ),
    registry.sql(
      `select p.namespace, p.type, to_jsonb(v) - '{id,provider_id}'::text[] as row from provider_versions v
       join providers p on p.id = v.provider_id where hostname = $1 order by 1, 2, v.position`,
      [hostname],
    ),
    registry.sql(
      `select p.namespace, p.type, v.core, to_jsonb(x) - 'provider_version_id' as row
       from provider_version_platforms x join provider_versions v on v.id = x.provider_version_id
       join providers p on p.id = v.provider_id where hostname = $1 order by 1, 2, v.position, x.position`,
      [hostname],
    ),
    registry.sql(
      `select replace(key, $1, '') as key, convert_from(plain, 'utf8') as plain, etag from documents
       where key like 'upstream/' || $1 || '/%' order by 1`,
      [hostname],
    ),
    registry.sql(
      `select namespace, type, position, filename, key_id, armored from catalogued_keys where hostname = $1
       order by 1, 2, 3`,
      [hostname],
    ),
  ])
  return { modules, moduleVersions, providers, providerVersions, platforms, documents, keys }
}
