/** What is shown of the hits of a page: one query, by primary key. */
import type { Visibility } from '../../access/permit.ts'
import { type Db, namedStatement } from '../../foundation/database/database.ts'
import { catalogueOrganization } from '../../upstream/catalogued-rights.ts'
import type { Kind, Origin } from './segment.ts'

export type ShownRow = {
  kind: Kind
  id: number
  hostname: string
  namespace: string
  name: string
  system: string | null
  organizationId: string
  visibility: Visibility
  description: string
  version: string | null
  downloads: number
  popularity: number | null
  origin: Origin
  verified: boolean
  archived: boolean
}

/** @param parameter with the ids @param ofKind what modules and providers call differently */
const itemsOf = (kind: Kind, parameter: string, ofKind: { name: string; system: string }) => `
  select '${kind}' as kind, item.id::float8 as id, item.hostname, item.namespace, ${ofKind.name} as name, ${ofKind.system} as system,
         coalesce(own.organization_id::text, '${catalogueOrganization}') as "organizationId",
         coalesce(own.visibility, catalogued.visibility, source.visibility, 'internal') as visibility,
         item.description, item.downloads::float8 as downloads, item.popularity::float8 as popularity, item.origin,
         item.verified, item.archived,
         coalesce((${newestVersion(kind, 'and listed and not prerelease')}), (${newestVersion(kind, '')})) as version
  from unnest(${parameter}::bigint[]) as asked (id)
  join ${kind}s as item on item.id = asked.id
  left join namespaces as own on own.id = item.namespace_id
  left join catalogue_sources as source on source.hostname = item.hostname
  left join catalogue_namespaces as catalogued
    on catalogued.hostname = item.hostname and catalogued.namespace = lower(item.namespace)`

const newestVersion = (kind: Kind, which: string) => `
  select version from ${kind}_versions where ${kind}_id = item.id and state in ('active', 'deprecated') ${which}
  order by precedence desc limit 1`

const shownRows = namedStatement<ShownRow>(
  'searchPage',
  `${itemsOf('module', '$1', { name: 'item.name', system: 'item.system' })}
   union all
   ${itemsOf('provider', '$2', { name: 'item.type', system: 'null' })}`,
)

export type Item = { kind: Kind; id: number }

/** In their order; undefined is what is not there any more. */
export async function readShown(db: Db, items: Item[]): Promise<(ShownRow | undefined)[]> {
  const ids = (['module', 'provider'] as const).map((wanted) =>
    items.filter(({ kind }) => kind === wanted).map(({ id }) => id),
  )
  const rows = await shownRows(
    db,
    ids.map((each) => filledUp(each)),
  )
  const found = new Map(rows.map((row) => [keyOf(row), row]))
  return items.map((item) => found.get(keyOf(item)))
}

const keyOf = ({ kind, id }: Item) => `${kind} ${id}`

// PostgreSQL expects ten elements of an array that it does not know. With fewer it takes planning anew, which costs four
// times what the query does, for a gain, and never keeps the plan.
const expectedRows = 10

export const filledUp = <Value>(values: Value[]): (Value | null)[] => [
  ...values,
  ...Array<null>(Math.max(0, expectedRows - values.length)).fill(null),
]
