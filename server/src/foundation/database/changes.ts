/**
 * What other processes changed. A change is announced inside its transaction; NOTIFY is the hint that makes it quick,
 * the `changes` table the truth that a process reads when it was out of reach.
 */
import { sql } from 'kysely'
import pg from 'pg'
import type { Log } from '../log.ts'
import type { Db, Tx } from './database.ts'

declare module './database.ts' {
  interface Tables {
    changes: { topic: string }
  }
}

export type Changes = {
  /** Called with each topic, from this process and from others. */
  onChange(listener: (topic: string) => void): void
  /** Called when nobody can tell what changed: everything kept in memory has to go. */
  onReset(listener: () => void): void
  /** Tells this process at once what it has just committed; the others hear it by NOTIFY. */
  apply(topics: string[]): void
  /** Milliseconds since PostgreSQL was last heard of; 0 while the connection is well. */
  staleForMs(): number
  /** Waits until PostgreSQL was heard of for the first time, but no longer than this. */
  heard(withinMs: number): Promise<void>
  close(): Promise<void>
}

const channel = 'cadastre_changes'
const heartbeatMs = 5_000
const heartbeatTimeoutMs = 5_000
const retryMs = 500
/** How long rows of `changes` are kept, and so how long a process may be away before it has to forget everything. */
export const changesKeptMs = 60 * 60 * 1000

/** Writes the change into the transaction that makes it. */
export async function announce(tx: Tx, ...topics: string[]): Promise<void> {
  await sql`/*n:announceChange*/ with change as (insert into changes (topic) select unnest(${topics}::text[]) returning topic)
    select pg_notify(${channel}, topic) from change`.execute(tx)
}

export async function forgetOldChanges(db: Db): Promise<void> {
  await sql`delete from changes where occurred_at < now() - ${changesKeptMs} * interval '1 millisecond'`.execute(db)
}

/** Connects in the background and stays connected until `close`; the caller never waits for PostgreSQL. */
export function listenForChanges(login: pg.ClientConfig, log: Log): Changes {
  const changed: ((topic: string) => void)[] = []
  const reset: (() => void)[] = []
  const apply = (topics: string[]) => {
    for (const topic of topics) for (const listener of changed) listener(topic)
  }
  let heardAt = performance.now()
  let connected = false
  let closed = false
  // Every transaction below `horizon` had ended, and its notification had come, when the connection was last well.
  // A notification may trail its commit a little, so a horizon counts only one heartbeat after it was read.
  let horizon: bigint | undefined
  let nextHorizon: bigint | undefined
  let client: pg.Client | undefined
  let wake: (() => void) | undefined
  let hear = () => {}
  const heardOnce = new Promise<void>((resolve) => {
    hear = resolve
  })

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      timer.unref()
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  async function stayConnected() {
    while (!closed) {
      try {
        await listenUntilLost()
      } catch (error) {
        if (closed) return
        if (connected) log.warn({ error: (error as Error).message }, 'lost the connection that tells of changes')
        connected = false
      }
      await client?.end().catch(() => {})
      if (!closed) await pause(retryMs)
    }
  }

  async function listenUntilLost() {
    const own = new pg.Client({
      ...login,
      application_name: 'cadastre-changes',
      connectionTimeoutMillis: heartbeatTimeoutMs,
      query_timeout: heartbeatTimeoutMs,
    })
    client = own
    const lost = new Promise<never>((_, refuse) => {
      own.on('error', refuse)
      own.on('end', () => refuse(new Error('the connection ended')))
    })
    lost.catch(() => own === client && wake?.())
    own.on('notification', ({ payload }) => payload && apply([payload]))
    // The promise of a client that is closed while it connects never settles.
    await Promise.race([own.connect(), lost])
    await own.query(`listen ${channel}`)
    await catchUp(own)
    connected = true
    heardAt = performance.now()
    hear()
    while (!closed) {
      await pause(heartbeatMs)
      if (closed) return
      const read = await currentHorizon(own)
      horizon = nextHorizon
      nextHorizon = read
      heardAt = performance.now()
    }
  }

  async function catchUp(listening: pg.Client) {
    const now = await currentHorizon(listening)
    const awayMs = performance.now() - heardAt
    if (horizon === undefined || awayMs > changesKeptMs || now < horizon) forgetEverything()
    else {
      const missed = await listening.query<{ topic: string }>(
        'select distinct topic from changes where xid >= $1::text::xid8',
        [String(horizon)],
      )
      apply(missed.rows.map((row) => row.topic))
    }
    horizon = now
    nextHorizon = now
  }

  function forgetEverything() {
    for (const listener of reset) listener()
  }

  const running = stayConnected()
  return {
    onChange: (listener) => changed.push(listener),
    onReset: (listener) => reset.push(listener),
    apply,
    staleForMs: () => (connected ? 0 : performance.now() - heardAt),
    async heard(withinMs) {
      let giveUp: NodeJS.Timeout | undefined
      const waited = new Promise<void>((resolve) => {
        giveUp = setTimeout(resolve, withinMs)
      })
      await Promise.race([heardOnce, waited]).finally(() => clearTimeout(giveUp))
    },
    async close() {
      closed = true
      wake?.()
      await client?.end().catch(() => {})
      await running
    },
  }
}

async function currentHorizon(client: pg.Client): Promise<bigint> {
  const answer = await client.query<{ horizon: string }>(
    'select pg_snapshot_xmin(pg_current_snapshot())::text as horizon',
  )
  return BigInt(answer.rows[0]!.horizon)
}
