/** What the protocols ask of the catalogue: an answer and the rights to it in one query, for many at once. */
import type { Visibility } from '../access/permit.ts'
import { type Db, namedStatement } from '../foundation/database/database.ts'
import type { PreparedDocument } from '../foundation/http/prepared.ts'
import { platformsOf } from '../providers/catalogued-platforms.ts'
import type { UpstreamAddress, UpstreamModule, UpstreamProvider } from './upstream-address.ts'
import { upstreamKey } from './upstream-documents.ts'

/** Before the parts of an address in `asked`: null when the registry is not in the catalogue. */
const visibility = 'coalesce(space.visibility, source.visibility) as visibility'
const sourceOf = `json_build_object('kind', source.kind, 'address', source.address) as source`
const rights = `left join catalogue_sources source on source.hostname = asked.hostname
   left join catalogue_namespaces space on space.hostname = source.hostname and space.namespace = asked.namespace`

// Small documents come in both forms; of a large one only the gzip is moved, which is 50 times smaller.
const readDocuments = namedStatement<{
  visibility: Visibility | null
  etag: string | null
  plain: Buffer | null
  gzip: Buffer | null
  plainBytes: number | null
}>(
  'readUpstreamDocuments',
  `select ${visibility}, d.etag, d.gzip, case when octet_length(d.plain) <= 4096 then d.plain end as plain,
          octet_length(d.plain) as "plainBytes"
   from unnest($1::text[], $2::text[], $3::text[]) with ordinality as asked (hostname, namespace, key, position)
   ${rights}
   left join documents d on d.key = asked.key and source.hostname is not null
   order by asked.position`,
)

export type FoundDocument = { visibility: Visibility | null; document: PreparedDocument | undefined }

/** In their order, whether they are there or not; so are the answers of the next two. */
export async function findVersionLists(db: Db, asked: UpstreamAddress[]): Promise<FoundDocument[]> {
  const keys = asked.map((address) => upstreamKey(address.hostname, address))
  const rows = await readDocuments(db, [...columnsOf(asked, ['hostname', 'namespace']), keys])
  return rows.map(({ visibility, etag, plain, gzip, plainBytes }) => ({
    visibility,
    document: etag === null ? undefined : { etag, plain, gzip, plainBytes: plainBytes ?? 0 },
  }))
}

/** Null from where on nothing was found. */
export type FoundModule = {
  visibility: Visibility | null
  source: { kind: string; address: string }
  namespace: string
  name: string
  system: string
  repository: string
  version: string | null
  tag: string
}

// Some registries know upper case, and clients send what people typed.
const readModules = namedStatement<FoundModule>(
  'findUpstreamModules',
  `select ${visibility}, ${sourceOf}, m.namespace, m.name, m.system, m.repository, v.version, v.tag
   from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) with ordinality
     as asked (hostname, namespace, name, system, core, position)
   ${rights}
   left join lateral (
     select id, namespace, name, system, repository from modules
     where hostname = source.hostname and hostname <> 'self' and lower(namespace) = asked.namespace
       and lower(name) = asked.name and system = asked.system and gone_at is null
     limit 1) m on true
   left join module_versions v on v.module_id = m.id and v.core = asked.core and v.listed
   order by asked.position`,
)

export const findModules = (db: Db, asked: (UpstreamModule & { core: string })[]) =>
  readModules(db, columnsOf(asked, ['hostname', 'namespace', 'name', 'system', 'core']))

/** Null from where on nothing was found. */
export type FoundPackage = {
  visibility: Visibility | null
  source: { kind: string; address: string }
  version: string | null
  protocols: string[]
  shasumsUrl: string
  shasumsSignatureUrl: string
  filename: string | null
  sha256: string
  downloadUrl: string
  keys: { key_id: string; ascii_armor: string }[] | null
  packages: Record<string, { hashes: string[]; package_size: number }>
  /** every platform of the version has what `packages` says of one; null: no platform is known */
  complete: boolean | null
}

const readPackages = namedStatement<FoundPackage>(
  'findUpstreamPackages',
  `select ${visibility}, ${sourceOf}, v.version, v.protocols, v.shasums_url as "shasumsUrl",
          v.shasums_signature_url as "shasumsSignatureUrl", every.filename, every.sha256, every."downloadUrl", keys.keys,
          every.packages, every.complete
   from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) with ordinality
     as asked (hostname, namespace, type, core, os, arch, position)
   ${rights}
   left join providers p on p.hostname = source.hostname and p.namespace = asked.namespace and p.type = asked.type
     and p.gone_at is null and p.hostname <> 'self'
   left join provider_versions v on v.provider_id = p.id and v.core = asked.core and v.listed
   left join lateral (
     select max(filename) filter (where os = asked.os and arch = asked.arch) as filename,
            max(sha256) filter (where os = asked.os and arch = asked.arch) as sha256,
            max(download_url) filter (where os = asked.os and arch = asked.arch) as "downloadUrl",
            bool_and(h1 <> '' and coalesce(size_bytes, 0) > 0) as complete,
            json_object_agg(os || '_' || arch, json_build_object(
              'hashes', json_build_array('zh:' || sha256, h1), 'package_size', size_bytes) order by position) as packages
     from ${platformsOf('v')} as platform) every on true
   left join lateral (
     select json_agg(json_build_object('key_id', key_id, 'ascii_armor', armored) order by type, position) as keys
     from catalogued_keys
     where hostname = p.hostname and namespace = p.namespace and type in ('', p.type)
       and every.filename is not null) keys on true
   order by asked.position`,
)

export type AskedPackage = UpstreamProvider & { core: string; os: string; arch: string }

export const findPackages = (db: Db, asked: AskedPackage[]) =>
  readPackages(db, columnsOf(asked, ['hostname', 'namespace', 'type', 'core', 'os', 'arch']))

const columnsOf = <Asked>(asked: Asked[], parts: (keyof Asked)[]) =>
  parts.map((part) => asked.map((each) => each[part]))
