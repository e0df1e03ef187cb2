/** The prepared documents of a provider: its version list, and what all download answers of a version share. */
import type { Tx } from '../foundation/database/database.ts'
import { refreshDocument } from '../organizations/documents.ts'
import { type ProviderAddress, platformText, providerText } from './provider.ts'
import { findProviderState, type ListedVersion, listedVersions, type PlatformRow } from './queries.ts'

export const versionsKey = (address: ProviderAddress) => `providers/${providerText(address)}/versions`

/** Every version, newest first, with what to tell whoever installs any of them. */
export function versionsDocumentOf(address: ProviderAddress, deprecation: string, versions: ListedVersion[]) {
  const warnings = warningsOf(address, deprecation, versions)
  return {
    versions: versions.map(({ version, protocols, platforms }) => ({ version, protocols, platforms })),
    ...(warnings.length > 0 ? { warnings } : {}),
  }
}

/** Brings the document in line with the rows; without a listed version there is none. */
export async function refreshVersionsDocument(tx: Tx, address: ProviderAddress, providerId: string): Promise<void> {
  const { deprecation } = await findProviderState(tx, providerId)
  const versions = await listedVersions(tx, providerId)
  const value = versions.length > 0 ? versionsDocumentOf(address, deprecation, versions) : undefined
  await refreshDocument(tx, versionsKey(address), value)
}

const namedVersions = 5

/** Clients print these after every installation, whichever version it was: one line per message. */
function warningsOf(address: ProviderAddress, deprecation: string, versions: ListedVersion[]): string[] {
  const byMessage = new Map<string, string[]>()
  for (const { version, state, deprecation: message } of versions) {
    if (state === 'deprecated') byMessage.set(message, [...(byMessage.get(message) ?? []), version])
  }
  return [
    ...(deprecation === '' ? [] : [`${providerText(address)} is deprecated: ${deprecation}`]),
    ...[...byMessage].map(([message, deprecated]) => `${versionsText(deprecated)} deprecated: ${message}`),
  ]
}

function versionsText(versions: string[]): string {
  if (versions.length === 1) return `Version ${versions[0]} is`
  const more = versions.length - namedVersions
  const named = versions.slice(0, namedVersions).join(', ')
  return more > 0 ? `Versions ${named} and ${more} more are` : `Versions ${named} are`
}

/**
 * The part of a download answer that is the same for every platform and every client. `packages` names every platform of
 * the version, or is not there: a client that finds its own missing refuses to install.
 */
export function packageDocumentOf(version: {
  protocols: string[]
  key: { keyId: string; armored: string }
  platforms: Pick<PlatformRow, 'os' | 'arch' | 'sha256' | 'h1Unpacked' | 'sizeBytes'>[]
}): string {
  const { protocols, key, platforms } = version
  const isComplete = platforms.every(({ h1Unpacked, sizeBytes }) => h1Unpacked !== '' && sizeBytes !== null)
  const packages = platforms.map((platform) => [
    platformText(platform),
    { hashes: [`zh:${platform.sha256}`, platform.h1Unpacked], package_size: platform.sizeBytes },
  ])
  return JSON.stringify({
    protocols,
    // A trust signature that is not empty has to be one of HashiCorp's.
    signing_keys: {
      gpg_public_keys: [
        { key_id: key.keyId, ascii_armor: key.armored, trust_signature: '', source: '', source_url: null },
      ],
    },
    ...(isComplete ? { packages: Object.fromEntries(packages) } : {}),
  })
}
