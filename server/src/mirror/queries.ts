/** All SQL of the mirror: reads what the rooms of providers have written. */
import type { NamespaceRights } from '../access/permit.ts'
import { type Db, namedStatement } from '../foundation/database/database.ts'
import type { BackendName } from '../foundation/storage/storage.ts'
import type { ProviderAddress } from '../providers/provider.ts'
import type { ProviderState } from '../providers/tables.ts'

type FoundNamespace = {
  name: string | null
  organizationId: string | null
  visibility: NamespaceRights['visibility'] | null
}

/** The namespace's rights included; `versions` is empty for a provider that is not there. */
export type FoundIndex = FoundNamespace & { versions: string[] }

const findPublishedIndexes = namedStatement<FoundIndex>(
  'findMirrorIndexes',
  `select n.name, n.organization_id as "organizationId", n.visibility,
          coalesce((select json_agg(v.version order by v.precedence desc) from provider_versions v
                    where v.provider_id = p.id and v.state in ('active', 'deprecated')), '[]') as versions
   from unnest($1::text[], $2::text[]) with ordinality as asked (namespace, type, position)
   left join namespaces n on n.name = asked.namespace
   left join providers p on p.hostname = 'self' and p.namespace = n.name and p.type = asked.type
   order by asked.position`,
)

/** One query for all of them, in their order. */
export const findIndexes = (db: Db, asked: ProviderAddress[]) =>
  findPublishedIndexes(
    db,
    (['namespace', 'type'] as const).map((part) => asked.map((each) => each[part])),
  )

export type FoundArchive = {
  os: string
  arch: string
  filename: string
  sha256: string
  h1: string
  backend: BackendName
  revision: string | null
}

/** `archives` are those whose zip is there. */
export type FoundVersion = FoundNamespace & {
  version: string | null
  state: ProviderState | null
  archives: FoundArchive[]
}

const findPublishedVersions = namedStatement<FoundVersion>(
  'findMirrorVersions',
  `select n.name, n.organization_id as "organizationId", n.visibility, v.version, v.state,
          coalesce((select json_agg(json_build_object('os', pp.os, 'arch', pp.arch, 'filename', pp.filename,
                      'sha256', pp.sha256, 'h1', pp.h1, 'backend', o.backend, 'revision', o.revision)
                      order by pp.os, pp.arch)
                    from provider_platforms pp join stored_objects o on o.id = pp.object_id
                    where pp.provider_version_id = v.id), '[]') as archives
   from unnest($1::text[], $2::text[], $3::text[]) with ordinality as asked (namespace, type, core, position)
   left join namespaces n on n.name = asked.namespace
   left join providers p on p.hostname = 'self' and p.namespace = n.name and p.type = asked.type
   left join provider_versions v on v.provider_id = p.id and v.core = asked.core
   order by asked.position`,
)

export type AskedVersion = ProviderAddress & { core: string }

/** One query for all of them, in their order. */
export const findVersions = (db: Db, asked: AskedVersion[]) =>
  findPublishedVersions(
    db,
    (['namespace', 'type', 'core'] as const).map((part) => asked.map((each) => each[part])),
  )

export const rightsOf = ({ name, organizationId, visibility }: FoundNamespace): NamespaceRights | undefined =>
  name && organizationId && visibility ? { name, organizationId, visibility } : undefined
