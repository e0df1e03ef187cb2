/** `cadastre sign provider`: the checksums of a provider version and the signature over them, for those without gpg. */
import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { manifestFileName, shaSumsFileName, signatureFileName } from '@cadastre/contract/shasums'
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { confirm } from '../confirm.ts'
import { examples } from '../help.ts'
import { nameInRepository, placesInRepository, protocolsOf } from '../provider-manifest.ts'
import { type SmallFile, smallFile } from '../release-file.ts'
import type { Report } from '../report.ts'
import { readSigningKey, type SigningKey, signerOfSignature } from './signing-key.ts'
import { compareSums, sumsOf } from './sums.ts'
import { readUnsignedVersion, type UnsignedVersion } from './unsigned-version.ts'

/** What was done so far: files by their names in the folder. */
type Work = { written: string[]; warnings: string[] }

export function addSignProvider(sign: Command): void {
  const command = sign
    .command('provider')
    .description('Write the checksums of a provider version and sign them. Nothing leaves this machine.')
    .argument('<dist>', 'the folder with the zips, as GoReleaser leaves it')
    .option('--key <file>', 'the private key, armoured or binary; TFR_CLI_SIGNING_KEY unless given')
    .option('--version <version>', 'which one, when the folder holds several')
    .action(action(signProvider))
  examples(command, [
    'cadastre sign provider ./dist --key release.asc',
    'TFR_CLI_SIGNING_KEY="$KEY" TFR_CLI_SIGNING_PASSPHRASE="$PASSPHRASE" cadastre sign provider ./dist',
  ])
}

async function signProvider(call: Call, dist: string, flags: { key?: string; version?: string }): Promise<Report> {
  const version = readUnsignedVersion(dist, flags.version)
  const key = await readSigningKey(call, flags.key)
  await confirmReplacing(call, fileIn(version, signatureFileName(version)), key)

  const work: Work = { written: [], warnings: [] }
  const hasManifest = takeManifest(version, work)
  const sums = await takeSums(version, hasManifest ? [...version.zips, manifestFileName(version)] : version.zips, work)
  write(version, signatureFileName(version), await key.sign(sums), work)
  return signed(version, key, work)
}

/** A signature of somebody else is not replaced without asking; one's own is. */
async function confirmReplacing(call: Call, there: SmallFile | undefined, key: SigningKey): Promise<void> {
  if (!there || there.sizeBytes === 0) return
  const { path } = there
  const signer = await signerOfSignature(there.bytes)
  if (signer && key.ids.includes(signer)) return
  const what = signer ? `the signature of ${signer}` : 'something that is no signature'
  await confirm(call, `${path} holds ${what}, which one of ${key.keyId} would replace.`, 'replace')
}

const fileIn = ({ path }: UnsignedVersion, name: string) => smallFile(name, join(path, name))

/** The manifest has to lie among the files before the sums are taken. @returns whether it does */
function takeManifest(version: UnsignedVersion, work: Work): boolean {
  const { warnings } = work
  const name = manifestFileName(version)
  const own = fileIn(version, name)
  if (own) {
    protocolsOf(own)
    return true
  }
  const source = placesInRepository(version.path)
    .map((path) => smallFile(name, path))
    .find((file) => file !== undefined)
  if (!source) {
    warnings.push(
      `There is no ${nameInRepository}: clients are told of plugin protocol 5.0, whatever the provider speaks.`,
    )
    return false
  }
  if (existsSync(join(version.path, shaSumsFileName(version)))) {
    warnings.push(`SHA256SUMS does not name the manifest. Delete it to have ${source.path} in it.`)
    return false
  }
  protocolsOf(source)
  write(version, name, source.bytes, work)
  return true
}

/** Sums that are there stay as they are, if they are right. */
async function takeSums(version: UnsignedVersion, names: string[], work: Work): Promise<Buffer> {
  const name = shaSumsFileName(version)
  const there = fileIn(version, name)
  if (there) {
    await compareSums(there.bytes, version.path, names)
    return there.bytes
  }
  const sums = Buffer.from(await sumsOf(version.path, names))
  write(version, name, sums, work)
  return sums
}

/** Never half of it, should the command be interrupted, and never through a link to somewhere else. */
function write({ path }: UnsignedVersion, name: string, content: string | Buffer, { written }: Work): void {
  const half = join(path, `${name}.${process.pid}`)
  writeFileSync(half, content, { flag: 'wx' })
  renameSync(half, join(path, name))
  written.push(name)
}

function signed({ path, type, version, zips }: UnsignedVersion, key: SigningKey, { written, warnings }: Work): Report {
  const { fingerprint, keyId, publicKey } = key
  const count = zips.length === 1 ? '1 zip' : `${zips.length} zips`
  return {
    schema: 'cadastre.sign.provider.v1',
    data: { type, version, path, zips, written, keyId, fingerprint, publicKey },
    rows: [...written.map((name) => ['written', join(path, name)]), ['key', keyId], ['fingerprint', fingerprint]],
    lines: [
      `Signed ${type} ${version} (${count}) with key ${keyId}, fingerprint ${fingerprint}.`,
      ...written.map((name) => `Written: ${join(path, name)}`),
    ],
    warnings,
    next: [{ why: 'publish it', run: `cadastre publish provider ${path} --namespace NAMESPACE` }],
  }
}
