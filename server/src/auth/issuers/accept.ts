/** Whom of ours an issuer means, and their session. Nobody is let in by an address that the issuer does not vouch for. */
import type { Asker } from '../../access/asker.ts'
import { system } from '../../access/caller.ts'
import { record } from '../../audit/record.ts'
import type { App } from '../../foundation/app.ts'
import { announce } from '../../foundation/database/changes.ts'
import { type Tx, transaction } from '../../foundation/database/database.ts'
import { replaceRoles } from '../../organizations/member-queries.ts'
import { findOrganizationId } from '../../organizations/queries.ts'
import { userTopic } from '../../organizations/user.ts'
import { insertUser, lockPlatform } from '../../organizations/user-queries.ts'
import type { SignedIn } from '../sessions.ts'
import { endedBy, type From, type NewSession, signIn } from '../sign-in.ts'
import { type GroupRoles, groupRoles, holdGroupRoles } from './group-membership.ts'
import { lockIdentityProvider } from './identity-provider-queries.ts'
import { findByEmail, findByIdentity, hasOtherSubject, type Known, keepIdentity } from './identity-queries.ts'
import type { Issuer } from './issuer.ts'
import type { Person } from './person.ts'
import {
  accountDisabled,
  accountMissing,
  emailMissing,
  emailUnverified,
  identityDiffers,
  signInOver,
} from './sign-in-refusals.ts'

/**
 * Who the issuer has vouched for before; else whose address it vouches for, unless it called its owner otherwise; else somebody new, where a group or the
 * settings let them in. Their groups count anew every time.
 * @throws forbidden
 */
export async function acceptPerson(app: App, trusted: Issuer, person: Person, from: From): Promise<NewSession> {
  const asker: Asker = { caller: system, address: from.address, requestId: from.requestId }
  const { session, topics } = await transaction(app.db, async (tx) => {
    await lockPlatform(tx)
    const issuer = await asItIsNow(tx, trusted)
    const wanted = await groupRoles(app, tx, issuer, person.groups)
    const user = await userBehind(app, tx, issuer, person, wanted, asker)
    const topics = (await holdGroupRoles(tx, issuer, user, wanted, asker)) ? [userTopic(user.id)] : []
    await announce(tx, ...topics)
    return { session: await signIn(tx, app, user, issuer.name, from), topics }
  })
  app.changes.apply([...topics, ...endedBy(from)])
  return session
}

/**
 * Whoever takes an issuer away while somebody comes back from it ends their session, too, or comes before it; so does
 * whoever takes away what its groups hold.
 */
async function asItIsNow(tx: Tx, issuer: Issuer): Promise<Issuer> {
  if (issuer.source === 'settings') return issuer
  const row = await lockIdentityProvider(tx, issuer.name)
  if (!row?.enabled || row.issuerUrl !== issuer.issuerUrl) throw signInOver()
  return { ...issuer, groupMappings: row.groupMappings }
}

async function userBehind(
  app: App,
  tx: Tx,
  issuer: Issuer,
  person: Person,
  wanted: GroupRoles,
  asker: Asker,
): Promise<SignedIn> {
  const { issuerUrl } = issuer
  const { subject, email = '' } = person
  const known = await findByIdentity(tx, issuerUrl, subject)
  const user = known ?? (await byAddress(app, tx, issuer, person, wanted, asker))
  if (user.isDisabled) throw accountDisabled(user.email)
  await keepIdentity(tx, { issuer: issuerUrl, subject, userId: user.id, email, now: new Date(app.clock()) })
  return user
}

async function byAddress(
  app: App,
  tx: Tx,
  issuer: Issuer,
  { subject, email, isVerified, displayName }: Person,
  wanted: GroupRoles,
  asker: Asker,
): Promise<Known> {
  if (email === undefined) throw emailMissing(issuer)
  if (!isVerified) throw emailUnverified(issuer, email)
  const owner = await findByEmail(tx, email)
  if (owner?.isDisabled) throw accountDisabled(email)
  if (owner && (await hasOtherSubject(tx, owner.id, issuer.issuerUrl, subject))) throw identityDiffers(issuer, email)
  const holdsRole = wanted.some(({ roles }) => roles.length > 0)
  const { allow_public_signup } = app.config.multi_tenancy
  if (!owner && !holdsRole && !allow_public_signup) throw accountMissing(email)
  const user = owner ?? (await newUser(tx, issuer, { email, displayName }, asker))
  if (!owner && !holdsRole) await makeViewer(app, tx, user, asker)
  await record(tx, { kind: 'identity.linked', by: asker, subject: email, details: { issuer: issuer.name, subject } })
  return user
}

async function newUser(
  tx: Tx,
  { name }: Issuer,
  { email, displayName }: { email: string; displayName: string },
  asker: Asker,
): Promise<Known> {
  const id = await insertUser(tx, { email, displayName, passwordHash: null, createdBy: `issuer ${name}` })
  await record(tx, { kind: 'user.created', by: asker, subject: email, details: { issuer: name } })
  return { id, email, isDisabled: false }
}

/** Once: what an administrator takes away later stays away. */
async function makeViewer(app: App, tx: Tx, user: SignedIn, asker: Asker): Promise<void> {
  const { default_organization } = app.config.multi_tenancy
  await replaceRoles(tx, (await findOrganizationId(tx, default_organization))!, user.id, ['viewer'], 'manual')
  await record(tx, {
    kind: 'member.changed',
    by: asker,
    subject: user.email,
    organization: default_organization,
    details: { place: default_organization, before: [], after: ['viewer'] },
  })
}
