/**
 * Which version of which module is asked for, or which folder in it, and whether the caller may see it: the top of every
 * door to what is known.
 */
import type { Diagnostic } from '@cadastre/contract/module-knowledge'
import type { Caller } from '../../access/caller.ts'
import { may, permit } from '../../access/permit.ts'
import type { App } from '../../foundation/app.ts'
import type { Db } from '../../foundation/database/database.ts'
import { findNamespace } from '../../organizations/queries.ts'
import { type ModuleAddress, requestedModule, requestedVersion, versionGone, versionNotFound } from '../module.ts'
import type { VersionState } from '../tables.ts'
import { folderNotFound } from './knowledge-refusals.ts'

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

type AskedPart = { caller: Caller; params: VersionPath; query: { folder: string } }

export type Part = {
  version: string
  state: VersionState
  inspection: 'waiting' | 'done' | 'failed'
  /** null: there is none of this path */
  folder: string | null
  diagnostics: Diagnostic[]
}

/**
 * One part of what is known of a folder.
 * @throws not-found when the version was read and has no such folder; while it was not, nobody can tell
 */
export async function askedPart<Found extends Part>(
  app: App,
  { caller, params, query: { folder } }: AskedPart,
  find: (db: Db, asked: AskedVersion, folder: string) => Promise<Found | undefined>,
): Promise<{ address: ModuleAddress; part: Found }> {
  const asked = await askedVersion(app, caller, params)
  const part = seen(asked, await find(app.db, asked, folder))
  if (part.folder === null && part.inspection === 'done') throw folderNotFound(asked.address, asked.version, folder)
  return { address: asked.address, part }
}
