/** Where a registry in the OpenTofu layout files things, and how its files are written, to the byte. Pure. */
import type { ItemAddress, SourcePlatform } from './source.ts'

export type WrittenVersion = {
  tag: string
  protocols: string[]
  shasumsUrl: string
  shasumsSignatureUrl: string
  discovered: string
  platforms: SourcePlatform[]
}

export function pathOf(address: ItemAddress): string {
  const { namespace } = address
  const folder = `${firstLetter(namespace)}/${namespace}`
  return address.kind === 'module'
    ? `modules/${folder}/${address.name}/${address.system}.json`
    : `providers/${folder}/${address.type}.json`
}

export const keyPathOf = ({ namespace, type, filename }: { namespace: string; type: string; filename: string }) =>
  ['keys', firstLetter(namespace), namespace, ...(type === '' ? [] : [type]), filename].join('/')

export const firstLetter = (namespace: string) => [...namespace.toLowerCase()][0] ?? ''

/** Where a repository lies unless its file says otherwise. */
export const ruledRepository = (address: ItemAddress) =>
  address.kind === 'module'
    ? `https://github.com/${address.namespace}/terraform-${address.system}-${address.name}`
    : `https://github.com/${address.namespace === 'hashicorp' ? 'opentofu' : address.namespace}/terraform-provider-${address.type}`

/** Where a zip lies unless its file says otherwise: beside the sums. */
export const besideSums = (shasumsUrl: string, filename: string) =>
  shasumsUrl.slice(0, shasumsUrl.lastIndexOf('/') + 1) + filename

export const moduleFileOf = (tags: string[]) => written({ versions: tags.map((version) => ({ version })) })

export function providerFileOf({
  repository,
  versions,
  warnings,
}: {
  repository: string
  versions: WrittenVersion[]
  warnings: string[]
}): string {
  return written({
    repository: repository || undefined,
    versions: versions.map((version) => ({
      version: version.tag,
      protocols: version.protocols,
      shasums_url: version.shasumsUrl,
      shasums_signature_url: version.shasumsSignatureUrl,
      targets: version.platforms.map((platform) => ({
        os: platform.os,
        arch: platform.arch,
        filename: platform.filename,
        download_url: platform.downloadUrl,
        shasum: platform.sha256,
        h1: platform.h1 || undefined,
        size: platform.sizeBytes ?? undefined,
      })),
      discovered: version.discovered || undefined,
    })),
    warnings: warnings.length > 0 ? warnings : undefined,
  })
}

// As Go's encoder writes it, which made these files.
const written = (value: unknown) =>
  JSON.stringify(value, null, 2).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
