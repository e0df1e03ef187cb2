/** The prepared version lists of catalogued modules and providers, as the protocols answer them. */
import { versionsDocumentOf } from '../modules/documents.ts'
import type { StagedModule, StagedProvider } from '../upstream/merged.ts'
import { addressText, type ItemAddress } from '../upstream/source.ts'

/** In lower case: some registries know upper case, and clients send what people typed. */
export const upstreamKey = (hostname: string, address: ItemAddress) =>
  `upstream/${hostname}/${address.kind}s/${addressText(address).toLowerCase()}/versions`

/** Newest first; undefined where there is no version that a client may see. */
export function upstreamDocumentOf(item: StagedModule | StagedProvider): unknown {
  return item.kind === 'module' ? moduleDocumentOf(item) : providerDocumentOf(item)
}

function moduleDocumentOf(module: StagedModule) {
  const versions = listed(module.versions).map(({ version }) => version)
  return versions.length > 0 ? versionsDocumentOf(module, versions) : undefined
}

function providerDocumentOf({ versions, warnings }: StagedProvider) {
  const seen = listed(versions)
  if (seen.length === 0) return undefined
  return {
    versions: seen.map(({ version, protocols, platforms }) => ({
      version,
      protocols,
      platforms: platforms.map(({ os, arch }) => ({ os, arch })),
    })),
    ...(warnings.length > 0 ? { warnings } : {}),
  }
}

const listed = <Version extends { listed: boolean; precedence: string }>(versions: Version[]): Version[] =>
  versions.filter((version) => version.listed).sort((a, b) => (a.precedence < b.precedence ? 1 : -1))
