/** What a source says beside versions and platforms, field by field against the catalogue; what it does not say is not compared. */
import { sql } from 'kysely'
import type { Db } from '../foundation/database/database.ts'
import type { SourceItem } from '../upstream/source.ts'

type Said = Pick<
  SourceItem,
  'description' | 'sourceUrl' | 'downloads' | 'popularity' | 'verified' | 'archived' | 'forkOf'
>
type SaidOfVersion = { tag: string; publishedAt: string | null; downloads: number }

const fields = ['description', 'sourceUrl', 'downloads', 'popularity', 'verified', 'archived', 'forkOf'] as const

/** @returns a sentence for each field that differs */
export async function saidDifferences(db: Db, hostname: string, item: SourceItem): Promise<string[]> {
  const here = await findSaid(db, hostname, item)
  // That it is not there is told of elsewhere.
  if (!here) return []
  const versions = new Map(here.versions.map((version) => [version.tag, version]))
  return [
    ...fields.filter((field) => item[field] !== undefined && item[field] !== here[field]).map(differs),
    ...item.versions.flatMap(({ tag, publishedAt, downloads }) => {
      const version = versions.get(tag)
      if (!version) return []
      const date = version.publishedAt === null ? undefined : new Date(version.publishedAt).getTime()
      const isOther =
        (publishedAt !== undefined && publishedAt.getTime() !== date) ||
        (downloads !== undefined && downloads !== version.downloads)
      return isOther ? [differs(`date or downloads of ${tag}`)] : []
    }),
  ]
}

const differs = (what: string) => `has another ${what} than the catalogue`

async function findSaid(db: Db, hostname: string, item: SourceItem) {
  const isModule = item.kind === 'module'
  const versions = isModule
    ? sql`select json_agg(json_build_object('tag', tag, 'publishedAt', published_at, 'downloads', downloads))
        from module_versions where module_id = item.id`
    : sql`select json_agg(json_build_object('tag', tag, 'publishedAt', published_at, 'downloads', downloads))
        from provider_versions where provider_id = item.id`
  const isIt = isModule ? sql`item.name = ${item.name} and item.system = ${item.system}` : sql`item.type = ${item.type}`
  const found = await sql<Required<Said> & { versions: SaidOfVersion[] }>`
    select description, source_url as "sourceUrl", downloads::float8 as downloads, popularity::float8 as popularity,
           verified, archived, fork_of as "forkOf", coalesce((${versions}), '[]'::json) as versions
    from ${sql.table(isModule ? 'modules' : 'providers')} as item
    where hostname = ${hostname} and namespace = ${item.namespace} and ${isIt} and gone_at is null`.execute(db)
  return found.rows[0]
}
