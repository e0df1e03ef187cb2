/**
 * Publishing a provider version from the files that have arrived, as named steps. Nothing of it can be installed before
 * every zip is named by SHA256SUMS and hashes to it, and a key of the namespace has signed that.
 */
import { noSource, type SourceFields, saidSource } from '@cadastre/contract/version-source'
import type { Asker } from '../access/asker.ts'
import { record } from '../audit/record.ts'
import { confirmRights } from '../auth/confirm.ts'
import type { App } from '../foundation/app.ts'
import { announce } from '../foundation/database/changes.ts'
import { type Db, type Tx, transaction } from '../foundation/database/database.ts'
import { packageDocumentOf, refreshVersionsDocument } from './documents.ts'
import { readManifest } from './manifest.ts'
import { binarySignature, type KnownKey, verifySignature } from './openpgp.ts'
import { buildMetadataTwin, providerText, providerTopic, versionExists, versionTaken } from './provider.ts'
import {
  keyLost,
  shaSumsMissing,
  signatureMissing,
  stagedChanged,
  zipDiffers,
  zipsMissing,
} from './publish-refusals.ts'
import { findSums, findVersion, type PlatformRow, type ProviderVersionRow } from './queries.ts'
import {
  manifestFileName,
  readShaSums,
  type SumsOfVersion,
  shaSumsFileName,
  signatureFileName,
  sumsOfVersion,
} from './shasums.ts'
import { holdSigningKey, listSigningKeys } from './signing-key-queries.ts'
import { expiryWarnings } from './signing-keys.ts'
import { deleteStagedFiles, listStagedFiles, lockStagedFiles, type StagedFileRow } from './staged-file-queries.ts'
import { type PermittedVersion, stagedVersion } from './staged-files.ts'
import { insertPlatforms, insertVersion, lockProvider, refreshSource } from './write-queries.ts'

export type Published = {
  outcome: 'published' | 'already-published'
  version: ProviderVersionRow
  warnings: string[]
}

/** A version of which everything is there and fits together. */
type CheckedVersion = {
  protocols: string[]
  shasums: Buffer
  shasumsFilename: string
  signature: Buffer
  key: KnownKey
  platforms: (Omit<PlatformRow, 'downloads'> & { objectId: string })[]
  staged: StagedFileRow[]
}

/**
 * @param from where the code comes from; unless it is said now, it is what was said with the files
 * @throws Refusal naming what is missing or does not fit; what has arrived is kept, so that the rest can follow
 */
export async function publishProvider(
  app: App,
  asker: Asker,
  wanted: PermittedVersion,
  from: SourceFields,
): Promise<Published> {
  const { address, version, namespaceId } = wanted
  const staged = await listStagedFiles(app.db, stagedVersion(wanted))
  const existing = await findVersion(app.db, address, version.core)
  if (existing) return alreadyPublished(app.db, wanted, existing, staged)
  const checked = await checkedVersion(app, wanted, staged)
  const said = from.source === '' ? saidWithFiles(staged) : from

  const published = await transaction(app.db, async (tx): Promise<Published> => {
    await confirmRights(tx, asker.caller, 'providers:write', address.namespace, app.clock())
    const { id: providerId } = await lockProvider(tx, address, namespaceId)
    const sameVersion = await findVersion(tx, address, version.core)
    if (sameVersion) return alreadyPublished(tx, wanted, sameVersion, staged)
    await holdWhatWasChecked(tx, wanted, checked)
    const versionId = await insertVersion(tx, {
      ...checked,
      providerId,
      version,
      packageDocument: packageDocumentOf(checked),
      from: said,
      publishedBy: asker.caller.name,
    })
    await insertPlatforms(tx, versionId, checked.platforms)
    await deleteStagedFiles(tx, stagedVersion(wanted))
    await refreshSource(tx, providerId)
    await refreshVersionsDocument(tx, address, providerId)
    await record(tx, {
      kind: 'provider.published',
      by: asker,
      subject: `${providerText(address)} ${version.text}`,
      namespace: address.namespace,
      details: {
        platforms: checked.platforms.map(({ os, arch }) => `${os}_${arch}`),
        key: checked.key.fingerprint,
        ...saidSource(said),
      },
    })
    await announce(tx, providerTopic(address))
    const row = (await findVersion(tx, address, version.core))!
    return { outcome: 'published', version: row, warnings: expiryWarnings(checked.key, app.clock()) }
  })
  app.changes.apply([providerTopic(address)])
  return published
}

/**
 * Which files a version waits for, once the small ones that have arrived are judged: whoever asks before the zips need not
 * send these for nothing. None when the version is live already.
 * @throws Refusal as publishing does, other than for files that SHA256SUMS names and that have not arrived
 */
export async function awaitedFiles(app: App, wanted: PermittedVersion): Promise<string[]> {
  if (await findVersion(app.db, wanted.address, wanted.version.core)) return []
  const staged = await listStagedFiles(app.db, stagedVersion(wanted))
  const { sums } = await checkedSmallFiles(app, wanted, staged)
  return missingFiles(sums, staged)
}

async function checkedVersion(app: App, wanted: PermittedVersion, staged: StagedFileRow[]): Promise<CheckedVersion> {
  const { sums, ...small } = await checkedSmallFiles(app, wanted, staged)
  return { ...small, platforms: everyZip(sums, staged), staged }
}

/** All that can be judged without the zips. */
async function checkedSmallFiles(
  app: App,
  wanted: PermittedVersion,
  staged: StagedFileRow[],
): Promise<Omit<CheckedVersion, 'platforms' | 'staged'> & { sums: SumsOfVersion }> {
  const names = { type: wanted.address.type, version: wanted.version.text }
  const contentOf = (filename: string) => staged.find((file) => file.filename === filename)?.content ?? undefined
  const shasums = contentOf(shaSumsFileName(names))
  if (!shasums) throw shaSumsMissing(shaSumsFileName(names))
  const signatureSent = contentOf(signatureFileName(names))
  if (!signatureSent) throw signatureMissing(signatureFileName(names))

  const sums = sumsOfVersion(readShaSums(shasums), names)
  const signature = await binarySignature(signatureSent)
  const { key } = await verifySignature(shasums, signature, await listSigningKeys(app.db, wanted.namespaceId))
  const manifest = namedManifest(sums, staged, manifestFileName(names))
  return {
    sums,
    protocols: manifest ? readManifest(manifest).protocols : ['5.0'],
    shasums,
    shasumsFilename: shaSumsFileName(names),
    signature,
    key,
  }
}

/** Jobs of one release say the same, as a rule; of those who do not, the last one is believed. */
const saidWithFiles = (staged: StagedFileRow[]): SourceFields =>
  staged
    .filter(({ source }) => source !== null)
    .sort((a, b) => b.stagedAt.getTime() - a.stagedAt.getTime())
    .at(0)?.source ?? noSource

/** Which files that the sums name have not arrived yet. */
export function missingFiles(sums: SumsOfVersion, staged: { filename: string }[]): string[] {
  const named = [...sums.zips, ...(sums.manifest ? [sums.manifest] : [])].map(({ filename }) => filename)
  return named.filter((filename) => !staged.some((file) => file.filename === filename))
}

function everyZip(sums: SumsOfVersion, staged: StagedFileRow[]): CheckedVersion['platforms'] {
  const missing = missingFiles(sums, staged)
  if (missing.length > 0) throw zipsMissing(missing)
  for (const { filename, objectId } of staged) {
    if (objectId !== null && !sums.zips.some((zip) => zip.filename === filename)) throw zipDiffers(filename, 'unnamed')
  }
  return sums.zips.map(({ os, arch, filename, sha256 }) => {
    const { sizeBytes, objectId, h1, h1Unpacked, ...file } = staged.find((each) => each.filename === filename)!
    if (file.sha256 !== sha256 || objectId === null) throw zipDiffers(filename, 'other bytes')
    return { os, arch, filename, sha256, h1, h1Unpacked, sizeBytes, objectId }
  })
}

/** The manifest says which clients can use the provider: it counts when the signature covers it. */
function namedManifest(sums: SumsOfVersion, staged: StagedFileRow[], filename: string): Buffer | undefined {
  const file = staged.find((each) => each.filename === filename)
  if (file && !sums.manifest) throw zipDiffers(filename, 'unnamed')
  if (file && sums.manifest && file.sha256 !== sums.manifest.sha256) throw zipDiffers(filename, 'other bytes')
  return file?.content ?? undefined
}

/** Somebody may have sent another file, or removed the key, while the signature was being verified. */
async function holdWhatWasChecked(tx: Tx, wanted: PermittedVersion, { staged, key }: CheckedVersion): Promise<void> {
  const now = await lockStagedFiles(tx, stagedVersion(wanted))
  const isSame = now.length === staged.length && now.every((file, index) => file.sha256 === staged[index]!.sha256)
  if (!isSame) throw stagedChanged()
  if (!(await holdSigningKey(tx, key.id))) throw keyLost(key.fingerprint)
}

/** The same sums again are a repeat and say so; anything else would change a published version. */
async function alreadyPublished(
  db: Db | Tx,
  wanted: PermittedVersion,
  existing: ProviderVersionRow,
  staged: StagedFileRow[],
): Promise<Published> {
  const { address, version } = wanted
  if (existing.version !== version.text) throw buildMetadataTwin(address, version, existing.version)
  if (existing.state === 'deleted') throw versionTaken(address, version)
  const names = { type: address.type, version: version.text }
  const sums = staged.find(({ filename }) => filename === shaSumsFileName(names))?.content
  const isSame = !sums || (await findSums(db, address, version.core))?.shasums?.equals(sums)
  if (!isSame) throw versionExists(address, version)
  await deleteStagedFiles(db, stagedVersion(wanted))
  return { outcome: 'already-published', version: existing, warnings: [] }
}
