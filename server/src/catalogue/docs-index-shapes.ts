/**
 * Modules and providers in the shapes of OpenTofu's docs API (https://api.opentofu.org), as far as the catalogue knows what
 * those say. What it does not know is 0, null or not there. Pure.
 */
import type { IndexedItem } from './docs-index-queries.ts'
import type { ShownRow } from './search/page-queries.ts'
import type { ShownHit } from './search/search.ts'

/** `namespace/type`, or `namespace/name/system`: there are no host names in these shapes. */
export const addressOf = ({ namespace, name, system }: Pick<ShownRow, 'namespace' | 'name' | 'system'>) =>
  [namespace, name, ...(system ? [system] : [])].join('/')

export function indexedShape({ namespace, name, system, ...item }: IndexedItem) {
  const { description, popularity, versions, forkOf, warnings } = item
  return {
    addr: {
      display: addressOf({ namespace, name, system }),
      namespace,
      name,
      ...(system === '' ? {} : { target: system }),
    },
    description,
    popularity: popularity ?? 0,
    fork_count: 0,
    ...(forkOf === '' ? {} : { fork_of_link: forkOf }),
    versions,
    is_blocked: false,
    ...(warnings.length > 0 ? { warnings } : {}),
  }
}

/** @param terms how many words were looked for: a hit has them all */
export function foundShape({ row, updatedAt }: ShownHit, place: number, terms: number) {
  const { kind, namespace, name, system, version, description } = row
  const shownVersion = versionText(version)
  return {
    id: `${kind}s/${addressOf(row)}`,
    type: kind,
    addr: addressOf(row),
    title: name,
    description,
    version: shownVersion,
    last_updated: updatedAt === null ? null : new Date(updatedAt).toISOString(),
    link_variables: {
      namespace,
      name,
      ...(system ? { target_system: system } : {}),
      version: shownVersion,
    },
    popularity: row.popularity ?? 0,
    rank: place + 1,
    term_match_count: String(terms),
  }
}

export const topShape = ({ row }: ShownHit) => ({
  addr: addressOf(row),
  version: versionText(row.version),
  popularity: row.popularity ?? 0,
})

/** A version nobody knows is empty. */
const versionText = (version: string | null) => (version === null ? '' : `v${version}`)
