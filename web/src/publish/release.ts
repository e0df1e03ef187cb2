/** What of a folder belongs to a release of a provider, and what is wrong with it before anything of it is sent. */
import {
  manifestFileName,
  type RefuseSums,
  readShaSums,
  shaSumsFileName,
  signatureFileName,
  sumsHint,
  sumsOfVersion,
  zipOfVersion,
} from '@cadastre/contract/shasums'
import type { PackedFile } from './tar.ts'

type ReleaseFile = { name: string; content: Blob }
/** The checksum that SHA256SUMS gives it. */
type Signed = { sha256: string }

export type Release = {
  type: string
  version: string
  /** SHA256SUMS, its signature, and the manifest where there is one: what can be refused without the zips */
  small: (ReleaseFile & Partial<Signed>)[]
  zips: (ReleaseFile & Signed)[]
}

/** Makes what is thrown; the codes are those of the registry and of the command line. */
export type Refuse = (code: string, detail: string, hint: string) => Error

type Named = { type: string; version: string }

const sumsName = /^terraform-provider-(.+)_(\d[^_]*)_SHA256SUMS$/

/**
 * By the rules of the command line: one version, what SHA256SUMS names is there, and what is there is named.
 * @returns undefined when the folder has no SHA256SUMS
 * @throws what `refuse` makes
 */
export async function releaseIn(files: readonly PackedFile[], refuse: Refuse): Promise<Release | undefined> {
  const named = files.map(({ path, content }) => ({ name: path.slice(path.lastIndexOf('/') + 1), content }))
  const [names, ...others] = versionsIn(named.map(({ name }) => name))
  if (!names) return undefined
  if (others.length > 0) throw severalReleases(refuse, [names, ...others])
  const find = (wanted: string) => named.find(({ name }) => name === wanted)
  const sumsFile = find(shaSumsFileName(names))!
  const signature = find(signatureFileName(names))
  if (!signature) throw signatureMissing(refuse, signatureFileName(names))
  const sums = sumsOfVersion(
    readShaSums(await latin1Of(sumsFile.content), refuseSums(refuse)),
    names,
    refuseSums(refuse),
  )
  const manifest = find(manifestFileName(names))

  const expected = [...sums.zips, ...(sums.manifest ? [sums.manifest] : [])].map(({ filename }) => filename)
  const missing = expected.filter((filename) => !find(filename))
  if (missing.length > 0) throw filesMissing(refuse, missing)
  const own = named.map(({ name }) => name).filter((name) => zipOfVersion(name, names) || name === manifest?.name)
  const unnamed = own.filter((name) => !expected.includes(name))
  if (unnamed.length > 0) throw notNamed(refuse, unnamed)
  return {
    ...names,
    small: [sumsFile, signature, ...(manifest ? [{ ...manifest, sha256: sums.manifest!.sha256 }] : [])],
    zips: sums.zips
      .map(({ filename, sha256 }) => ({ name: filename, content: find(filename)!.content, sha256 }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

function versionsIn(names: string[]): Named[] {
  const found = new Map<string, Named>()
  for (const name of names) {
    const [, type, version] = sumsName.exec(name) ?? []
    if (type && version) found.set(name, { type, version })
  }
  return [...found.values()]
}

/** @throws what `refuse` makes, naming the files that are not those that were signed */
export async function refuseDiffering({ small, zips }: Release, refuse: Refuse): Promise<void> {
  const differing: string[] = []
  for (const { name, content, sha256 } of [...small, ...zips]) {
    if (sha256 === undefined) continue
    const own = await sha256Of(content)
    if (own !== undefined && own !== sha256) differing.push(name)
  }
  if (differing.length > 0) throw filesDiffer(refuse, differing)
}

/** Browsers hash on https and on this computer only. */
export async function sha256Of(content: Blob): Promise<string | undefined> {
  if (!crypto.subtle) return undefined
  const digest = await crypto.subtle.digest('SHA-256', await content.arrayBuffer())
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Each byte is one character. */
const latin1Of = async (content: Blob) =>
  [...new Uint8Array(await content.arrayBuffer())].map((byte) => String.fromCharCode(byte)).join('')

const refuseSums =
  (refuse: Refuse): RefuseSums =>
  (fault, sentence) =>
    refuse(`shasums-${fault}`, sentence, sumsHint)

const severalReleases = (refuse: Refuse, all: Named[]) =>
  refuse(
    'usage',
    `The folder holds ${list(all.map(({ type, version }) => `${type} ${version}`))}, and one version is published at a time.`,
    'Publish them from a folder each, or empty the folder first: goreleaser release --clean.',
  )

const signatureMissing = (refuse: Refuse, filename: string) =>
  refuse(
    'signature-missing',
    `The folder holds no ${filename}: without a signature nobody can install the version.`,
    'Sign SHA256SUMS with gpg --detach-sign, or with cadastre sign provider.',
  )

const filesMissing = (refuse: Refuse, names: string[]) =>
  refuse(
    'zip-missing',
    `SHA256SUMS names ${list(names)}, and the folder does not hold ${names.length === 1 ? 'it' : 'them'}.`,
    names.every((name) => name.endsWith('_manifest.json'))
      ? 'GoReleaser leaves the manifest where it was: copy terraform-registry-manifest.json into the folder under this name, or publish with cadastre publish provider.'
      : 'Choose the folder with the whole of what was signed: clients trust each line of SHA256SUMS.',
  )

const notNamed = (refuse: Refuse, names: string[]) =>
  refuse(
    'zip-not-named',
    `SHA256SUMS does not name ${list(names)}, so the signature does not cover ${names.length === 1 ? 'it' : 'them'}.`,
    'Make SHA256SUMS over every file of the version and sign it again.',
  )

const filesDiffer = (refuse: Refuse, names: string[]) =>
  refuse(
    'zip-differs',
    `${list(names)} ${names.length === 1 ? 'does' : 'do'} not have the SHA-256 that SHA256SUMS gives ${names.length === 1 ? 'it' : 'them'}.`,
    'Make SHA256SUMS anew after the last build and sign it again, or put back the files that were signed.',
  )

const list = (names: string[]) =>
  names.length <= 4 ? names.join(', ') : `${names.slice(0, 4).join(', ')} and ${names.length - 4} more`
