/** Publishing a module version, as named steps. Every door comes here: CLI, multipart upload, raw upload, seeding. */
import { named } from '@cadastre/contract/module-files'
import { type SourceFields, saidSource } from '@cadastre/contract/version-source'
import type { Asker } from '../access/asker.ts'
import type { Caller } from '../access/caller.ts'
import { record } from '../audit/record.ts'
import { confirmRights } from '../auth/confirm.ts'
import type { App } from '../foundation/app.ts'
import { announce } from '../foundation/database/changes.ts'
import { type Db, type Tx, transaction } from '../foundation/database/database.ts'
import { parseVersion, precedenceKey, type Version } from '../foundation/semver.ts'
import { storeObject } from '../foundation/storage/objects.ts'
import { namespaceToPublishIn } from '../organizations/namespaces.ts'
import { type CheckedArchive, checkedArchive } from './archive-check.ts'
import { refreshVersionsDocument } from './documents.ts'
import { type Measured, measure, stepComplaint, stepTooSmall, stillMeasured } from './interface-diff/measure.ts'
import { inspect } from './knowledge/inspect.ts'
import type { Inspected } from './knowledge/inspected.ts'
import { learnModule } from './knowledge/learn.ts'
import { unreadWarnings } from './knowledge/unread.ts'
import { asWritten, insertKnowledge } from './knowledge/write-queries.ts'
import {
  buildMetadataTwin,
  type ModuleAddress,
  moduleText,
  moduleTopic,
  publishedModule,
  versionExists,
} from './module.ts'
import { findVersion, type ModuleVersionRow } from './queries.ts'
import { archiveKey } from './stored-archives.ts'
import { insertVersion, lockModule, refreshDescription, refuseOtherSpelling } from './write-queries.ts'

export type ModuleUpload = {
  namespace: string
  name: string
  system: string
  version: string
  description: string
  /** where the code comes from; the first who publishes a version says it for good */
  from: SourceFields
  /** path of the received archive; the caller of `publishModule` removes it */
  file: string
}

export type ModuleUploadAddress = Omit<ModuleUpload, 'file' | 'description' | 'from'>

export type Published = {
  outcome: 'published' | 'already-published' | 'would-publish'
  address: ModuleAddress
  version: ModuleVersionRow
  warnings: string[]
}

/**
 * @throws Refusal when the caller may not, the archive is not safe, or the version exists with other bytes; then nothing
 * is left behind: no row, and bytes only until the next sweep
 */
export async function publishModule(app: App, asker: Asker, upload: ModuleUpload): Promise<Published> {
  const { address, version, namespaceId } = await permittedUpload(app, asker.caller, upload)
  const archive = await checkedArchive(app, upload.file)
  try {
    const judged = await judge(app, address, version, archive)
    if ('outcome' in judged) return judged
    const { known } = judged
    const { objectId } = await storeObject(app, archiveKey(archive.sha256), archive.path, archive)
    const written = asWritten(known)
    const published = await transaction(app.db, async (tx) => {
      await confirmRights(tx, asker.caller, 'modules:write', address.namespace, app.clock())
      const moduleId = await lockModule(tx, address, namespaceId)
      const sameVersion = await findVersion(tx, address, version.core)
      if (sameVersion) return alreadyPublished(address, version, sameVersion, archive)
      const measured = await stillMeasured(tx, address, version, known, judged.measured)
      const warnings = await judgeStep(app, tx, address, version, measured)
      const versionId = await insertVersion(tx, {
        moduleId,
        version,
        precedence: precedenceKey(version),
        from: upload.from,
        objectId,
        ...columnsOf(upload, archive, asker.caller, measured),
      })
      await insertKnowledge(tx, versionId, written)
      await learnModule(tx, moduleId)
      await refreshDescription(tx, moduleId)
      await refreshVersionsDocument(tx, address, moduleId)
      await record(tx, {
        kind: 'module.published',
        by: asker,
        subject: `${moduleText(address)} ${version.text}`,
        namespace: address.namespace,
        details: { sha256: archive.sha256, sizeBytes: archive.sizeBytes, ...saidSource(upload.from) },
      })
      await announce(tx, moduleTopic(address))
      const row = (await findVersion(tx, address, version.core))!
      return {
        outcome: 'published' as const,
        address,
        version: row,
        warnings: [...secretWarnings(address, version, archive), ...unreadWarnings(known), ...warnings],
      }
    })
    app.changes.apply([moduleTopic(address)])
    return published
  } finally {
    await archive.remove()
  }
}

/**
 * What publishing it would answer now: the same checks on the way, and nothing kept of it.
 * @throws Refusal as publishing would
 */
export async function tryModule(app: App, caller: Caller, upload: ModuleUpload): Promise<Published> {
  const { address, version } = await permittedUpload(app, caller, upload)
  const archive = await checkedArchive(app, upload.file)
  try {
    const judged = await judge(app, address, version, archive)
    if ('outcome' in judged) return judged
    await refuseOtherSpelling(app.db, address)
    const row: ModuleVersionRow = {
      ...{ id: '', objectId: null, version: version.text, core: version.core, state: 'active', downloads: 0 },
      ...upload.from,
      ...columnsOf(upload, archive, caller, judged.measured),
      publishedAt: new Date(app.clock()),
    }
    const { known, warnings } = judged
    const all = [...secretWarnings(address, version, archive), ...unreadWarnings(known), ...warnings]
    return { outcome: 'would-publish', address, version: row, warnings: all }
  } finally {
    await archive.remove()
  }
}

type Judged = { known: Inspected; measured: Measured; warnings: string[] }

/**
 * What is asked of the bytes before anything of them is kept.
 * @returns what was published before, when these are its bytes
 * @throws Refusal when the version exists with other bytes, or its number says too little
 */
async function judge(
  app: App,
  address: ModuleAddress,
  version: Version,
  archive: CheckedArchive,
): Promise<Judged | Published> {
  const existing = await findVersion(app.db, address, version.core)
  if (existing) return alreadyPublished(address, version, existing, archive)
  const known = await inspect(app, archive.path, { ...address, version: version.text })
  const measured = await measure(app.db, address, version, known)
  return { known, measured, warnings: await judgeStep(app, app.db, address, version, measured) }
}

const columnsOf = (
  { description }: ModuleUpload,
  { sha256, contentSha256, sizeBytes }: CheckedArchive,
  by: Caller,
  { step, predecessor }: Measured,
) => ({
  ...{ description, sha256, contentSha256, sizeBytes },
  publishedBy: by.name,
  measuredStep: step,
  measuredFrom: step && predecessor ? predecessor.version : null,
})

/** Everything that can be refused without looking at the bytes; doors ask this before they receive them. */
export async function permittedUpload(app: App, caller: Caller, upload: ModuleUploadAddress) {
  const address = publishedModule(upload)
  const version = parseVersion(upload.version)
  const namespace = await namespaceToPublishIn(app, caller, 'modules:write', address.namespace)
  return { address, version, namespaceId: namespace.id }
}

/**
 * @returns what to warn of
 * @throws Refusal when the version changes more than its number says, and that is not allowed here
 */
async function judgeStep(app: App, db: Db | Tx, address: ModuleAddress, version: Version, measured: Measured) {
  const { semver_check } = app.config.publish
  if (semver_check === 'off') return []
  const complaint = await stepComplaint(db, address, version, measured)
  if (!complaint) return []
  if (!complaint.isCertain) return [complaint.text]
  if (semver_check === 'block') throw stepTooSmall(complaint)
  return [`${complaint.text} ${complaint.advice}`]
}

/** What an archive holds that others should not have: of folders it stays out. */
function secretWarnings(address: ModuleAddress, version: Version, archive: CheckedArchive): string[] {
  const { stateFiles, settingsFiles } = archive
  const module = moduleText(address)
  const remedy = `Versions never change: delete this one with cadastre module delete ${module} ${version.text}, and publish the next without it.`
  const warnings: string[] = []
  if (stateFiles.length > 0)
    warnings.push(
      `${module} ${version.text} holds state, in which secrets stand in the clear: ${named(stateFiles)}. ${remedy}`,
    )
  if (settingsFiles.length > 0)
    warnings.push(
      `${module} ${version.text} holds ${named(settingsFiles)}: whoever may read the module has the token that stands there, if one does. Revoke that. ${remedy}`,
    )
  return warnings
}

/** Same bytes again is a repeat and says so; anything else would change a published version. */
function alreadyPublished(
  address: ModuleAddress,
  wanted: Version,
  existing: ModuleVersionRow,
  archive: CheckedArchive,
): Published {
  if (existing.version !== wanted.text) throw buildMetadataTwin(address, wanted, existing.version)
  if (existing.contentSha256 !== archive.contentSha256 || existing.state === 'deleted')
    throw versionExists(address, wanted)
  return { outcome: 'already-published', address, version: existing, warnings: [] }
}
