/**
 * `node scripts/greeter.mjs`: makes the release of the example provider as GoReleaser would: a zip for each platform, the
 * manifest, SHA256SUMS and its signature. It was run once and the result is committed, so that everybody installs the
 * same. The key that signs lives in memory only; running it again makes another one.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import yazl from 'yazl'

// The server brings it along.
const openpgp = createRequire(new URL('../server/package.json', import.meta.url))('openpgp')

const platforms = ['darwin_amd64', 'darwin_arm64', 'linux_amd64', 'linux_arm64', 'windows_amd64']
const version = '1.0.0'
const base = `terraform-provider-greeter_${version}`
const folder = fileURLToPath(new URL(`../examples/providers/greeter/${version}/`, import.meta.url))

/** Long ago: on a computer whose clock is behind, a signature of today would be one that is yet to come. */
const made = new Date('2020-01-01T00:00:00Z')

const source = (name) => readFileSync(join(folder, 'source', name))
const files = new Map()
for (const platform of platforms) files.set(`${base}_${platform}.zip`, await zipFor(platform))
files.set(`${base}_manifest.json`, source('terraform-registry-manifest.json'))
const sums = Buffer.from([...files].map(([name, content]) => `${sha256(content)}  ${name}\n`).join(''))
const { publicKey, signature } = await sign(sums)
files.set(`${base}_SHA256SUMS`, sums)
files.set(`${base}_SHA256SUMS.sig`, signature)

const release = join(folder, 'release')
rmSync(release, { recursive: true, force: true })
mkdirSync(release)
for (const [name, content] of files) writeFileSync(join(release, name), content)
writeFileSync(join(folder, 'signing-key.asc'), publicKey)

function zipFor(platform) {
  const zip = new yazl.ZipFile()
  const name = `terraform-provider-greeter_v${version}${platform.startsWith('windows_') ? '.exe' : ''}`
  const script = String(source('terraform-provider-greeter.sh')).replace('PLATFORM', platform)
  zip.addBuffer(Buffer.from(script), name, { mtime: made, mode: 0o100755 })
  zip.end()
  return buffer(zip.outputStream)
}

function sha256(content) {
  return createHash('sha256').update(content).digest('hex')
}

async function sign(content) {
  const { privateKey, publicKey } = await openpgp.generateKey({
    // Ed25519 in the older form of the two, the one that terraform reads.
    type: 'ecc',
    curve: 'ed25519Legacy',
    userIDs: [{ name: 'Examples of Cadastre' }],
    subkeys: [],
    date: made,
    format: 'object',
  })
  const signature = await openpgp.sign({
    message: await openpgp.createMessage({ binary: content }),
    signingKeys: privateKey,
    detached: true,
    format: 'binary',
    date: made,
  })
  return { publicKey: publicKey.armor().replaceAll('\r\n', '\n'), signature }
}
