/** What changes of a provider and its versions write, in the transaction that makes them true. */
import type { SourceFields } from '@cadastre/contract/version-source'
import { sql } from 'kysely'
import type { Tx } from '../foundation/database/database.ts'
import { precedenceKey, type Version } from '../foundation/semver.ts'
import type { ProviderAddress } from './provider.ts'
import { ownHostname, type PlatformRow } from './queries.ts'

/** Makes the provider if it is new, and locks its row: changes of one provider come one after the other. */
export async function lockProvider(tx: Tx, address: ProviderAddress, namespaceId: string) {
  return tx
    .insertInto('providers')
    .values({ namespace_id: namespaceId, hostname: ownHostname, ...address })
    .onConflict((conflict) =>
      conflict.columns(['hostname', 'namespace', 'type']).doUpdateSet({ updated_at: new Date() }),
    )
    .returning(['id', 'deprecation'])
    .executeTakeFirstOrThrow()
}

/** @returns the id of the new version */
export async function insertVersion(
  tx: Tx,
  published: {
    providerId: string
    version: Version
    protocols: string[]
    shasums: Buffer
    shasumsFilename: string
    signature: Buffer
    key: { id: string; keyId: string; armored: string }
    packageDocument: string
    from: SourceFields
    publishedBy: string
  },
): Promise<string> {
  const { version, key } = published
  const row = await tx
    .insertInto('provider_versions')
    .values({
      provider_id: published.providerId,
      version: version.text,
      core: version.core,
      precedence: precedenceKey(version),
      prerelease: version.prerelease !== '',
      protocols: published.protocols,
      shasums: published.shasums,
      shasums_filename: published.shasumsFilename,
      shasums_signature: published.signature,
      gpg_key_id: key.keyId,
      gpg_public_key: key.armored,
      signing_key_id: key.id,
      package_document: published.packageDocument,
      source_url: published.from.source,
      source_commit: published.from.commit,
      source_folder: published.from.folder,
      published_by: published.publishedBy,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function insertPlatforms(
  tx: Tx,
  versionId: string,
  platforms: (Omit<PlatformRow, 'downloads'> & { objectId: string })[],
): Promise<void> {
  await tx
    .insertInto('provider_platforms')
    .values(
      platforms.map(({ os, arch, filename, sha256, h1, h1Unpacked, sizeBytes, objectId }) => ({
        provider_version_id: versionId,
        os,
        arch,
        filename,
        sha256,
        h1,
        h1_unpacked: h1Unpacked,
        size_bytes: sizeBytes,
        object_id: objectId,
      })),
    )
    .execute()
}

/** The newest stable version that says where it comes from says it of the provider. */
export async function refreshSource(tx: Tx, providerId: string): Promise<void> {
  await sql`update providers set source_url = coalesce(
      (select source_url from provider_versions
       where provider_id = ${providerId} and state in ('active', 'deprecated') and source_url <> ''
       order by prerelease, precedence desc limit 1), '') where id = ${providerId}`.execute(tx)
}

export async function setVersionState(
  tx: Tx,
  versionId: string,
  state: 'active' | 'deprecated' | 'deleted',
  deprecation: string,
): Promise<void> {
  await tx
    .updateTable('provider_versions')
    .set({ state, deprecation, deleted_at: state === 'deleted' ? new Date() : null })
    .where('id', '=', versionId)
    .execute()
}

export async function setProviderDeprecation(tx: Tx, providerId: string, deprecation: string): Promise<void> {
  await tx.updateTable('providers').set({ deprecation, updated_at: new Date() }).where('id', '=', providerId).execute()
}
