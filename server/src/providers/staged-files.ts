/** Files of a provider version that wait until all of them are there: each is checked when it comes, together they go live. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { noSource, type SourceFields } from '@cadastre/contract/version-source'
import type { Caller } from '../access/caller.ts'
import { confirmRights } from '../auth/confirm.ts'
import type { App } from '../foundation/app.ts'
import { type Db, transaction } from '../foundation/database/database.ts'
import type { ReceivedFile, SizeLimit } from '../foundation/http/receive.ts'
import { parseVersion, type Version } from '../foundation/semver.ts'
import { storeObject } from '../foundation/storage/objects.ts'
import { namespaceToPublishIn } from '../organizations/namespaces.ts'
import { readManifest } from './manifest.ts'
import { binarySignature } from './openpgp.ts'
import { buildMetadataTwin, type ProviderAddress, publishedProvider, versionExists, versionTaken } from './provider.ts'
import { findSums, findVersion } from './queries.ts'
import {
  manifestFileName,
  readShaSums,
  shaSumsFileName,
  signatureFileName,
  sumsOfVersion,
  zipOfVersion,
} from './shasums.ts'
import {
  deleteStagedFiles,
  deleteStagedFilesBefore,
  findStagedFile,
  insertStagedFile,
  type NewStagedFile,
  renewStagedFile,
  type StagedFileRow,
  waitingBytes,
} from './staged-file-queries.ts'
import { fileDiffers, fileNameUnexpected, fileTooLarge, tooMuchWaiting } from './staged-file-refusals.ts'
import { zipKey } from './stored-zips.ts'
import { checkedZip } from './zip-check.ts'

/** An upload that nobody finishes is forgotten after this time. */
const forgottenAfterHours = 24
const smallFileBytes = 256 * 1024

export type PermittedVersion = { address: ProviderAddress; version: Version; namespaceId: string }

/** Everything that can be refused without looking at the bytes; doors ask this before they receive them. */
export async function permittedVersion(
  app: App,
  caller: Caller,
  wanted: { namespace: string; type: string; version: string },
): Promise<PermittedVersion> {
  const address = publishedProvider(wanted)
  const version = parseVersion(wanted.version)
  const namespace = await namespaceToPublishIn(app, caller, 'providers:write', address.namespace)
  return { address, version, namespaceId: namespace.id }
}

export const stagedVersion = ({ address, version, namespaceId }: PermittedVersion) => ({
  namespaceId,
  type: address.type,
  core: version.core,
})

/** @throws invalid: a version is made of its zips, SHA256SUMS, the signature of it, and a manifest, under these names */
export function checkFileName({ address, version }: PermittedVersion, filename: string): 'zip' | 'small' {
  const names = { type: address.type, version: version.text }
  if (zipOfVersion(filename, names)) return 'zip'
  const small = [shaSumsFileName(names), signatureFileName(names), manifestFileName(names)]
  if (small.includes(filename)) return 'small'
  throw fileNameUnexpected(filename, small[0]!)
}

/** How large a file of that kind may be. */
export function sizeLimit(app: App, kind: 'zip' | 'small'): SizeLimit {
  const maxBytes = kind === 'zip' ? app.config.publish.max_provider_bytes : smallFileBytes
  return { maxBytes, tooLarge: () => fileTooLarge(kind, maxBytes) }
}

/**
 * Checks a file that was received and keeps it for its version. The same file again is no work.
 * @param options.replaces whether other bytes may take the place of those that came before under this name
 * @param options.from where the code comes from, when it is said with the file
 */
export async function stageFile(
  app: App,
  caller: Caller,
  wanted: PermittedVersion,
  filename: string,
  received: ReceivedFile,
  { replaces, from = noSource }: { replaces: boolean; from?: SourceFields },
): Promise<StagedFileRow> {
  const source = from.source === '' ? null : from
  const [staged, kind] = [stagedVersion(wanted), checkFileName(wanted, filename)]
  await refuseChangeOfPublished(app.db, wanted, filename, received)
  const before = await findStagedFile(app.db, staged, filename)
  if (before && before.sha256 !== received.sha256 && !replaces)
    throw fileDiffers(wanted.address, wanted.version, filename)
  const again = before && (await renewStagedFile(app.db, staged, { filename, sha256: received.sha256, source }))
  if (again) return again
  if (kind === 'zip') await refuseTooMuchWaiting(app, wanted, received)
  const file = await (kind === 'zip'
    ? storedZip(app, wanted, filename, received)
    : smallFile(wanted, filename, received))
  return transaction(app.db, async (tx) => {
    await confirmRights(tx, caller, 'providers:write', wanted.address.namespace, app.clock())
    const kept = await insertStagedFile(tx, staged, { ...file, source }, { stagedBy: caller.name, replaces })
    if (!kept) throw fileDiffers(wanted.address, wanted.version, filename)
    return kept
  })
}

/** What nobody publishes is forgotten after a day, and until then it fills the store. */
async function refuseTooMuchWaiting(app: App, { namespaceId, address }: PermittedVersion, { sizeBytes }: ReceivedFile) {
  const maxBytes = app.config.publish.max_waiting_bytes
  if ((await waitingBytes(app.db, namespaceId)) + sizeBytes > maxBytes)
    throw tooMuchWaiting(address.namespace, maxBytes)
}

type CheckedFile = Omit<NewStagedFile, 'source'>

async function storedZip(
  app: App,
  { address }: PermittedVersion,
  filename: string,
  { path, sha256, sizeBytes }: ReceivedFile,
): Promise<CheckedFile> {
  const { h1, h1Unpacked } = await checkedZip(app, path, address.type)
  const { objectId } = await storeObject(app, zipKey(sha256), path, { sha256, sizeBytes })
  return { filename, sha256, sizeBytes, content: null, objectId, h1, h1Unpacked }
}

async function smallFile(
  wanted: PermittedVersion,
  filename: string,
  { path, sha256, sizeBytes }: ReceivedFile,
): Promise<CheckedFile> {
  const content = await readFile(path)
  await refuseUnusable(wanted, filename, content)
  return { filename, sha256, sizeBytes, content, objectId: null, h1: '', h1Unpacked: '' }
}

/** What can be said of a file without the others is said when it comes. */
async function refuseUnusable({ address, version }: PermittedVersion, filename: string, content: Buffer) {
  const names = { type: address.type, version: version.text }
  if (filename === shaSumsFileName(names)) sumsOfVersion(readShaSums(content), names)
  else if (filename === signatureFileName(names)) await binarySignature(content)
  else readManifest(content)
}

/** Of a published version the same file may come again, and no other. */
async function refuseChangeOfPublished(
  db: Db,
  { address, version }: PermittedVersion,
  filename: string,
  { sha256 }: ReceivedFile,
): Promise<void> {
  const published = await findVersion(db, address, version.core)
  if (!published) return
  if (published.version !== version.text) throw buildMetadataTwin(address, version, published.version)
  if (published.state === 'deleted') throw versionTaken(address, version)
  const names = { type: address.type, version: version.text }
  // A signature of the same sums made anew has other bytes and says the same.
  if (filename === signatureFileName(names)) return
  const sums = (await findSums(db, address, version.core))?.shasums
  const signed = sums && (filename === shaSumsFileName(names) ? digestOf(sums) : namedDigest(sums, filename))
  if (sha256 !== signed) throw versionExists(address, version)
}

const digestOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

const namedDigest = (sums: Buffer, filename: string) =>
  readShaSums(sums).find((line) => line.filename === filename)?.sha256

/** @returns whether it was there */
export const removeStagedFile = async (app: App, wanted: PermittedVersion, filename: string): Promise<boolean> =>
  (await deleteStagedFiles(app.db, stagedVersion(wanted), filename)) > 0

export const forgetStagedFiles = (db: Db) => deleteStagedFilesBefore(db, forgottenAfterHours)
