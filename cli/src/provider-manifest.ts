/** The manifest of a provider version: found where GoReleaser leaves it, and read for the plugin protocols. */
import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { readManifest } from '@cadastre/contract/provider-manifest'
import { manifestFileName, type SumsOfVersion } from '@cadastre/contract/shasums'
import { exit, Failure, usage } from './exit.ts'
import type { ProviderDist } from './provider-dist.ts'
import { type SmallFile, smallFile } from './release-file.ts'

/** What it is called in a repository; `checksum.extra_files` names it otherwise in SHA256SUMS and does not copy it. */
export const nameInRepository = 'terraform-registry-manifest.json'

/** @param given by --manifest */
export function findManifest(
  dist: ProviderDist,
  { manifest: named }: SumsOfVersion,
  given?: string,
): { manifest?: SmallFile; note?: string } {
  const filename = manifestFileName(dist)
  if (given !== undefined && !statSync(given, { throwIfNoEntry: false })?.isFile())
    throw usage(`There is no file ${given} (--manifest).`)
  if (!named) {
    if (given !== undefined) throw notNamed(filename)
    return { note: protocolAssumed(dist) }
  }
  const own = smallFile(filename, given ?? join(dist.path, filename))
  if (own && own.sha256 !== named.sha256) throw differs(own.path)
  const manifest =
    own ??
    placesInRepository(dist.path)
      .map((path) => smallFile(filename, path))
      .find((file) => file?.sha256 === named.sha256)
  if (!manifest) throw manifestMissing(dist, filename)
  return { manifest }
}

export const protocolsOf = ({ bytes }: SmallFile) =>
  readManifest(bytes, (fault, sentence, hint) => new Failure(exit.content, `manifest-${fault}`, sentence, hint))

/** Where it may lie under that name: in the folder, or in the one above, which is the repository's as a rule. */
export const placesInRepository = (dist: string) => [
  join(dist, nameInRepository),
  join(dirname(resolve(dist)), nameInRepository),
]

function protocolAssumed({ path: dist }: ProviderDist): string {
  const unused = placesInRepository(dist).find((path) => existsSync(path))
  const assumed = 'SHA256SUMS names no manifest, so plugin protocol 5.0 is assumed.'
  const add = 'name it in checksum.extra_files of .goreleaser.yaml (docs/publish-a-provider.md)'
  return unused
    ? `${assumed} ${unused} is not used: to have it count, ${add}.`
    : `${assumed} For another, write ${nameInRepository} and ${add}.`
}

const notNamed = (filename: string) =>
  new Failure(
    exit.content,
    'manifest-not-named',
    `SHA256SUMS does not name ${filename}, so the signature does not cover the manifest.`,
    'Name it in checksum.extra_files of .goreleaser.yaml and release again.',
  )

const differs = (path: string) =>
  new Failure(
    exit.verification,
    'manifest-differs',
    `${path} does not have the SHA-256 that SHA256SUMS gives the manifest.`,
    'Put back the one that was signed, or release again.',
  )

const manifestMissing = (dist: ProviderDist, filename: string) =>
  new Failure(
    exit.content,
    'manifest-missing',
    `SHA256SUMS names ${filename}, which is not in ${dist.path}; neither there nor in the folder above is a ${nameInRepository} with its SHA-256.`,
    'Name the file that was signed: --manifest FILE',
  )
