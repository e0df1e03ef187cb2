/**
 * What a dependency lock file records of a version, for every platform at once
 * (https://developer.hashicorp.com/terraform/language/files/dependency-lock).
 */
import type { ProviderLock } from '@cadastre/contract/providers'
import type { Caller } from '../access/caller.ts'
import { permit } from '../access/permit.ts'
import type { App } from '../foundation/app.ts'
import { findNamespace } from '../organizations/queries.ts'
import { isInstallable } from './answers.ts'
import {
  type ProviderAddress,
  platformText,
  providerText,
  requestedVersion,
  versionGone,
  versionNotFound,
} from './provider.ts'
import { findSums, findVersion } from './queries.ts'
import { readShaSums } from './shasums.ts'

/** @param hostname under which whoever asks knows this registry */
export async function lockOfVersion(
  app: App,
  caller: Caller,
  address: ProviderAddress,
  versionText: string,
  hostname: string,
): Promise<ProviderLock> {
  permit(caller, 'providers:read', await findNamespace(app.db, address.namespace))
  const { core } = requestedVersion(versionText, address)
  const [version, sums] = await Promise.all([findVersion(app.db, address, core), findSums(app.db, address, core)])
  if (!version || !sums?.shasums) throw versionNotFound(address, versionText)
  if (!isInstallable(version)) throw versionGone(address, version.version)

  const platforms = version.platforms.map((platform) => ({
    platform: platformText(platform),
    h1: platform.h1Unpacked,
    zipH1: platform.h1,
  }))
  // The manifest's line, too: clients trust every line of the sums.
  const zips = readShaSums(sums.shasums).map(({ sha256 }) => `zh:${sha256}`)
  const hashes = new Set([...platforms.map(({ h1 }) => h1).filter((h1) => h1 !== ''), ...zips])
  return {
    provider: `${hostname.toLowerCase()}/${providerText(address)}`,
    version: version.version,
    hashes: [...hashes].sort(),
    platforms,
  }
}

/** The block as terraform writes it into a lock file. */
export const lockText = ({ provider, version, hashes }: ProviderLock) =>
  `provider "${provider}" {\n  version = "${version}"\n  hashes = [\n${hashes.map((hash) => `    "${hash}",\n`).join('')}  ]\n}\n`
