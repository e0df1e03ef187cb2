/** What download answers are made of, for as many as ask at the same time. */
import type { NamespaceRights } from '../access/permit.ts'
import { type Db, namedStatement } from '../foundation/database/database.ts'
import type { BackendName } from '../foundation/storage/storage.ts'
import type { ModuleAddress } from './module.ts'
import type { VersionState } from './tables.ts'

/** What a download answer needs, the namespace's rights included; null from where on nothing was found. */
export type DownloadTarget = {
  name: string | null
  organizationId: string | null
  visibility: NamespaceRights['visibility'] | null
  versionId: string | null
  version: string | null
  state: VersionState | null
  sha256: string | null
  backend: BackendName | null
  revision: string | null
}

const findDownloadTargets = namedStatement<DownloadTarget>(
  'findDownloads',
  `select n.name, n.organization_id as "organizationId", n.visibility,
          v.id as "versionId", v.version, v.state, v.sha256, o.backend, o.revision
   from unnest($1::text[], $2::text[], $3::text[], $4::text[]) with ordinality
     as asked (namespace, name, system, core, position)
   left join namespaces n on n.name = asked.namespace
   left join modules m on m.hostname = 'self' and m.namespace = n.name and m.name = asked.name and m.system = asked.system
   left join module_versions v on v.module_id = m.id and v.core = asked.core
   left join stored_objects o on o.id = v.object_id
   order by asked.position`,
)

/** One query for all of them, in their order. */
export const findDownloads = (db: Db, asked: (ModuleAddress & { core: string })[]) =>
  findDownloadTargets(
    db,
    (['namespace', 'name', 'system', 'core'] as const).map((part) => asked.map((each) => each[part])),
  )
