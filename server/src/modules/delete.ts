/** Deleting a version, and taking that back. Its number stays taken: published bytes never change under a name. */
import type { Asker } from '../access/asker.ts'
import { permit } from '../access/permit.ts'
import { record } from '../audit/record.ts'
import type { App } from '../foundation/app.ts'
import { announce } from '../foundation/database/changes.ts'
import { transaction } from '../foundation/database/database.ts'
import { Refusal } from '../foundation/refusal.ts'
import { findNamespace } from '../organizations/queries.ts'
import { refreshVersionsDocument } from './documents.ts'
import { measureSuccessors } from './interface-diff/measure.ts'
import { learnModule } from './knowledge/learn.ts'
import { type ModuleAddress, moduleText, moduleTopic, requestedVersion, versionNotFound } from './module.ts'
import { findModuleId, lockVersion, type ModuleVersionRow } from './queries.ts'
import { refreshDescription, setVersionState } from './write-queries.ts'

/** Not listed and not downloadable from now on; restorable for 30 days. */
export const deleteVersion = (app: App, asker: Asker, address: ModuleAddress, version: string) =>
  changeState(app, asker, address, version, 'deleted')

export const restoreVersion = (app: App, asker: Asker, address: ModuleAddress, version: string) =>
  changeState(app, asker, address, version, 'active')

async function changeState(
  app: App,
  asker: Asker,
  address: ModuleAddress,
  versionText: string,
  state: 'active' | 'deleted',
): Promise<ModuleVersionRow> {
  permit(asker.caller, 'admin', await findNamespace(app.db, address.namespace))
  const { core } = requestedVersion(versionText, address)
  const changed = await transaction(app.db, async (tx) => {
    const moduleId = await findModuleId(tx, address)
    const version = await lockVersion(tx, address, core)
    if (!moduleId || !version) throw versionNotFound(address, versionText)
    if (version.state === state) return version
    if (state === 'active') refuseUnlessRestorable(version, address)
    await setVersionState(tx, version.id, state)
    await learnModule(tx, moduleId)
    await refreshDescription(tx, moduleId)
    await refreshVersionsDocument(tx, address, moduleId)
    await record(tx, {
      kind: state === 'deleted' ? 'module.deleted' : 'module.restored',
      by: asker,
      subject: `${moduleText(address)} ${version.version}`,
      namespace: address.namespace,
    })
    await announce(tx, moduleTopic(address))
    return { ...version, state }
  })
  app.changes.apply([moduleTopic(address)])
  // What follows it was measured against a version that is not there any more, or is again.
  await measureSuccessors(app.db, address, changed.id)
  return changed
}

function refuseUnlessRestorable(version: ModuleVersionRow, address: ModuleAddress): void {
  if (version.state === 'deleted' && version.objectId !== null) return
  throw new Refusal(
    'conflict',
    'version-not-restorable',
    `Version ${version.version} of ${moduleText(address)} cannot be restored: it is ${version.state === 'deleted' ? 'deleted for more than 30 days' : version.state}.`,
  )
}
