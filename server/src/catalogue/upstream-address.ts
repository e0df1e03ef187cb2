/** Addresses of other registries as a path has them, and what is refused of them. Pure. */
import { moduleNotFound, versionNotFound } from '../modules/module.ts'
import { providerNotFound } from '../providers/provider.ts'
import { foreignVersions } from '../upstream/foreign-version.ts'
import type { ItemAddress } from '../upstream/source.ts'

export type UpstreamAddress = ItemAddress & { hostname: string }
export type UpstreamModule = Extract<UpstreamAddress, { kind: 'module' }>
export type UpstreamProvider = Extract<UpstreamAddress, { kind: 'provider' }>

export type ModulePath = { hostname: string; namespace: string; name: string; system: string }
export type ProviderPath = { hostname: string; namespace: string; type: string }

/** What other registries put into an address; a port belongs to a host name. */
const part = /^[\p{L}\p{N}][\p{L}\p{N}._:-]{0,254}$/u

/** In any case, as people type it. @throws not-found: an address that cannot exist is one that does not */
export function upstreamModule(path: ModulePath): UpstreamModule {
  const { hostname, namespace, name, system } = path
  if (![hostname, namespace, name, system].every((text) => part.test(text))) throw moduleNotFound(path)
  return {
    kind: 'module',
    hostname: hostname.toLowerCase(),
    namespace: namespace.toLowerCase(),
    name: name.toLowerCase(),
    system: system.toLowerCase(),
  }
}

/** The same of a provider. */
export function upstreamProvider(path: ProviderPath): UpstreamProvider {
  const { hostname, namespace, type } = path
  if (![hostname, namespace, type].every((text) => part.test(text))) throw providerNotFound(path)
  return {
    kind: 'provider',
    hostname: hostname.toLowerCase(),
    namespace: namespace.toLowerCase(),
    type: type.toLowerCase(),
  }
}

/** Lists of modules tolerate `1.2`, which clients ask for as `1.2.0`, and people as they read it. @throws not-found */
export function upstreamModuleVersion(text: string, address: UpstreamModule): string {
  const [version] = foreignVersions('module', [{ tag: text }]).versions
  if (!version?.listed) throw versionNotFound(address, text)
  return version.core
}

/**
 * Where the registry itself answers the same: for what the catalogue does not know, such as where a package lies when its
 * source tells versions alone.
 * @param path below `/v1/`
 */
export function atRegistryItself(source: { kind: string; address: string }, hostname: string, path: string[]): string {
  const base = source.kind === 'registry-api' ? source.address : `https://${hostname}`
  return `${base}/v1/${path.map(encodeURIComponent).join('/')}`
}
