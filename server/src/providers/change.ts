/** What can happen to a published version, and to a provider as a whole: deprecated, deleted, and back. Its bytes never change. */
import type { FactKind } from '@cadastre/contract/fact-kinds'
import type { Asker } from '../access/asker.ts'
import { permit } from '../access/permit.ts'
import { record } from '../audit/record.ts'
import type { App } from '../foundation/app.ts'
import { announce } from '../foundation/database/changes.ts'
import { transaction } from '../foundation/database/database.ts'
import { Refusal } from '../foundation/refusal.ts'
import { findNamespace } from '../organizations/queries.ts'
import { refreshVersionsDocument } from './documents.ts'
import {
  type ProviderAddress,
  providerNotFound,
  providerText,
  providerTopic,
  requestedVersion,
  versionNotFound,
} from './provider.ts'
import { findProvider, lockVersion, type ProviderVersionRow } from './queries.ts'
import { lockProvider, refreshSource, setProviderDeprecation, setVersionState } from './write-queries.ts'

type NextState = { state: 'active' | 'deprecated' | 'deleted'; deprecation: string; kind: FactKind }

/** Still installs; whoever installs it reads the message. */
export async function deprecateVersion(
  app: App,
  asker: Asker,
  address: ProviderAddress,
  version: string,
  message: string,
) {
  permit(asker.caller, 'providers:write', await findNamespace(app.db, address.namespace))
  return changeVersion(app, asker, address, version, (row) => {
    if (row.state === 'deleted') throw notRestorable(address, row, 'it is deleted')
    return { state: 'deprecated', deprecation: message, kind: 'provider.deprecated' }
  })
}

/** Not listed and not downloadable from now on; restorable for 30 days. */
export async function deleteVersion(app: App, asker: Asker, address: ProviderAddress, version: string) {
  permit(asker.caller, 'admin', await findNamespace(app.db, address.namespace))
  return changeVersion(app, asker, address, version, () => ({
    state: 'deleted',
    deprecation: '',
    kind: 'provider.deleted',
  }))
}

/** Takes back a deprecation, or a deletion, which needs more rights. */
export async function restoreVersion(app: App, asker: Asker, address: ProviderAddress, version: string) {
  const namespace = await findNamespace(app.db, address.namespace)
  permit(asker.caller, 'providers:write', namespace)
  return changeVersion(app, asker, address, version, (row) => {
    if (row.state === 'deleted') permit(asker.caller, 'admin', namespace)
    if (row.state === 'deleted' && !row.hasZips)
      throw notRestorable(address, row, 'it is deleted for more than 30 days')
    return { state: 'active', deprecation: '', kind: 'provider.restored' }
  })
}

/** @param message said to whoever installs any version; none: no longer deprecated */
export async function deprecateProvider(app: App, asker: Asker, address: ProviderAddress, message: string) {
  const namespace = await findNamespace(app.db, address.namespace)
  permit(asker.caller, 'providers:write', namespace)
  const changed = await transaction(app.db, async (tx) => {
    if (!(await findProvider(tx, address))) throw providerNotFound(address)
    const { id, deprecation } = await lockProvider(tx, address, namespace.id)
    // Its last version may have been deleted while the row was held by others.
    if (!(await findProvider(tx, address))) throw providerNotFound(address)
    if (deprecation !== message) {
      await setProviderDeprecation(tx, id, message)
      await refreshVersionsDocument(tx, address, id)
      await recordChange(tx, asker, address, message === '' ? 'provider.restored' : 'provider.deprecated', {
        message,
      })
    }
    return (await findProvider(tx, address))!
  })
  app.changes.apply([providerTopic(address)])
  return changed
}

async function changeVersion(
  app: App,
  asker: Asker,
  address: ProviderAddress,
  versionText: string,
  decide: (row: ProviderVersionRow) => NextState,
): Promise<ProviderVersionRow> {
  const { core } = requestedVersion(versionText, address)
  const changed = await transaction(app.db, async (tx) => {
    const version = await lockVersion(tx, address, core)
    if (!version) throw versionNotFound(address, versionText)
    const { state, deprecation, kind } = decide(version)
    if (version.state === state && version.deprecation === deprecation) return version
    await setVersionState(tx, version.id, state, deprecation)
    await refreshSource(tx, version.providerId)
    await refreshVersionsDocument(tx, address, version.providerId)
    await recordChange(tx, asker, address, kind, deprecation ? { message: deprecation } : {}, version.version)
    return { ...version, state, deprecation }
  })
  app.changes.apply([providerTopic(address)])
  return changed
}

async function recordChange(
  tx: Parameters<typeof record>[0],
  asker: Asker,
  address: ProviderAddress,
  kind: FactKind,
  details: Record<string, unknown>,
  version?: string,
) {
  const subject = version ? `${providerText(address)} ${version}` : providerText(address)
  await record(tx, { kind, by: asker, subject, namespace: address.namespace, details })
  await announce(tx, providerTopic(address))
}

const notRestorable = (address: ProviderAddress, { version }: ProviderVersionRow, why: string) =>
  new Refusal(
    'conflict',
    'version-not-restorable',
    `Version ${version} of provider ${providerText(address)} cannot be changed so: ${why}.`,
  )
