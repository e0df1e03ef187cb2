/** `cadastre publish provider` with real folders, keys and files, against a real registry. */
import { createHash } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { zipOf } from '../../server/test/archives.ts'
import { expectStatus } from '../../server/test/client.ts'
import { hasGpg, startGpg } from '../../server/test/gpg.ts'
import {
  type Dist,
  type DistOptions,
  makeDist,
  makeSigningKey,
  sign,
  writeDist,
} from '../../server/test/provider-dist.ts'
import { startRegistry, type TestRegistry } from '../../server/test/registry.ts'
import { type Desk, desk } from './cadastre.ts'
import { type Way, wayTo } from './registry-way.ts'

let registry: TestRegistry
let token: string
let here: Desk

beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  await registry.given.namespace('keyless')
  token = await registry.given.key(['providers:write'])
  await addKey('acme', (await makeSigningKey()).armoredPublic)
})
afterAll(() => registry.stop())
beforeEach(() => {
  here = desk({ TFR_CLI_HOST: registry.url, TFR_CLI_TOKEN: token })
})
afterEach(() => here.clear())

const addKey = async (namespace: string, armored: string) =>
  expectStatus(await registry.as(token).send('POST', `/api/v1/namespaces/${namespace}/signing-keys`, { armored }), 201)

const distFolder = () => join(here.folder, 'dist')

async function given(type: string, options: Partial<DistOptions> = {}): Promise<Dist> {
  const dist = await makeDist({ type, version: '1.2.0', ...options })
  await writeDist(dist, distFolder())
  return dist
}

const publish = (more: string[] = [], env: Record<string, string> = {}, namespace = 'acme') =>
  here.run(['publish', 'provider', 'dist', '--namespace', namespace, ...more], { env })

const versions = async (address: string) => (await registry.admin.get(`/api/v1/providers/${address}/versions`)).json
const staged = async (address: string, version = '1.2.0'): Promise<string[]> =>
  (await registry.admin.get(`/api/v1/providers/${address}/${version}/files`)).json.items.map(
    (file: { filename: string }) => file.filename,
  )

/** As large as said: its binary does not pack. */
const storedZip = (type: string, sizeBytes: number) =>
  zipOf([
    { name: `terraform-provider-${type}_v1.2.0`, content: Buffer.alloc(sizeBytes, 'x'), method: 0, mode: 0o100755 },
  ])

/** As `gpg --textmode` makes it. */
async function textSignature(text: string): Promise<Buffer> {
  const { createMessage, readPrivateKey, sign: signMessage } = await import('openpgp')
  const signingKeys = await readPrivateKey({ armoredKey: (await makeSigningKey()).armoredPrivate })
  const message = await createMessage({ text })
  return Buffer.from(await signMessage({ message, signingKeys, detached: true, format: 'binary' }))
}

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex')

describe('a folder of GoReleaser', () => {
  test('is published as it is, and installs', async () => {
    const dist = await given('greeter')

    const published = await publish()

    expect(published.code).toBe(0)
    const [linux] = published.out.split('\n').filter((line) => line.startsWith('linux_amd64'))
    const zip = dist.files.get('terraform-provider-greeter_1.2.0_linux_amd64.zip')!
    expect(linux).toBe(`linux_amd64\t${zip.length}\t${sha256(zip)}\tsent`)
    expect(published.err).toMatch(/Published acme\/greeter 1\.2\.0 for 4 platforms \(7 files, [\d.]+ kB sent\)\./)
    expect(published.err).toContain('cadastre provider platforms acme/greeter@1.2.0')
    const download = await registry.anonymous.get('/v1/providers/acme/greeter/1.2.0/download/linux/amd64')
    expect(download.json).toMatchObject({ protocols: ['6.0'], shasum: sha256(zip) })
  })

  test('a second time is already published, and nothing is sent', async () => {
    await given('twice')
    await publish()
    const way = await wayTo(registry.url)

    const again = await publish([], { TFR_CLI_HOST: way.url })

    expect(again).toMatchObject({ code: 0, err: expect.stringContaining('already published with the same files') })
    expect(again.out).toContain('\tlive\n')
    expect(way.requests.filter((line) => !line.startsWith('GET '))).toEqual([])
    way.close()
  })

  test('with other files under a published version is a conflict, and nothing is sent', async () => {
    await given('changed')
    await publish()
    await given('changed', { platforms: ['linux_amd64'] })
    for (const platform of ['darwin_arm64', 'windows_amd64', 'linux_arm64'])
      await rm(join(distFolder(), `terraform-provider-changed_1.2.0_${platform}.zip`))
    const way = await wayTo(registry.url)

    const refused = await publish([], { TFR_CLI_HOST: way.url })

    expect(refused).toMatchObject({ code: 5, out: '' })
    expect(refused.err).toContain('Versions never change.\nPublish 1.2.1.')
    expect(way.requests.filter((line) => !line.startsWith('GET '))).toEqual([])
    way.close()
  })

  test('is one document with --json', async () => {
    await given('document')

    const { json, err, code } = await publish(['--json'])

    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(json).toMatchObject({
      schema: 'cadastre.publish.provider.v1',
      ok: true,
      warnings: [],
      data: {
        outcome: 'published',
        address: 'acme/document',
        version: '1.2.0',
        protocols: ['6.0'],
        signingKey: { keyId: (await makeSigningKey()).keyId },
        source: null,
      },
    })
    expect(json.data.platforms).toContainEqual(expect.objectContaining({ platform: 'linux_arm64', state: 'sent' }))
  })

  test('in a dry run is checked, and nothing is sent', async () => {
    await given('dry')
    const way = await wayTo(registry.url)

    const dry = await publish(['--dry-run'], { TFR_CLI_HOST: way.url })

    expect(dry).toMatchObject({ code: 0, err: expect.stringContaining('acme/dry 1.2.0 would be sent for 4 platforms') })
    expect(dry.out.trimEnd().split('\n')).toHaveLength(4)
    expect(dry.out).toMatch(/^linux_amd64\t\d+\t[0-9a-f]{64}\tto-send\n/)
    expect(way.requests.filter((line) => !line.startsWith('GET '))).toEqual([])
    expect((await versions('acme/dry')).code).toBe('provider-not-found')
    way.close()
  })

  test('with an armoured signature is published, too', async () => {
    const dist = await given('armoured')
    const { readSignature } = await import('openpgp')
    const binary = dist.files.get(dist.signatureName)!
    await writeFile(join(distFolder(), dist.signatureName), (await readSignature({ binarySignature: binary })).armor())

    expect(await publish()).toMatchObject({ code: 0 })
  })

  test.skipIf(!hasGpg)(
    'signed by a subkey of gpg is published, with the key that gpg exports (needs gpg)',
    async () => {
      const gpg = startGpg()
      try {
        const fingerprint = gpg.makeKey('Acme releases <gpg@acme.example>', 'rsa3072', 'cert')
        gpg.run(['--quick-add-key', fingerprint, 'ed25519', 'sign', 'never'])
        here.write({ 'key.asc': gpg.publicKey(fingerprint) })
        const dist = await given('subkey')
        await writeFile(join(distFolder(), dist.signatureName), gpg.sign(Buffer.from(dist.sums), fingerprint))

        const unknown = await publish()
        const added = await here.run(['key', 'add', 'acme', 'key.asc'])
        const published = await publish(['--json'])

        expect(unknown).toMatchObject({ code: 8, out: '' })
        expect(added).toMatchObject({ code: 0, out: expect.stringContaining('RSA 3072') })
        expect(published.json).toMatchObject({ ok: true, data: { signingKey: { fingerprint } } })
      } finally {
        gpg.stop()
      }
    },
  )

  test('signed with an expired key is published with a warning', async () => {
    const key = await makeSigningKey({ expired: true })
    await addKey('acme', key.armoredPublic)
    await given('expired', { key })

    expect(await publish()).toMatchObject({
      code: 0,
      err: expect.stringContaining(`Warning: Signing key ${key.keyId} expired on 2020-01-02`),
    })
  })

  test('with several versions needs to be told which', async () => {
    await given('several', { version: '1.0.0' })
    await given('several', { version: '1.1.0' })

    const refused = await publish()
    const picked = await publish(['--version', 'v1.1.0'])
    const absent = await publish(['--version', '2.0.0'])

    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(refused.err).toContain('dist holds several 1.0.0, several 1.1.0.\nSay which with --version')
    expect(picked).toMatchObject({ code: 0, err: expect.stringContaining('Published acme/several 1.1.0') })
    expect(absent).toMatchObject({ code: 2, err: expect.stringContaining('and not 2.0.0.') })
  })
})

describe('the manifest', () => {
  const nameOf = (type: string) => `terraform-provider-${type}_1.2.0_manifest.json`

  test.each([
    ['in the folder', 'dist/terraform-registry-manifest.json'],
    ['in the folder above', 'terraform-registry-manifest.json'],
  ])('is found under its name in the repository %s', async (where, to) => {
    const type = `manifest-${where.split(' ').length}`
    await given(type)
    await rename(join(distFolder(), nameOf(type)), join(here.folder, to))

    const published = await publish(['--json'])

    expect(published.json).toMatchObject({ ok: true, data: { protocols: ['6.0'] } })
  })

  test('that is nowhere, or is another one there, has to be named', async () => {
    await given('lost')
    const text = await readFile(join(distFolder(), nameOf('lost')))
    await rm(join(distFolder(), nameOf('lost')))
    here.write({ 'terraform-registry-manifest.json': '{"version":1}', 'elsewhere/m.json': text })

    const lost = await publish()
    const wrong = await publish(['--manifest', 'terraform-registry-manifest.json'])
    const named = await publish(['--manifest', 'elsewhere/m.json'])

    expect(lost).toMatchObject({ code: 6, out: '' })
    expect(lost.err).toContain(`SHA256SUMS names ${nameOf('lost')}, which is not in dist; neither there nor`)
    expect(lost.err).toContain('--manifest FILE')
    expect(wrong).toMatchObject({ code: 8, err: expect.stringContaining('does not have the SHA-256') })
    expect(named).toMatchObject({ code: 0 })
  })

  test('is missed in a note when there is none', async () => {
    await given('unsaid', { protocols: null })
    here.write({ 'terraform-registry-manifest.json': '{}' })

    const published = await publish()

    expect(published.code).toBe(0)
    expect(published.err).toContain('SHA256SUMS names no manifest, so plugin protocol 5.0 is assumed.')
    expect(published.err).toContain(
      'terraform-registry-manifest.json is not used: to have it count, name it in checksum.',
    )
    expect((await versions('acme/unsaid')).items[0].protocols).toEqual(['5.0'])
  })
})

describe('before anything is sent', () => {
  let way: Way
  beforeEach(async () => {
    way = await wayTo(registry.url)
  })
  afterEach(() => way.close())

  const first = 'terraform-provider-bad_1.2.0_linux_amd64.zip'
  const sums = 'terraform-provider-bad_1.2.0_SHA256SUMS'
  const at = (name: string) => join(distFolder(), name)
  const cases: [what: string, code: number, change: (dist: Dist) => Promise<unknown>, says: string][] = [
    ['a zip that was changed', 8, () => writeFile(at(first), 'other'), `${first} does not have the SHA-256`],
    ['a zip that is missing', 6, () => rm(at(first)), `SHA256SUMS names ${first}, and it is not in dist`],
    [
      'a zip too many',
      6,
      () => writeFile(at(first.replace('linux', 'plan9')), ''),
      'SHA256SUMS does not name terraform-provider-bad_1.2.0_plan9_amd64.zip',
    ],
    ['no signature', 6, () => rm(at(`${sums}.sig`)), `holds no ${sums}.sig`],
    ['no SHA256SUMS', 6, () => rename(at(sums), at('bad_1.2.0_checksums.txt')), 'checksum.name_template'],
    ['an empty SHA256SUMS', 6, () => writeFile(at(sums), ''), 'The SHA256SUMS is empty.'],
    [
      'a blank line in SHA256SUMS',
      6,
      (dist) => writeFile(at(sums), `\n${dist.sums}`),
      'Line 1 of the SHA256SUMS is blank, which crashes clients.',
    ],
    [
      'other lines in SHA256SUMS',
      6,
      (dist) => writeFile(at(sums), `${dist.sums}${'0'.repeat(64)}  LICENSE\n`),
      'names "LICENSE"; in this version files are called',
    ],
    ['an empty signature', 8, () => writeFile(at(`${sums}.sig`), ''), 'not a detached OpenPGP signature'],
    [
      'a signature of other bytes',
      8,
      async () => writeFile(at(`${sums}.sig`), await sign(Buffer.from('x'), await makeSigningKey())),
      'does not fit SHA256SUMS',
    ],
    [
      'a signature over a text',
      8,
      async (dist) => writeFile(at(`${sums}.sig`), await textSignature(dist.sums)),
      'it is over a text and not over bytes',
    ],
    ['a manifest of no protocol', 6, () => given('bad', { protocols: ['7.0'] }), 'which no client speaks'],
  ]

  test.each(cases)('%s is refused with %i', async (_what, code, change, says) => {
    await change(await given('bad'))

    const refused = await publish([], { TFR_CLI_HOST: way.url })

    expect(refused).toMatchObject({ code, out: '', err: expect.stringContaining(says) })
    expect(way.requests.filter((line) => !line.startsWith('GET '))).toEqual([])
    expect(await staged('acme/bad')).toEqual([])
  })

  test('a signature by another key names both', async () => {
    const other = await makeSigningKey({ name: 'Somebody else' })
    await given('foreign', { key: other })

    const refused = await publish([], { TFR_CLI_HOST: way.url })
    const keyless = await publish([], { TFR_CLI_HOST: way.url }, 'keyless')

    expect(refused).toMatchObject({ code: 8, out: '' })
    expect(refused.err).toMatch(
      new RegExp(`The signature is by ${other.keyId}; registered keys: .*${(await makeSigningKey()).keyId}`),
    )
    expect(refused.err).toContain('cadastre key add acme FILE')
    expect(keyless.err).toContain('keyless has no signing keys yet')
    expect(way.uploads()).toEqual([])
  })

  test.each([
    ['nowhere', 2, 'There is no folder nowhere.'],
    ['.', 6, 'Did you mean dist?'],
    ['dist/artifacts.json', 2, 'is not a folder'],
  ])('%s for a folder ends with %i', async (path, code, says) => {
    await given('placed')

    const refused = await here.run(['publish', 'provider', path, '--namespace', 'acme'])

    expect(refused).toMatchObject({ code, out: '', err: expect.stringContaining(says) })
  })

  test('a zip whose content the registry refuses is named', async () => {
    await given('hollow', {
      platforms: ['linux_amd64', 'linux_arm64'],
      change: (files) => {
        for (const name of files.keys()) if (name.includes('arm64')) files.set(name, storedZip('other', 10))
      },
    })

    const refused = await publish()

    expect(refused).toMatchObject({ code: 6, out: '' })
    expect(refused.err).toContain('terraform-provider-hollow_1.2.0_linux_arm64.zip: At the root of the zip no file')
    expect((await versions('acme/hollow')).code).toBe('provider-not-found')
  })

  test('a namespace that is not there, and a token that may not, are told apart', async () => {
    await given('rights')
    const reader = await registry.given.key(['providers:read'])

    const nowhere = await publish([], {}, 'nobody')
    expect(nowhere).toMatchObject({ code: 4, err: expect.stringContaining('no namespace nobody that you may read') })
    expect(await publish([], { TFR_CLI_TOKEN: reader, TFR_CLI_HOST: way.url })).toMatchObject({ code: 3 })
    expect(await publish([], { TFR_CLI_TOKEN: '', TFR_CLI_HOST: way.url })).toMatchObject({ code: 3 })
    expect(await publish([], { TFR_CLI_HOST: 'http://127.0.0.1:1' })).toMatchObject({ code: 7 })
    expect(way.uploads()).toEqual([])
  })
})

describe('an upload that was broken off', () => {
  test('is sent again once when the connection is cut', async () => {
    await given('cut')
    let cuts = 0
    const way = await wayTo(registry.url, (asked) => {
      if (!asked.url!.endsWith('_linux_arm64.zip') || cuts++ > 0) return false
      asked.socket.resetAndDestroy()
      return true
    })

    const published = await publish([], { TFR_CLI_HOST: way.url })

    expect(published).toMatchObject({
      code: 0,
      err: expect.stringContaining('the connection was lost; sending it again'),
    })
    expect(way.uploads().filter((name) => name.endsWith('_linux_arm64.zip'))).toHaveLength(2)
    way.close()
  })

  test('and fails again ends with 7; the same command then sends what is missing alone', async () => {
    const dist = await given('resumed')
    const cutting = await wayTo(registry.url, (asked) => {
      if (!asked.url!.endsWith('_SHA256SUMS')) return false
      asked.socket.resetAndDestroy()
      return true
    })
    const broken = await publish([], { TFR_CLI_HOST: cutting.url })
    cutting.close()
    const there = await staged('acme/resumed')
    const way = await wayTo(registry.url)

    const resumed = await publish([], { TFR_CLI_HOST: way.url })

    expect(broken).toMatchObject({ code: 7, out: '', err: expect.stringContaining('the connection was cut') })
    expect(there.length).toBeGreaterThanOrEqual(4)
    expect(resumed.code).toBe(0)
    expect(way.uploads().sort()).toEqual([...dist.files.keys()].filter((name) => !there.includes(name)).sort())
    expect(resumed.err).toContain('there already')
    expect(resumed.out).toContain('\tthere-already\n')
    way.close()
  })

  test('because of Ctrl-C says that nothing is live, and how to go on', async () => {
    await given('interrupted')
    const way = await wayTo(registry.url, (asked) => {
      if (!asked.url!.endsWith('_SHA256SUMS')) return false
      running.child.kill('SIGINT')
      return true
    })
    const running = here.start(['publish', 'provider', 'dist', '--namespace', 'acme'], {
      env: { TFR_CLI_HOST: way.url },
    })

    const ended = await running.ended

    expect(ended).toMatchObject({ code: 130, out: '' })
    expect(ended.err).toContain('Interrupted. Nothing is live; the same command again goes on where this one stopped.')
    expect((await versions('acme/interrupted')).code).toBe('provider-not-found')
    way.close()
  })

  test('leaves no file behind that stands in the way of a smaller version', async () => {
    await given('smaller')
    const cutting = await wayTo(registry.url, (asked, answer) => {
      if (!asked.url!.endsWith('/publish')) return false
      answer.destroy()
      return true
    })
    await publish([], { TFR_CLI_HOST: cutting.url })
    cutting.close()
    await rm(distFolder(), { recursive: true })
    await given('smaller', { platforms: ['linux_amd64'] })

    const published = await publish()

    expect(published).toMatchObject({ code: 0, err: expect.stringContaining('for 1 platform (') })
    expect(published.err).toContain('Took back terraform-provider-smaller_1.2.0_darwin_arm64.zip')
  })
})

describe('progress', () => {
  test('is one of all files, a line for every tenth where there is no terminal', async () => {
    await given('heavy', {
      platforms: ['linux_amd64', 'linux_arm64'],
      change: (files) => {
        for (const name of files.keys()) if (name.endsWith('.zip')) files.set(name, storedZip('heavy', 3_000_000))
      },
    })

    const published = await publish()

    expect(published.code).toBe(0)
    const lines = published.err.split('\n').filter((line) => /^Sent \d/.test(line))
    expect(lines.at(-1)).toMatch(/^Sent 100 % of 6\.\d MB$/)
    expect(lines.length).toBeLessThanOrEqual(10)
  })

  test('is silent with --quiet', async () => {
    await given('quiet')

    expect(await publish(['--quiet'])).toMatchObject({ code: 0, err: '' })
  })
})
