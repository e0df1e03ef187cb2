/** A provider version on disk, checked before anything of it is sent: the names, SHA256SUMS, and each file against it. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import {
  manifestFileName,
  type RefuseSums,
  readShaSums,
  type SumsOfVersion,
  shaSumsFileName,
  signatureFileName,
  sumsHint,
  sumsOfVersion,
} from '@cadastre/contract/shasums'
import { exit, Failure } from './exit.ts'
import type { ProviderDist } from './provider-dist.ts'
import { findManifest, protocolsOf } from './provider-manifest.ts'
import { type ReleaseFile, type SmallFile, sha256Of, smallFile } from './release-file.ts'

export type ProviderRelease = {
  type: string
  version: string
  zips: (ReleaseFile & { platform: string })[]
  sums: SmallFile
  signature: SmallFile
  manifest: ReleaseFile | undefined
  protocols: string[]
  /** what is allowed, and perhaps not meant: said before anything is sent, since a version never changes */
  doubts: string[]
}

/** @param manifestFile where the manifest is, when it is not where GoReleaser leaves it */
export async function checkedRelease(dist: ProviderDist, manifestFile?: string): Promise<ProviderRelease> {
  const sumsFile = smallFile(shaSumsFileName(dist), join(dist.path, shaSumsFileName(dist)))
  if (!sumsFile) throw sumsMissing(dist)
  const sums = sumsOfVersion(readShaSums(sumsFile.bytes.toString('latin1'), refuseSums), dist, refuseSums)
  const signature = smallFile(signatureFileName(dist), join(dist.path, signatureFileName(dist)))
  if (!signature) throw signatureMissing(dist)
  checkFilesAreNamed(dist, sums)
  const { manifest, note } = findManifest(dist, sums, manifestFile)
  const { protocols } = manifest ? protocolsOf(manifest) : { protocols: ['5.0'] }
  return {
    type: dist.type,
    version: dist.version,
    zips: await hashedZips(dist, sums),
    sums: sumsFile,
    signature,
    manifest,
    protocols,
    doubts: note ? [note] : [],
  }
}

export const filesOf = ({ zips, sums, signature, manifest }: ProviderRelease): ReleaseFile[] => [
  ...zips,
  sums,
  signature,
  ...(manifest ? [manifest] : []),
]

const refuseSums: RefuseSums = (fault, sentence) => new Failure(exit.content, `shasums-${fault}`, sentence, sumsHint)

/** What is named is there, and what is there is named: clients trust each line, and nothing else. */
function checkFilesAreNamed(dist: ProviderDist, { zips, manifest }: SumsOfVersion): void {
  const named = new Set(zips.map(({ filename }) => filename))
  const missing = [...named].filter((filename) => !dist.files.includes(filename))
  if (missing.length > 0) {
    throw new Failure(
      exit.content,
      'zip-missing',
      `SHA256SUMS names ${listed(missing)}, and ${missing.length === 1 ? 'it is' : 'they are'} not in ${dist.path}.`,
      'Publish the whole of what was signed: clients trust each line of SHA256SUMS.',
    )
  }
  const stem = `terraform-provider-${dist.type}_${dist.version}_`
  const unnamed = dist.files.filter((name) => name.startsWith(stem) && name.endsWith('.zip') && !named.has(name))
  const alone = manifestFileName(dist)
  if (!manifest && dist.files.includes(alone)) unnamed.push(alone)
  if (unnamed.length > 0) {
    throw new Failure(
      exit.content,
      'zip-not-named',
      `SHA256SUMS does not name ${listed(unnamed)}, so the signature does not cover ${unnamed.length === 1 ? 'it' : 'them'}.`,
      unnamed.includes(alone)
        ? 'Name the manifest in checksum.extra_files of .goreleaser.yaml and release again.'
        : 'Make SHA256SUMS over every file of the version and sign it again.',
    )
  }
}

async function hashedZips(dist: ProviderDist, { zips }: SumsOfVersion): Promise<ProviderRelease['zips']> {
  const hashed: ProviderRelease['zips'] = []
  const differing: string[] = []
  for (const { filename, sha256, os, arch } of zips) {
    const path = join(dist.path, filename)
    if ((await sha256Of(path)) !== sha256) differing.push(filename)
    hashed.push({ filename, path, sha256, sizeBytes: statSync(path).size, platform: `${os}_${arch}` })
  }
  if (differing.length === 0) return hashed
  throw new Failure(
    exit.verification,
    'zip-differs',
    `${listed(differing)} ${differing.length === 1 ? 'does' : 'do'} not have the SHA-256 that SHA256SUMS gives ${differing.length === 1 ? 'it' : 'them'}.`,
    'Make SHA256SUMS anew after the last build and sign it again, or put back the files that were signed.',
  )
}

function sumsMissing(dist: ProviderDist): Failure {
  const otherName = dist.files.find((name) => /checksums?\.txt$|SHA256SUMS$/i.test(name))
  return new Failure(
    exit.content,
    'shasums-missing',
    `${dist.path} holds no ${shaSumsFileName(dist)}.`,
    otherName
      ? `There is ${otherName}: set checksum.name_template in .goreleaser.yaml, as docs/publish-a-provider.md shows.`
      : 'Let GoReleaser write it, or cadastre sign provider DIST --key FILE.',
  )
}

const signatureMissing = (dist: ProviderDist) =>
  new Failure(
    exit.content,
    'signature-missing',
    `${dist.path} holds no ${signatureFileName(dist)}: without a signature nobody can install the version.`,
    `Sign it: gpg --detach-sign ${join(dist.path, shaSumsFileName(dist))}, or cadastre sign provider ${dist.path} --key FILE.`,
  )

const listed = (names: string[]) =>
  names.length <= 4 ? names.join(', ') : `${names.slice(0, 4).join(', ')} and ${names.length - 4} more`
