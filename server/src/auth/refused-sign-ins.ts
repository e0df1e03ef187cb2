/**
 * Keeps what a refused sign-in leaves in the audit trail: one fact for an account and a minute, with a count. Written
 * later than the answer, so that nobody reads off the answer's time whether there is such an account.
 */
import { anonymous } from '../access/caller.ts'
import { record } from '../audit/record.ts'
import type { App } from '../foundation/app.ts'
import { transaction } from '../foundation/database/database.ts'

export type RefusedSignIn = {
  /** '' for all that do not exist: what was typed may be a password in the wrong field */
  account: string
  why: 'password' | 'disabled' | 'unknown'
  address: string
  requestId?: string
}

export type RefusedSignIns = {
  note(refused: RefusedSignIn): void
  /** One more that came too soon after others to be looked at. */
  again(account: string): void
  flush(): Promise<void>
}

type Noted = RefusedSignIn & { count: number; dueAt: number }

const everyMs = 60_000

export function noteRefusedSignIns(app: App): RefusedSignIns {
  const noted = new Map<string, Noted>()

  return {
    note(refused) {
      const known = noted.get(refused.account)
      if (!known) noted.set(refused.account, { ...refused, count: 1, dueAt: app.clock() })
      else if (known.count === 0) noted.set(refused.account, { ...refused, count: 1, dueAt: known.dueAt })
      else known.count += 1
    },
    again(account) {
      const known = noted.get(account) ?? noted.get('')
      if (known) known.count += 1
    },
    async flush() {
      const due = [...noted.values()].filter(({ dueAt }) => dueAt <= app.clock() || app.stopping())
      for (const each of due) {
        if (each.count === 0) {
          noted.delete(each.account)
          continue
        }
        const { account, why, count, address, requestId } = each
        noted.set(account, { ...each, count: 0, dueAt: app.clock() + everyMs })
        await transaction(app.db, (tx) =>
          record(tx, {
            kind: 'sign_in.refused',
            by: { caller: anonymous, address, requestId },
            subject: account === '' ? 'an unknown account' : account,
            details: { why, count },
            outcome: 'refused',
          }),
        )
      }
    },
  }
}
