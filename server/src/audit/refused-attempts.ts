/**
 * Keeps what was asked for and refused, where that is worth knowing later: who tried to publish what, or to change whose
 * rights. A door says what it is about to do; whatever refuses it from there on becomes a fact.
 */
import type { FactKind } from '@cadastre/contract/fact-kinds'
import type { FastifyRequest } from 'fastify'
import { asker } from '../access/asker.ts'
import type { Caller } from '../access/caller.ts'
import type { App } from '../foundation/app.ts'
import { boundedMap } from '../foundation/bounded-map.ts'
import { transaction } from '../foundation/database/database.ts'
import type { Api } from '../foundation/http/api.ts'
import { withoutControls } from '../foundation/one-line.ts'
import { type Reason, Refusal } from '../foundation/refusal.ts'
import { record } from './record.ts'

/** `kind` is what would have been true. */
export type Attempt = { kind: FactKind; subject: string; organization?: string; namespace?: string }

declare module 'fastify' {
  interface FastifyRequest {
    attempt: Attempt | undefined
  }
}

/** A pipeline that tries again for ever shall not fill the trail. */
const keptPerMinute = 20
const maxCallers = 10_000
const maxTextLength = 500

const keptReasons = new Set<Reason>(['invalid', 'forbidden', 'not-found', 'conflict', 'gone', 'too-large'])

export function keepRefusals(api: Api, app: App): void {
  const counts = boundedMap<{ kept: number }>(maxCallers, { ttl: 60_000, perf: { now: app.clock } })
  api.decorateRequest('attempt', undefined)

  api.addHook('onError', async (request: FastifyRequest, _reply, error) => {
    const { attempt, caller } = request
    if (!attempt || !(error instanceof Refusal) || !keptReasons.has(error.reason) || !changesThings(caller)) return
    if (!isKept(caller)) return
    await keep(request, attempt, error).catch((fault: Error) =>
      app.log.error({ requestId: request.id, error: fault.message }, 'a refusal could not be kept in the audit trail'),
    )
  })

  function isKept({ kind, id }: Caller): boolean {
    const count = counts.get(`${kind} ${id}`) ?? { kept: 0 }
    if (count.kept === 0) counts.set(`${kind} ${id}`, count)
    count.kept += 1
    if (count.kept === keptPerMinute + 1)
      app.log.warn(
        { caller: id },
        'more of a caller is refused than the audit trail keeps: the rest of this minute is not',
      )
    return count.kept <= keptPerMinute
  }

  /** After the work that was refused, whose transaction is gone. */
  const keep = (request: FastifyRequest, attempt: Attempt, { code, message }: Refusal) =>
    transaction(app.db, (tx) =>
      record(tx, {
        ...attempt,
        by: asker(request),
        subject: keepable(attempt.subject),
        namespace: attempt.namespace && keepable(attempt.namespace).toLowerCase(),
        details: { code, detail: keepable(message) },
        outcome: 'refused',
      }),
    )
}

/** Who may change nothing anywhere tries at random; and who is not known floods. */
const changesThings = (caller: Caller) =>
  caller.grants.some(({ scopes }) => scopes.some((scope) => scope === 'admin' || /:(?:write|manage)$/.test(scope)))

/** What was refused may hold anything. */
const keepable = (text: string) => withoutControls(text).slice(0, maxTextLength)
