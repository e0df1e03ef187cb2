/** Forgetting whom an issuer means by a subject: whoever proves the address next is let into the account. */
import type { Asker } from '../../access/asker.ts'
import { permitInOrganization } from '../../access/permit.ts'
import { record } from '../../audit/record.ts'
import type { App } from '../../foundation/app.ts'
import { announce } from '../../foundation/database/changes.ts'
import { type Tx, transaction } from '../../foundation/database/database.ts'
import { Refusal } from '../../foundation/refusal.ts'
import { userNotFound } from '../../organizations/user.ts'
import { findUser, lockPlatform } from '../../organizations/user-queries.ts'
import { refuseStronger } from '../../organizations/users.ts'
import { sessionTopic } from '../sessions.ts'
import { listIdentityProviderRows } from './identity-provider-queries.ts'
import { deleteIdentity, type IdentityRow, revokeSessionsBut } from './identity-queries.ts'
import { isSameIssuer } from './issuer-url.ts'
import { settingsIssuers } from './known-issuers.ts'

/** Whoever may change the person may. Keys and roles of theirs stay. */
export async function unlinkIdentity(app: App, asker: Asker, userId: string, id: string): Promise<IdentityRow> {
  permitInOrganization(asker.caller, 'users:write')
  const { unlinked, topics } = await transaction(app.db, async (tx) => {
    await lockPlatform(tx)
    const user = await findUser(tx, userId)
    if (!user) throw userNotFound(userId)
    refuseStronger(asker.caller, user)
    const unlinked = await deleteIdentity(tx, userId, id)
    if (!unlinked) throw identityNotFound(user.email)
    const { issuer, subject } = unlinked
    const sessions = await revokeSessionsBut(tx, userId, await otherWaysIn(app, tx, issuer), new Date(app.clock()))
    await record(tx, {
      kind: 'identity.unlinked',
      by: asker,
      subject: user.email,
      details: { issuer, subject, lostSessions: sessions.length },
    })
    const topics = sessions.map(sessionTopic)
    await announce(tx, ...topics)
    return { unlinked, topics }
  })
  app.changes.apply(topics)
  return unlinked
}

/** A session keeps the name of its issuer. One that no issuer has any more may have been the name of this one. */
async function otherWaysIn(app: App, tx: Tx, issuerUrl: string): Promise<string[]> {
  const issuers = [...settingsIssuers(app.config), ...(await listIdentityProviderRows(tx))]
  const others = issuers.filter((issuer) => !isSameIssuer(issuer.issuerUrl, issuerUrl))
  return ['password', 'setup', ...others.map(({ name }) => name)]
}

const identityNotFound = (email: string) =>
  new Refusal(
    'not-found',
    'identity-not-found',
    `No identity provider has this identity for ${email}.`,
    `See those that there are: cadastre admin users show ${email}`,
  )
