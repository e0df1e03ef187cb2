/** Adding, changing and removing identity providers while the registry runs: for administrators of the platform. */
import type { IdentityProviderChange, NewIdentityProvider } from '@cadastre/contract/identity-providers'
import type { Asker } from '../../access/asker.ts'
import { permitInOrganization } from '../../access/permit.ts'
import { record } from '../../audit/record.ts'
import type { App } from '../../foundation/app.ts'
import { announce } from '../../foundation/database/changes.ts'
import { type Tx, transaction } from '../../foundation/database/database.ts'
import { deleteRolesOf, hasAllPlatformAdmins } from '../../organizations/member-queries.ts'
import { findOrganizationId } from '../../organizations/queries.ts'
import { userTopic } from '../../organizations/user.ts'
import { lockPlatform } from '../../organizations/user-queries.ts'
import { sessionTopic } from '../sessions.ts'
import {
  countIdentities,
  deleteIdentities,
  deleteIdentityProviderRow,
  findIdentityProviderRow,
  type IdentityProviderRow,
  type IdentityProviderValues,
  insertIdentityProvider,
  listIdentityProviderRows,
  lockIdentityProvider,
  revokeSessionsOf,
  updateIdentityProvider,
} from './identity-provider-queries.ts'
import { type GroupMapping, usualScopes } from './issuer.ts'
import {
  administratorsThrough,
  identityProviderNotFound,
  issuerHasPeople,
  issuerMissing,
  issuerReadOnly,
  mappingOrganizationUnknown,
} from './issuer-refusals.ts'
import { entraIssuerUrl, isSameIssuer, refuseManyTenants } from './issuer-url.ts'
import { settingsIssuers } from './known-issuers.ts'
import { sealClientSecret } from './row-issuers.ts'

export async function createIdentityProvider(
  app: App,
  asker: Asker,
  { clientSecret, tenant, issuerUrl, ...wanted }: NewIdentityProvider,
): Promise<IdentityProviderRow> {
  permitInOrganization(asker.caller, 'admin')
  const provider: IdentityProviderValues = {
    ...wanted,
    scopes: wanted.scopes ?? [...usualScopes[wanted.kind]],
    issuerUrl: issuerOf({ kind: wanted.kind, tenant, issuerUrl }),
    sealedSecret: clientSecret === undefined ? null : sealClientSecret(app, wanted.name, clientSecret),
  }
  refuseManyTenants(provider.kind, provider.issuerUrl)
  return transaction(app.db, async (tx) => {
    await refuseUnknownOrganizations(tx, provider.groupMappings)
    await insertIdentityProvider(tx, { ...provider, createdBy: asker.caller.name })
    await record(tx, {
      kind: 'identity_provider.created',
      by: asker,
      subject: provider.name,
      details: withoutSecret(provider),
    })
    return (await findIdentityProviderRow(tx, provider.name))!
  })
}

/** Its kind and its name stay. Switched off, it takes along the sessions that began with it. */
export async function changeIdentityProvider(
  app: App,
  asker: Asker,
  name: string,
  { clientSecret, ...change }: IdentityProviderChange,
): Promise<IdentityProviderRow> {
  permitInOrganization(asker.caller, 'admin')
  const { changed, topics } = await transaction(app.db, async (tx) => {
    const before = await lockedProvider(app, tx, name)
    const after: IdentityProviderRow = { ...before, ...change }
    refuseManyTenants(after.kind, after.issuerUrl)
    if (after.issuerUrl !== before.issuerUrl) {
      await refuseWithPeople(tx, before)
      // It was given for the other one, and whoever is the issuer is told it.
      after.sealedSecret = null
    }
    if (clientSecret !== undefined)
      after.sealedSecret = clientSecret === null ? null : sealClientSecret(app, name, clientSecret)
    if (change.groupMappings) await refuseUnknownOrganizations(tx, change.groupMappings)
    await updateIdentityProvider(tx, after)
    const sessions = after.enabled ? [] : await revokeSessionsOf(tx, name, new Date(app.clock()))
    await record(tx, {
      kind: 'identity_provider.changed',
      by: asker,
      subject: name,
      details: {
        ...differences(before, after),
        ...(clientSecret !== undefined && { newSecret: clientSecret !== null }),
      },
    })
    const topics = sessions.map(sessionTopic)
    await announce(tx, ...topics)
    return { changed: (await findIdentityProviderRow(tx, name))!, topics }
  })
  app.changes.apply(topics)
  return changed
}

/** The accounts stay; the roles that it gave, its sessions, and what it calls people go with it. */
export async function deleteIdentityProvider(app: App, asker: Asker, name: string): Promise<IdentityProviderRow> {
  permitInOrganization(asker.caller, 'admin')
  const { deleted, topics } = await transaction(app.db, async (tx) => {
    await lockPlatform(tx)
    const provider = await lockedProvider(app, tx, name)
    const source = `issuer:${name}`
    if (await hasAllPlatformAdmins(tx, source)) throw administratorsThrough(name)
    const people = await deleteRolesOf(tx, source)
    const sessions = await revokeSessionsOf(tx, name, new Date(app.clock()))
    await deleteIdentityProviderRow(tx, name)
    if (!(await isNamedElsewhere(app, tx, provider))) await deleteIdentities(tx, provider.issuerUrl)
    await record(tx, {
      kind: 'identity_provider.deleted',
      by: asker,
      subject: name,
      details: { ...withoutSecret(provider), lostRoles: people.length, lostSessions: sessions.length },
    })
    const topics = [...people.map(userTopic), ...sessions.map(sessionTopic)]
    await announce(tx, ...topics)
    return { deleted: provider, topics }
  })
  app.changes.apply(topics)
  return deleted
}

async function lockedProvider(app: App, tx: Tx, name: string): Promise<IdentityProviderRow> {
  const found = await lockIdentityProvider(tx, name)
  if (found) return found
  throw settingsIssuers(app.config).some((issuer) => issuer.name === name)
    ? issuerReadOnly(name)
    : identityProviderNotFound(name)
}

function issuerOf({ kind, tenant, issuerUrl }: Pick<NewIdentityProvider, 'kind' | 'tenant' | 'issuerUrl'>): string {
  if ((tenant === undefined) === (issuerUrl === undefined) || (tenant && kind !== 'entra')) throw issuerMissing()
  return issuerUrl ?? entraIssuerUrl(tenant!)
}

async function refuseUnknownOrganizations(tx: Tx, mappings: GroupMapping[]): Promise<void> {
  for (const name of new Set(mappings.map(({ organization }) => organization))) {
    if (name !== 'platform' && !(await findOrganizationId(tx, name))) throw mappingOrganizationUnknown(name)
  }
}

async function refuseWithPeople(tx: Tx, { name, issuerUrl }: IdentityProviderRow): Promise<void> {
  const people = await countIdentities(tx, issuerUrl)
  if (people > 0) throw issuerHasPeople(name, people)
}

/** Whether another issuer, of the settings or a row, means the same people by the same words. */
async function isNamedElsewhere(app: App, tx: Tx, { issuerUrl }: IdentityProviderRow): Promise<boolean> {
  const others = [...settingsIssuers(app.config), ...(await listIdentityProviderRows(tx))]
  return others.some((other) => isSameIssuer(other.issuerUrl, issuerUrl))
}

/** What the audit trail may remember of it. */
const withoutSecret = (provider: IdentityProviderValues) => ({
  kind: provider.kind,
  displayName: provider.displayName,
  issuerUrl: provider.issuerUrl,
  clientId: provider.clientId,
  hasSecret: provider.sealedSecret !== null,
  scopes: provider.scopes,
  groupClaim: provider.groupClaim,
  groupMappings: provider.groupMappings,
  enabled: provider.enabled,
})

function differences(before: IdentityProviderRow, after: IdentityProviderRow) {
  const [old, now] = [withoutSecret(before), withoutSecret(after)]
  const changed = (Object.keys(old) as (keyof typeof old)[]).filter(
    (field) => JSON.stringify(old[field]) !== JSON.stringify(now[field]),
  )
  const of = (values: typeof old) => Object.fromEntries(changed.map((field) => [field, values[field]]))
  return { before: of(old), after: of(now) }
}
