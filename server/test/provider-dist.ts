/** What GoReleaser leaves of a provider, and keys to sign it with. Zips hold a script in place of the provider. */
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { createMessage, generateKey, readPrivateKey, sign as signMessage } from 'openpgp'
import yazl from 'yazl'

export type TestKey = { armoredPublic: string; armoredPrivate: string; fingerprint: string; keyId: string }

export type KeyOptions = {
  type?: 'rsa' | 'ed25519'
  /** made in 2020, for one day */
  expired?: boolean
  /** signatures come from a subkey */
  signingSubkey?: boolean
  passphrase?: string
  name?: string
}

let usual: Promise<TestKey> | undefined

/** Without options the same key each time, of this process alone. */
export function makeSigningKey(options?: KeyOptions): Promise<TestKey> {
  if (options) return newKey(options)
  usual ??= newKey({})
  return usual
}

async function newKey({ type = 'ed25519', expired, signingSubkey, passphrase, name = 'Acme releases' }: KeyOptions) {
  const { privateKey, publicKey } = await generateKey({
    // Not `curve25519`: that is Ed25519 as RFC 9580 writes it, which terraform cannot read.
    ...(type === 'rsa' ? { type: 'rsa', rsaBits: 3072 } : { type: 'ecc', curve: 'ed25519Legacy' }),
    userIDs: [{ name, email: 'releases@acme.example' }],
    subkeys: signingSubkey ? [{ sign: true }] : [],
    ...(expired && { date: madeLongAgo, keyExpirationTime: 86_400 }),
    passphrase,
    format: 'object',
  })
  const fingerprint = publicKey.getFingerprint().toUpperCase()
  return {
    armoredPublic: publicKey.armor(),
    armoredPrivate: privateKey.armor(),
    fingerprint,
    keyId: fingerprint.slice(-16),
  }
}

const madeLongAgo = new Date('2020-01-01T00:00:00Z')

/** A binary detached signature; that of an expired key is made while it was valid. */
export async function sign(content: Buffer, key: TestKey): Promise<Buffer> {
  const signingKey = await readPrivateKey({ armoredKey: key.armoredPrivate })
  const end = await signingKey.getExpirationTime()
  const signature = await signMessage({
    message: await createMessage({ binary: content }),
    signingKeys: signingKey,
    detached: true,
    format: 'binary',
    ...(end instanceof Date && end < new Date() && { date: new Date(signingKey.getCreationTime().getTime() + 60_000) }),
  })
  return Buffer.from(signature)
}

export type Dist = {
  type: string
  version: string
  /** everything that is published: zips, manifest, sums, signature */
  files: Map<string, Buffer>
  sums: string
  sumsName: string
  signatureName: string
}

export type DistOptions = {
  type: string
  version: string
  platforms?: string[]
  /** `null`: there is no manifest */
  protocols?: string[] | null
  key?: TestKey
  /** before sums are taken */
  change?: (files: Map<string, Buffer>) => void
}

export async function makeDist(options: DistOptions): Promise<Dist> {
  const { type, version, platforms = usualPlatforms, protocols = ['6.0'], change = () => {} } = options
  const base = `terraform-provider-${type}_${version}`
  const files = new Map<string, Buffer>()
  for (const platform of platforms)
    files.set(`${base}_${platform}.zip`, await zipOf(binaryName(type, version, platform), binary(base, platform)))
  if (protocols) files.set(`${base}_manifest.json`, manifest(protocols))
  change(files)
  const sums = sumsOf(files)
  const sumsName = `${base}_SHA256SUMS`
  const signatureName = `${sumsName}.sig`
  files.set(sumsName, Buffer.from(sums))
  files.set(signatureName, await sign(Buffer.from(sums), options.key ?? (await makeSigningKey())))
  return { type, version, files, sums, sumsName, signatureName }
}

const usualPlatforms = ['linux_amd64', 'darwin_arm64', 'windows_amd64', 'linux_arm64']

/** The published files among all the other things that GoReleaser writes. */
export async function writeDist(dist: Dist, folder: string): Promise<void> {
  const { type, version } = dist
  await mkdir(folder, { recursive: true })
  for (const [name, content] of dist.files) await writeFile(join(folder, name), content)
  await writeFile(join(folder, 'artifacts.json'), '[]\n')
  await writeFile(join(folder, 'metadata.json'), `${JSON.stringify({ project_name: type, version })}\n`)
  await writeFile(join(folder, 'config.yaml'), 'version: 2\n')
  await writeFile(join(folder, 'CHANGELOG.md'), '## Changelog\n')
  for (const platform of platformsOf(dist)) {
    const build = join(folder, `terraform-provider-${type}_${platform}`)
    await mkdir(build, { recursive: true })
    await writeFile(join(build, binaryName(type, version, platform)), 'the binary that went into the zip')
  }
}

/** A line for each file, as `sha256sum` writes it. */
export const sumsOf = (files: Map<string, Buffer>): string =>
  [...files].map(([name, content]) => `${sha256(content)}  ${name}\n`).join('')

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex')

const manifest = (protocols: string[]) =>
  Buffer.from(`${JSON.stringify({ version: 1, metadata: { protocol_versions: protocols } }, null, 2)}\n`)

const binaryName = (type: string, version: string, platform: string) =>
  `terraform-provider-${type}_v${version}${platform.startsWith('windows_') ? '.exe' : ''}`

const binary = (base: string, platform: string) => Buffer.from(`#!/bin/sh\n# ${base} for ${platform}\nexit 1\n`)

async function zipOf(name: string, content: Buffer): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  zip.addBuffer(content, name, { mtime: madeLongAgo, mode: 0o100755 })
  zip.end()
  return buffer(zip.outputStream)
}

const platformsOf = ({ type, version, files }: Dist) =>
  [...files.keys()]
    .filter((name) => name.endsWith('.zip'))
    .map((name) => name.slice(`terraform-provider-${type}_${version}_`.length, -'.zip'.length))
