/**
 * The set-up link: whoever can read what the server prints, or runs a command beside it, makes an administrator of the
 * platform with it, once and within the hour. Nobody else can, and nobody needs a key for it.
 */
import type { Asker } from '../access/asker.ts'
import { system } from '../access/caller.ts'
import { record } from '../audit/record.ts'
import type { App } from '../foundation/app.ts'
import type { Config } from '../foundation/config/settings.ts'
import { type Db, transaction } from '../foundation/database/database.ts'
import { hashPassword } from '../foundation/passwords.ts'
import { Refusal } from '../foundation/refusal.ts'
import { makePlatformAdmin } from '../organizations/platform-admin.ts'
import { userTopic } from '../organizations/user.ts'
import { hasUsers, lockPlatform } from '../organizations/user-queries.ts'
import { listIssuers } from './issuers/known-issuers.ts'
import { forgetAll, giveOnce, lookAt, takeOnce } from './one-time.ts'
import { createSession } from './sessions.ts'
import type { From } from './sign-in.ts'

/** `first` is good while there is nobody; `reset` whoever there is. */
export type Purpose = 'first' | 'reset'

const livesMs = 60 * 60_000

/** At every start: a new link, and the end of the one before. @returns undefined when somebody can sign in, or a token was agreed on */
export async function offerSetup(app: App): Promise<string | undefined> {
  if (app.config.auth.bootstrap_token !== undefined || (await hasUsers(app.db))) return undefined
  return makeLink(app.db, app.config, 'first', app.clock())
}

export const resetLink = (db: Db, config: Config): Promise<string> => makeLink(db, config, 'reset', Date.now())

async function makeLink(db: Db, config: Config, purpose: Purpose, now: number): Promise<string> {
  const token = await transaction(db, async (tx) => {
    await lockPlatform(tx)
    await forgetAll(tx, 'setup')
    await record(tx, { kind: 'setup_link.created', by: system, subject: purpose })
    return giveOnce(tx, 'setup', { purpose }, { now, livesMs })
  })
  return `${config.server.base_url.replace(/\/+$/, '')}/setup?token=${token}`
}

export type WaysIn = { password: boolean; issuer: boolean }

/** What a link is good for, without using it up. @throws gone */
export async function openSetup(app: App, token: string): Promise<{ purpose: Purpose; ways: WaysIn }> {
  const content = (await lookAt(app.db, 'setup', token, app.clock())) as { purpose: Purpose } | undefined
  if (!content || (content.purpose === 'first' && (await hasUsers(app.db)))) throw linkOver()
  const { local } = app.config.auth
  const knowsIssuer = (await listIssuers(app)).length > 0
  return { purpose: content.purpose, ways: { password: local.enabled, issuer: knowsIssuer || !local.enabled } }
}

/**
 * @param wanted.password null binds an address: who proves at an issuer to own it is the administrator
 * @returns the token for the cookie, unless they are to sign in elsewhere
 * @throws gone
 */
export async function finishSetup(
  app: App,
  token: string,
  wanted: { email: string; displayName: string; password: string | null },
  from: From,
): Promise<{ token: string; expiresAt: Date } | undefined> {
  const { purpose } = await openSetup(app, token)
  const passwordHash = wanted.password === null ? null : await hashPassword(wanted.password)
  const asker: Asker = { caller: system, address: from.address, requestId: from.requestId }
  const { user, session } = await transaction(app.db, async (tx) => {
    await lockPlatform(tx)
    // Looked at again: of two that come at once the second waits here.
    if (!(await takeOnce(tx, 'setup', token, app.clock()))) throw linkOver()
    if (purpose === 'first' && (await hasUsers(tx))) throw linkOver()
    const user = await makePlatformAdmin(tx, asker, { ...wanted, passwordHash })
    const signsIn = passwordHash !== null || purpose === 'reset'
    return { user, session: signsIn ? await createSession(tx, app, user, { issuer: 'setup', ...from }) : undefined }
  })
  app.changes.apply([userTopic(user.id)])
  return session
}

export const linkOver = () =>
  new Refusal(
    'gone',
    'setup-link-over',
    'This link was used, is older than an hour, or a newer one has taken its place.',
    'While nobody can sign in, every start of the registry prints a new one; otherwise cadastre admin reset does, where it runs.',
  )
