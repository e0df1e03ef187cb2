/** The address of a provider and the refusals that belong to it. Pure. */
import { NamespaceName, ProviderType } from '@cadastre/contract/addresses'
import { Refusal } from '../foundation/refusal.ts'
import { parseVersion, type Version } from '../foundation/semver.ts'

export type ProviderAddress = { namespace: string; type: string }

export type Platform = { os: string; arch: string }

export const providerText = ({ namespace, type }: ProviderAddress) => `${namespace}/${type}`

export const platformText = ({ os, arch }: Platform) => `${os}_${arch}`

export const providerTopic = (address: ProviderAddress) => `provider:${providerText(address)}`

/**
 * The address as a path has it, in any case: terraform sends lower case, people type what they like.
 * @throws not-found: an address that cannot exist is one that does not
 */
export function requestedProvider(path: { namespace: string; type: string }): ProviderAddress {
  if (!NamespaceName.safeParse(path.namespace).success || !ProviderType.safeParse(path.type).success)
    throw providerNotFound(path)
  return lowerCased(path)
}

/** @throws invalid, naming the part and its rule */
export function publishedProvider(wanted: { namespace: string; type: string }): ProviderAddress {
  // terraform knows no _ in the namespace of a provider.
  const namespace = NamespaceName.safeParse(wanted.namespace)
  const says = namespace.success
    ? isProviderNamespace(wanted.namespace)
      ? undefined
      : 'holds no providers: terraform refuses _ and -- in the namespace of a provider'
    : namespace.error.issues[0]!.message
  if (says) throw partInvalid('namespace', wanted.namespace, says)
  const type = ProviderType.safeParse(wanted.type)
  if (!type.success) throw partInvalid('type', wanted.type, type.error.issues[0]!.message)
  return lowerCased(wanted)
}

const isProviderNamespace = (name: string) => /^[0-9A-Za-z]+(-[0-9A-Za-z]+)*$/.test(name)

const partInvalid = (part: string, text: string, says: string) =>
  new Refusal('invalid', `${part}-invalid`, `The ${part} ${JSON.stringify(text?.slice(0, 80) ?? '')} ${says}.`)

/** @throws not-found for what cannot be a version */
export function requestedVersion(text: string, address: ProviderAddress): Version {
  try {
    return parseVersion(text)
  } catch {
    throw versionNotFound(address, text)
  }
}

const lowerCased = ({ namespace, type }: ProviderAddress): ProviderAddress => ({
  namespace: namespace.toLowerCase(),
  type: type.toLowerCase(),
})

export const providerNotFound = (address: ProviderAddress) =>
  new Refusal('not-found', 'provider-not-found', `There is no provider ${providerText(address).slice(0, 200)}.`)

export const versionNotFound = (address: ProviderAddress, version: string) =>
  new Refusal(
    'not-found',
    'version-not-found',
    `Provider ${providerText(address)} has no version ${version.slice(0, 130)}.`,
  )

export const platformNotFound = (address: ProviderAddress, version: string, platform: Platform) =>
  new Refusal(
    'not-found',
    'platform-not-found',
    `Version ${version} of provider ${providerText(address)} has no platform ${platformText(platform).slice(0, 80)}.`,
  )

export const versionGone = (address: ProviderAddress, version: string) =>
  new Refusal('gone', 'version-deleted', `Version ${version} of provider ${providerText(address)} was deleted.`)

export const versionExists = (address: ProviderAddress, version: Version) =>
  new Refusal(
    'conflict',
    'version-exists',
    `Version ${version.text} of provider ${providerText(address)} is already published with other files. Versions never change.`,
    `Publish ${version.major}.${version.minor}.${version.patch + 1}.`,
  )

export const versionTaken = (address: ProviderAddress, version: Version) =>
  new Refusal(
    'conflict',
    'version-exists',
    `Version ${version.text} of provider ${providerText(address)} was deleted, and its number stays taken.`,
    `Publish ${version.major}.${version.minor}.${version.patch + 1}. For 30 days an administrator can restore the deleted one.`,
  )

export const buildMetadataTwin = (address: ProviderAddress, version: Version, existing: string) =>
  new Refusal(
    'conflict',
    'version-twin',
    `Version ${version.text} differs from the published ${existing} of provider ${providerText(address)} only in build metadata, which every client ignores.`,
    `Publish ${version.major}.${version.minor}.${version.patch + 1}.`,
  )
