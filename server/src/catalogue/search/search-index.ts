/**
 * The search index of this process: read from PostgreSQL in the background, then kept in step with every change that it
 * is told of. A large part that stays as it is, and a small one with what changed since, which is made anew each time.
 */
import type { App } from '../../foundation/app.ts'
import { catalogueTopic } from '../topic.ts'
import { gathered } from './gathered.ts'
import { isNews, type News, readNews } from './news.ts'
import { readEverything, segmentOf } from './reading.ts'
import { databaseTime, readForeignRowsSince, readHostVisibility } from './row-queries.ts'
import { type SearchRow, type Segment, setRights, sizeOfSegment, takeAway } from './segment.ts'
import { type ShownRows, shownRows } from './shown-rows.ts'

export type SearchIndex = {
  /** What there is to search, with all that this process was told of; waits for the first reading. */
  segments(): Promise<Segment[]>
  rows: ShownRows
}

type Parts = {
  large: Segment
  small: Segment
  smallRows: Map<string, SearchRow>
  /** by the clock of PostgreSQL; what was written before is in it */
  readAt: Date
}

/** The small part is made anew with every change: it has to stay small, and then everything is read again. */
const maxSmallRows = 500
/** Not at once: starting is busy enough. */
const firstReadingMs = 1_000
const gatherMs = 50
/** An import tells of each of its batches, and is followed for a sixth of the time at most. */
const imports = { afterMs: 500, pauses: 5 }
/** A transaction that ends now may have begun so much earlier. */
const longestBatchMs = 10_000
/** Counts of downloads change without anybody being told. */
const readAgainMs = 60 * 60 * 1_000

export function openSearchIndex(app: App): SearchIndex {
  const { db, changes } = app
  let parts: Parts | undefined
  /** Whatever was read before the last reset is not to be trusted. */
  let resets = 0
  let reading: Promise<void> | undefined
  let following: Promise<void> | undefined
  const inTurn = oneAfterAnother()
  const pending = new Set<string>()
  const whileReading = new Set<string>()
  const hosts = new Set<string>()
  const readSoon = gathered(app, readAll, { afterMs: firstReadingMs })
  const followSoon = gathered(app, follow, { afterMs: gatherMs })
  const followImportsSoon = gathered(app, followImports, imports)

  function readAll(): Promise<void> {
    reading ??= readUntilTrusted().finally(() => {
      reading = undefined
    })
    return reading
  }

  async function readUntilTrusted() {
    for (;;) {
      const resetsBefore = resets
      whileReading.clear()
      const [readAt, large, small] = [await databaseTime(db), await readEverything(app), await segmentOf([])]
      if (resets !== resetsBefore) continue
      parts = { large, small, smallRows: new Map(), readAt }
      for (const topic of whileReading) changed(topic)
      return
    }
  }

  function follow(): Promise<void> {
    following ??= inTurn(followPending).finally(() => {
      following = undefined
    })
    return following
  }

  async function followPending() {
    while (parts && pending.size > 0) {
      const topics = [...pending]
      pending.clear()
      try {
        await take(await readNews(db, topics))
      } catch (error) {
        for (const topic of topics) pending.add(topic)
        throw error
      }
    }
  }

  /** What is published here goes on to be followed while everything is read again. */
  async function followImports() {
    if ((await inTurn(takeImports)) === 'too many') await readAll()
  }

  async function takeImports(): Promise<'taken' | 'too many'> {
    if (!parts) return 'taken'
    const target = parts
    const now = await databaseTime(db)
    const since = new Date(target.readAt.getTime() - longestBatchMs)
    const rows = [
      ...(await readForeignRowsSince(db, 'module', since, maxSmallRows)),
      ...(await readForeignRowsSince(db, 'provider', since, maxSmallRows)),
    ]
    if (rows.length >= maxSmallRows) return 'too many'
    const rights = []
    for (const hostname of hosts) {
      // Told of again from here on, it is read again.
      hosts.delete(hostname)
      rights.push({ hostname, ofNamespace: await readHostVisibility(db, hostname) })
    }
    await take({ rows, rights })
    target.readAt = now
    return 'taken'
  }

  async function take({ rows, rights }: News) {
    if (!parts) return
    const target = parts
    for (const { hostname, ofNamespace } of rights) {
      for (const segment of [target.large, target.small]) setRights(segment, hostname, ofNamespace)
      for (const row of target.smallRows.values())
        if (row.hostname === hostname) Object.assign(row, ofNamespace(row.namespace.toLowerCase()))
    }
    if (rows.length === 0) return
    const smallRows = new Map(target.smallRows)
    for (const row of rows) smallRows.set(`${row.kind} ${row.id}`, row)
    const small = await segmentOf([...smallRows.values()])
    for (const { kind, id } of rows) takeAway(target.large, kind, id)
    Object.assign(target, { small, smallRows })
    if (smallRows.size > maxSmallRows) readSoon()
  }

  function changed(topic: string) {
    if (topic.startsWith(catalogueTopic(''))) {
      hosts.add(topic.slice(catalogueTopic('').length))
      followImportsSoon()
    } else if (isNews(topic)) {
      pending.add(topic)
      followSoon()
    }
  }

  changes.onChange((topic) => {
    if (reading) whileReading.add(topic)
    if (parts) changed(topic)
  })
  changes.onReset(() => {
    resets += 1
    if (parts) readSoon()
    parts = undefined
  })
  readSoon()
  setInterval(readSoon, readAgainMs).unref()
  describe(app, () => (parts ? [parts.large, parts.small] : []))

  async function segments(): Promise<Segment[]> {
    while (!parts) await readAll()
    if (following || pending.size > 0) await follow()
    return parts ? [parts.large, parts.small] : segments()
  }
  return { segments, rows: shownRows(app) }
}

function describe({ metrics }: App, segments: () => Segment[]): void {
  const sumOf = (of: (segment: Segment) => number) => segments().reduce((sum, segment) => sum + of(segment), 0)
  metrics.gauge('cadastre_search_entries', 'Modules and providers that the search knows.', () =>
    sumOf(({ size }) => size),
  )
  metrics.gauge('cadastre_search_bytes', 'Bytes kept in memory: the search index.', () => sumOf(sizeOfSegment))
}

function oneAfterAnother() {
  let last: Promise<unknown> = Promise.resolve()
  return <Result>(work: () => Promise<Result>): Promise<Result> => {
    const turn = last.then(work, work)
    last = turn.catch(() => {})
    return turn
  }
}
