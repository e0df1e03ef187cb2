/** What download answers are made of, for as many as ask at the same time. */
import type { NamespaceRights } from '../access/permit.ts'
import { type Db, namedStatement } from '../foundation/database/database.ts'
import type { BackendName } from '../foundation/storage/storage.ts'
import type { ProviderAddress } from './provider.ts'
import type { ProviderState } from './tables.ts'

/** What a download answer needs, the namespace's rights included; null from where on nothing was found. */
export type DownloadTarget = {
  name: string | null
  organizationId: string | null
  visibility: NamespaceRights['visibility'] | null
  version: string | null
  state: ProviderState | null
  shasumsFilename: string | null
  packageDocument: string | null
  platformId: string | null
  filename: string | null
  sha256: string | null
  backend: BackendName | null
  revision: string | null
}

const findDownloadTargets = namedStatement<DownloadTarget>(
  'findProviderDownloads',
  `select n.name, n.organization_id as "organizationId", n.visibility,
          v.version, v.state, v.shasums_filename as "shasumsFilename", v.package_document as "packageDocument",
          pp.id as "platformId", pp.filename, pp.sha256, o.backend, o.revision
   from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) with ordinality
     as asked (namespace, type, core, os, arch, position)
   left join namespaces n on n.name = asked.namespace
   left join providers p on p.hostname = 'self' and p.namespace = n.name and p.type = asked.type
   left join provider_versions v on v.provider_id = p.id and v.core = asked.core
   left join provider_platforms pp on pp.provider_version_id = v.id and pp.os = asked.os and pp.arch = asked.arch
   left join stored_objects o on o.id = pp.object_id
   order by asked.position`,
)

export type AskedDownload = ProviderAddress & { core: string; os: string; arch: string }

/** One query for all of them, in their order. */
export const findDownloads = (db: Db, asked: AskedDownload[]) =>
  findDownloadTargets(
    db,
    (['namespace', 'type', 'core', 'os', 'arch'] as const).map((part) => asked.map((each) => each[part])),
  )
