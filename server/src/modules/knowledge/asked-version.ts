/** Which version of which module is asked for, and whether the caller may see it: the top of every door to what is known. */
import type { Caller } from '../../access/caller.ts'
import { may, permit } from '../../access/permit.ts'
import type { App } from '../../foundation/app.ts'
import { findNamespace } from '../../organizations/queries.ts'
import { type ModuleAddress, requestedModule, requestedVersion, versionGone, versionNotFound } from '../module.ts'
import type { VersionState } from '../tables.ts'

export type AskedVersion = { address: ModuleAddress; version: string; core: string; seesDeleted: boolean }

type VersionPath = { namespace: string; name: string; system: string; version: string }

/** @throws Refusal: what the caller may not read is not there */
export async function askedVersion(app: App, caller: Caller, path: VersionPath): Promise<AskedVersion> {
  const address = requestedModule(path)
  const namespace = await findNamespace(app.db, address.namespace)
  permit(caller, 'modules:read', namespace)
  const { core } = requestedVersion(path.version, address)
  return { address, version: path.version, core, seesDeleted: may(caller, 'admin', namespace) }
}

/** @throws not-found, also for what is deleted unless the caller may restore it */
export function seen<Row extends { state: VersionState }>(asked: AskedVersion, found: Row | undefined): Row {
  if (!found || (found.state === 'deleted' && !asked.seesDeleted)) throw versionNotFound(asked.address, asked.version)
  return found
}

/** What is revoked is not given out any more, neither whole nor in parts. @throws gone, as its archive says */
export function givenOut<Row extends { state: VersionState }>(asked: AskedVersion, found: Row | undefined): Row {
  const archive = seen(asked, found)
  if (archive.state === 'revoked' && !asked.seesDeleted) throw versionGone(asked.address, asked.version)
  return archive
}
