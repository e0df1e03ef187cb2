/** A catalogue in the database of a test, written by SQL: the small one of this folder, or what a test makes up. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestRegistry } from '../registry.ts'

export type GivenItem = {
  /** `namespace/type`, or `namespace/name/system` */
  address: string
  versions?: string[]
  description?: string
  downloads?: number
  popularity?: number
  archived?: boolean
  deprecated?: boolean
  verified?: boolean
  forkOf?: string
}

export const catalogueFolder = dirname(fileURLToPath(import.meta.url))

/** The entries of the small catalogue, with what is known of them. */
export function smallCatalogue(): GivenItem[] {
  const known: Record<string, Omit<GivenItem, 'address'>> = JSON.parse(
    readFileSync(join(catalogueFolder, 'known.json'), 'utf8'),
  )
  return ['providers', 'modules'].flatMap((kind) =>
    readdirSync(join(catalogueFolder, kind), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const file = join(entry.parentPath, entry.name)
        const address = addressOfPath(relative(catalogueFolder, file))
        const { versions } = JSON.parse(readFileSync(file, 'utf8')) as { versions: { version: string }[] }
        return { address, versions: versions.map(({ version }) => version), ...known[address] }
      }),
  )
}

/** `modules/a/acme/vpc/aws.json` is `acme/vpc/aws`; a few files of the real registry lie one folder too deep. */
export const addressOfPath = (path: string): string => {
  const parts = path.replace(/\.json$/, '').split('/')
  return parts.slice(parts[0] === 'modules' ? -3 : -2).join('/')
}

/** Writes them as catalogued from `hostname`, whose namespaces are internal unless said otherwise. */
export async function givenCatalogue(
  registry: TestRegistry,
  items: GivenItem[],
  { hostname = 'registry.opentofu.org', visibility = 'internal' } = {},
): Promise<void> {
  await registry.sql(
    `insert into catalogue_sources (hostname, kind, address, visibility) values ($1, 'opentofu-folder', 'test', $2)
     on conflict (hostname) do update set visibility = excluded.visibility`,
    [hostname, visibility],
  )
  const rows = items.map(({ address, forkOf = '', ...item }) => {
    const [namespace, name, system = null] = address.split('/')
    return { versions: ['1.0.0'], ...item, namespace, name, system, fork_of: forkOf }
  })
  for (const [kind, name, of] of [
    ['module', 'name, system', rows.filter(({ system }) => system !== null)],
    ['provider', 'type', rows.filter(({ system }) => system === null)],
  ] as const)
    await registry.sql(
      `with item as (
         select * from jsonb_to_recordset($1) as x (namespace text, name text, type text, system text, description text,
           downloads bigint, popularity bigint, archived boolean, deprecated boolean, verified boolean, fork_of text, versions text[])
       ), inserted as (
         insert into ${kind}s (hostname, origin, namespace, ${name}, description, downloads, popularity, archived, verified, fork_of)
         select $2, 'catalogued', namespace, ${name.replace('type', 'name')}, coalesce(description, ''), coalesce(downloads, 0), popularity,
                coalesce(archived, false), coalesce(verified, false), fork_of
         from item on conflict do nothing returning id, namespace, ${name}
       )
       insert into ${kind}_versions (${kind}_id, origin, version, core, precedence, tag, state, published_at)
       select inserted.id, 'catalogued', version, version || '#' || place, lpad((1000 - place)::text, 5, '0'), version,
              case when item.deprecated then 'deprecated' else 'active' end, null
       from inserted join item on item.namespace = inserted.namespace and
         ${kind === 'module' ? 'item.name = inserted.name and item.system = inserted.system' : 'item.name = inserted.type'},
         unnest(item.versions) with ordinality as v (version, place)`,
      [JSON.stringify(of), hostname],
    )
  // As an import tells of each of its batches.
  await registry.sql(
    `with change as (insert into changes (topic) values ('catalogue:' || $1::text) returning topic)
     select pg_notify('cadastre_changes', topic) from change`,
    [hostname],
  )
}
