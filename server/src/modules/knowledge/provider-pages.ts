/** Where the providers that a module needs have a page here, of those that the reader may see. */
import type { ProviderRequirement } from '@cadastre/contract/module-knowledge'
import { sql } from 'kysely'
import type { Caller } from '../../access/caller.ts'
import { may, type NamespaceRights, type Visibility } from '../../access/permit.ts'
import type { App } from '../../foundation/app.ts'
import type { Db } from '../../foundation/database/database.ts'
import { cataloguedRights } from '../../upstream/catalogued-rights.ts'
import { ownHostname } from '../queries.ts'

/** OpenTofu and Terraform each take their own where a source names none; the catalogue seldom has both. */
const publicHosts = ['registry.opentofu.org', 'registry.terraform.io']

type Candidate = { name: string; hostname: string; namespace: string; type: string }

/** @returns addresses below the registry, by local name */
export async function providerPages(
  app: App,
  caller: Caller,
  providers: ProviderRequirement[],
): Promise<Record<string, string>> {
  const { host } = new URL(app.config.server.base_url)
  const candidates = providers.flatMap((provider) => candidatesOf(provider, host))
  if (candidates.length === 0) return {}
  const found = await findProviders(app.db, candidates)
  const pages = new Map<string, string>()
  for (const { name, rights, page } of found)
    if (rights && !pages.has(name) && may(caller, 'providers:read', rights)) pages.set(name, page)
  // Somebody may call a provider `constructor`, which each object has.
  return Object.fromEntries(pages)
}

/** One without a source is taken for one of `hashicorp`, as clients do. */
function candidatesOf({ name, source }: ProviderRequirement, ownHost: string): Candidate[] {
  const parts = (source ?? `hashicorp/${name}`).toLowerCase().split('/')
  const [namespace = '', type = ''] = parts.slice(-2)
  if (parts.length === 2) return publicHosts.map((hostname) => ({ name, hostname, namespace, type }))
  if (parts.length !== 3) return []
  const hostname = parts[0] === ownHost ? ownHostname : parts[0]!
  return [{ name, hostname, namespace, type }]
}

type Found = { name: string; rights: NamespaceRights | undefined; page: string }

async function findProviders(db: Db, candidates: Candidate[]): Promise<Found[]> {
  const asked = candidates.map((candidate, place) => ({ ...candidate, place }))
  const { rows } = await sql<
    Candidate & { owner: string | null; own: Visibility | null; catalogued: Visibility | null }
  >`
    select asked.name, asked.hostname, asked.namespace, asked.type, own.organization_id as owner,
           own.visibility as own, coalesce(space.visibility, source.visibility) as catalogued
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked
      (place int, name text, hostname text, namespace text, type text)
    join providers as provider on provider.hostname = asked.hostname and provider.namespace = asked.namespace
      and provider.type = asked.type and provider.gone_at is null
    left join namespaces as own on own.id = provider.namespace_id
    left join catalogue_sources as source on source.hostname = provider.hostname
    left join catalogue_namespaces as space on space.hostname = source.hostname and space.namespace = provider.namespace
    where exists (select from provider_versions where provider_id = provider.id and state <> 'deleted')
    order by asked.place`.execute(db)
  return rows.map(({ name, hostname, namespace, type, owner, own, catalogued }) =>
    hostname === ownHostname
      ? {
          name,
          rights: owner && own ? { name: namespace, organizationId: owner, visibility: own } : undefined,
          page: `/providers/${namespace}/${type}`,
        }
      : {
          name,
          rights: cataloguedRights(hostname, namespace, catalogued),
          page: `/mirror/${hostname}/${namespace}/${type}`,
        },
  )
}
