/** What the index has to read again for the topics of changes that it was told of. */
import type { Db } from '../../foundation/database/database.ts'
import { type OwnAddress, readNamespaceRights, readOwnRows, readRowsById } from './row-queries.ts'
import type { Kind, Rights, SearchRow } from './segment.ts'

/** Who may see the namespaces of a host from now on; undefined: as before. */
export type NewRights = { hostname: string; ofNamespace: (name: string) => Rights | undefined }

export type News = { rows: SearchRow[]; rights: NewRights[] }

/** Of this registry's own things, and of what is learnt; `catalogue:` topics are another matter. */
export const isNews = (topic: string): boolean => /^(module|provider|namespace|search):/.test(topic)

export async function readNews(db: Db, topics: string[]): Promise<News> {
  const about = (word: string) =>
    topics.filter((topic) => topic.startsWith(`${word}:`)).map((topic) => topic.slice(word.length + 1))
  const learntOf = (kind: Kind) =>
    about('search').flatMap((of) => (of.startsWith(`${kind}:`) ? [Number(of.slice(kind.length + 1))] : []))
  const rights = await readNamespaceRights(db, about('namespace'))
  const rows = [
    await readOwnRows(db, 'module', about('module').map(ownAddress)),
    await readRowsById(db, 'module', learntOf('module')),
    await readOwnRows(db, 'provider', about('provider').map(ownAddress)),
    await readRowsById(db, 'provider', learntOf('provider')),
  ]
  return { rows: rows.flat(), rights: [{ hostname: 'self', ofNamespace: (name) => rights.get(name) }] }
}

function ownAddress(text: string): OwnAddress {
  const [namespace = '', name = '', system = ''] = text.split('/')
  return { namespace, name, system }
}
