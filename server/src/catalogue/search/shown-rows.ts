/**
 * What is shown of hits, as it lies in memory until somebody tells that it changed: much the same is found again and again.
 * Of a thing and not of a caller: whether they may see it is asked each time.
 */
import type { App } from '../../foundation/app.ts'
import { describeKept, keepInMemory } from '../../foundation/database/kept.ts'
import { askTogether } from '../../foundation/database/together.ts'
import { catalogueTopic } from '../topic.ts'
import { type Item, readShown, type ShownRow } from './page-queries.ts'
import { ownHostname } from './readable.ts'

/** In their order; undefined is what is not there any more. */
export type ShownRows = (items: Item[]) => Promise<(ShownRow | undefined)[]>

type Kept = { row: ShownRow | undefined; readAt: number }

const maxBytes = 8 * 1024 * 1024
/** Counts of downloads change without anybody being told. */
const keptMs = 60_000

export function shownRows({ db, changes, metrics, clock }: App): ShownRows {
  const kept = keepInMemory<Kept>({
    maxBytes,
    sizeOf: ({ row }) => 600 + 2 * (row ? row.description.length + row.namespace.length + row.name.length : 0),
  })
  const ask = askTogether((items: Item[]) => readShown(db, items))
  changes.onChange((topic) => {
    const isChanged = changedBy(topic)
    if (isChanged) kept.dropWhere((_, { row }) => row === undefined || isChanged(row))
  })
  changes.onReset(() => kept.clear())
  describeKept(metrics, 'search_rows', kept)

  function rowOf(item: Item, now: number): Kept | Promise<Kept> {
    const key = `${item.kind} ${item.id}`
    const before = kept.peek(key)
    if (before && now - before.readAt < keptMs) return before
    // Dropped only when it is old: what is on its way already is for all who wait.
    if (before) kept.drop(key)
    return kept.get(key, async () => ({ readAt: clock(), row: await ask(item) }))
  }

  return async (items) => {
    // While nobody can tell what changed, nothing that is kept is to be trusted.
    if (changes.staleForMs() > 0) return readShown(db, items)
    const now = clock()
    const found = items.map((item) => rowOf(item, now))
    const rows = found.some((each) => each instanceof Promise) ? await Promise.all(found) : (found as Kept[])
    return rows.map(({ row }) => row)
  }
}

/** What a topic is about, among what is shown. */
function changedBy(topic: string): ((row: ShownRow) => boolean) | undefined {
  const [word, about] = [topic.slice(0, topic.indexOf(':')), topic.slice(topic.indexOf(':') + 1)]
  const isOwn = ({ hostname }: ShownRow) => hostname === ownHostname
  if (word === 'namespace') return (row) => isOwn(row) && row.namespace === about
  if (word === 'module' || word === 'provider')
    return (row) => isOwn(row) && row.kind === word && addressOf(row) === about
  return topic.startsWith(catalogueTopic('')) ? ({ hostname }) => hostname === about : undefined
}

const addressOf = ({ namespace, name, system }: ShownRow) =>
  system === null ? `${namespace}/${name}` : `${namespace}/${name}/${system}`
