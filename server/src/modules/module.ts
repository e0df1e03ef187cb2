/** The address of a module and the refusals that belong to it. Pure. */
import { ModuleName, NamespaceName, SystemName } from '@cadastre/contract/addresses'
import { Refusal } from '../foundation/refusal.ts'
import { parseVersion, type Version } from '../foundation/semver.ts'

export type ModuleAddress = { namespace: string; name: string; system: string }

export const moduleText = ({ namespace, name, system }: ModuleAddress) => `${namespace}/${name}/${system}`

export const moduleTopic = (address: ModuleAddress) => `module:${moduleText(address)}`

/**
 * The address as the protocol's path has it: any case is answered, since the CLI sends what the user typed.
 * @throws not-found: an address that cannot exist is one that does not
 */
export function requestedModule(path: { namespace: string; name: string; system: string }): ModuleAddress {
  if (
    !NamespaceName.safeParse(path.namespace).success ||
    !ModuleName.safeParse(path.name).success ||
    !SystemName.safeParse(path.system.toLowerCase()).success
  ) {
    throw moduleNotFound(path)
  }
  return lowerCased(path)
}

/** @throws invalid, naming the part and its rule */
export function publishedModule(wanted: { namespace: string; name: string; system: string }): ModuleAddress {
  for (const [part, rule] of [
    ['namespace', NamespaceName],
    ['name', ModuleName],
    ['system', SystemName],
  ] as const) {
    const checked = rule.safeParse(wanted[part])
    if (!checked.success) {
      throw new Refusal(
        'invalid',
        `${part}-invalid`,
        `The ${part} ${JSON.stringify(wanted[part]?.slice(0, 80) ?? '')} ${checked.error.issues[0]!.message}.`,
      )
    }
  }
  return lowerCased(wanted)
}

/** @throws not-found for what cannot be a version */
export function requestedVersion(text: string, address: ModuleAddress): Version {
  try {
    return parseVersion(text)
  } catch {
    throw versionNotFound(address, text)
  }
}

const lowerCased = (path: ModuleAddress): ModuleAddress => ({
  namespace: path.namespace.toLowerCase(),
  name: path.name.toLowerCase(),
  system: path.system.toLowerCase(),
})

export const moduleNotFound = (address: ModuleAddress) =>
  new Refusal('not-found', 'module-not-found', `There is no module ${moduleText(address).slice(0, 200)}.`)

export const versionNotFound = (address: ModuleAddress, version: string) =>
  new Refusal(
    'not-found',
    'version-not-found',
    `Module ${moduleText(address)} has no version ${version.slice(0, 130)}.`,
  )

export const versionGone = (address: ModuleAddress, version: string) =>
  new Refusal('gone', 'version-deleted', `Version ${version} of ${moduleText(address)} was deleted.`)

export const versionExists = (address: ModuleAddress, version: Version) =>
  new Refusal(
    'conflict',
    'version-exists',
    `Version ${version.text} of ${moduleText(address)} is already published with other content. Versions never change.`,
    `Publish ${version.major}.${version.minor}.${version.patch + 1}.`,
  )

export const buildMetadataTwin = (address: ModuleAddress, version: Version, existing: string) =>
  new Refusal(
    'conflict',
    'version-twin',
    `Version ${version.text} differs from the published ${existing} of ${moduleText(address)} only in build metadata, which every client ignores.`,
    `Publish ${version.major}.${version.minor}.${version.patch + 1}.`,
  )

export const spellingTaken = (address: ModuleAddress) =>
  new Refusal(
    'conflict',
    'module-spelling-taken',
    `A module whose name differs from ${moduleText(address)} only in - and _ exists already in this namespace.`,
    'Publish under the existing name.',
  )
