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
  /** `password`, `disabled`, `unknown`; of issuers the code of the refusal */
  why: string
  /** who was to vouch for them, unless it was a password */
  issuer?: string
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
      const key = keyOf(refused)
      const known = noted.get(key)
      if (!known) noted.set(key, { ...refused, count: 1, dueAt: app.clock() })
      else if (known.count === 0) noted.set(key, { ...refused, count: 1, dueAt: known.dueAt })
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
          noted.delete(keyOf(each))
          continue
        }
        const { account, why, issuer, count, address, requestId } = each
        noted.set(keyOf(each), { ...each, count: 0, dueAt: app.clock() + everyMs })
        await transaction(app.db, (tx) =>
          record(tx, {
            kind: 'sign_in.refused',
            by: { caller: anonymous, address, requestId },
            subject: account === '' ? 'an unknown account' : account,
            details: { why, count, ...(issuer && { issuer }) },
            outcome: 'refused',
          }),
        )
      }
    },
  }
}

const keyOf = ({ account, issuer }: RefusedSignIn) => (issuer === undefined ? account : `${account} by ${issuer}`)
