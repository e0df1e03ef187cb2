/**
 * Publishing platform by platform, as pipelines with one job per platform do: every form brings a zip, one of them the
 * sums and their signature, and the version goes live with whatever arrives last.
 */
import { readFile } from 'node:fs/promises'
import type { Asker } from '../access/asker.ts'
import type { Caller } from '../access/caller.ts'
import type { App } from '../foundation/app.ts'
import { Refusal } from '../foundation/refusal.ts'
import { readSigningKey } from './openpgp.ts'
import type { ProviderAddress } from './provider.ts'
import { missingFiles, publishProvider } from './publish.ts'
import { findVersion, type ProviderVersionRow } from './queries.ts'
import {
  manifestFileName,
  readShaSums,
  shaSumsFileName,
  signatureFileName,
  sumsOfVersion,
  zipFileName,
} from './shasums.ts'
import { listSigningKeys } from './signing-key-queries.ts'
import { listStagedFiles } from './staged-file-queries.ts'
import { type PermittedVersion, permittedVersion, stagedVersion, stageFile } from './staged-files.ts'
import type { PlatformForm } from './upload-form.ts'

export type UploadedPlatform = {
  outcome: 'waiting' | 'published' | 'already-published'
  address: ProviderAddress
  /** files that the version waits for */
  missing: string[]
  version: ProviderVersionRow | undefined
  warnings: string[]
}

export async function uploadPlatform(app: App, asker: Asker, form: PlatformForm): Promise<UploadedPlatform> {
  const wanted = await permittedVersion(app, asker.caller, form)
  const { address } = wanted
  if (form.parts.gpg_public_key)
    await refuseForeignKey(app, wanted, await readFile(form.parts.gpg_public_key.path, 'utf8'))
  await stageParts(app, asker.caller, wanted, form)

  const missing = await filesMissing(app, wanted)
  if (missing.length > 0) return { outcome: 'waiting', address, missing, version: undefined, warnings: [] }
  return { address, missing: [], ...(await publishProvider(app, asker, wanted, form.from)) }
}

async function stageParts(app: App, caller: Caller, wanted: PermittedVersion, form: PlatformForm): Promise<void> {
  const names = { type: wanted.address.type, version: wanted.version.text }
  const { zip, parts, os, arch, from } = form
  const files = [
    [zipFileName(names, { os, arch }), zip],
    [shaSumsFileName(names), parts.shasums],
    [signatureFileName(names), parts.shasums_signature],
    [manifestFileName(names), parts.manifest],
  ] as const
  for (const [filename, file] of files) {
    if (file) await stageFile(app, caller, wanted, filename, file, { replaces: false, from })
  }
}

/** Nothing when all that the sums name is there, or when the version is live already. */
async function filesMissing(app: App, wanted: PermittedVersion): Promise<string[]> {
  if (await findVersion(app.db, wanted.address, wanted.version.core)) return []
  const names = { type: wanted.address.type, version: wanted.version.text }
  const staged = await listStagedFiles(app.db, stagedVersion(wanted))
  const contentOf = (filename: string) => staged.find((file) => file.filename === filename)?.content
  const [sums, signature] = [contentOf(shaSumsFileName(names)), contentOf(signatureFileName(names))]
  return [
    ...(sums ? missingFiles(sumsOfVersion(readShaSums(sums), names), staged) : [shaSumsFileName(names)]),
    ...(signature ? [] : [signatureFileName(names)]),
  ]
}

/** Whoever may publish may not bring a key of their own along: keys are added to a namespace in the open. */
async function refuseForeignKey(app: App, { namespaceId, address }: PermittedVersion, armored: string): Promise<void> {
  const { fingerprint } = await readSigningKey(armored)
  const keys = await listSigningKeys(app.db, namespaceId)
  if (keys.some((key) => key.fingerprint === fingerprint)) return
  throw new Refusal(
    'invalid',
    'signing-key-foreign',
    `Key ${fingerprint} is not one of namespace ${address.namespace}.`,
    `Add it first: cadastre key add ${address.namespace} key.asc`,
  )
}
