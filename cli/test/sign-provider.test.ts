/** Signing a provider on a machine without gpg: sums, signature, and keys of every origin. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { generateKey } from 'openpgp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readSigningKey, verifySignature } from '../../server/src/providers/openpgp.ts'
import { hasGpg, startGpg } from '../../server/test/gpg.ts'
import {
  type Dist,
  type DistOptions,
  makeDist,
  makeSigningKey,
  sumsOf,
  type TestKey,
  writeDist,
} from '../../server/test/provider-dist.ts'
import { cadastreProgram, type Desk, desk } from './cadastre.ts'

const hasScript = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false

let here: Desk
let key: TestKey
beforeEach(async () => {
  // No registry answers there, and none is asked.
  here = desk({ TFR_CLI_HOST: 'http://127.0.0.1:1' })
  key = await makeSigningKey()
  here.write({ 'release.asc': key.armoredPrivate })
})
afterEach(() => here.clear())

const sumsName = 'terraform-provider-fake_1.0.0_SHA256SUMS'
const signatureName = `${sumsName}.sig`
const inDist = (name: string) => join(here.folder, 'dist', name)
const read = (name: string) => readFileSync(inDist(name))

/** What is built, and not signed yet, in `dist`. */
async function givenDist(options: Partial<DistOptions> = {}): Promise<Dist> {
  const dist = await makeDist({ type: 'fake', version: '1.0.0', ...options })
  dist.files.delete(dist.sumsName)
  dist.files.delete(dist.signatureName)
  await writeDist(dist, join(here.folder, 'dist'))
  return dist
}

const sign = (...more: string[]) => here.run(['sign', 'provider', 'dist', '--key', 'release.asc', ...more])

const isVerified = async (armored = key.armoredPublic) => {
  const known = { id: '1', ...(await readSigningKey(armored)) }
  return verifySignature(read(sumsName), read(signatureName), [known])
}

test('writes the sums of every zip and of the manifest, and a signature that fits', async () => {
  const dist = await givenDist()

  const done = await sign()

  expect(done).toMatchObject({ code: 0, out: expect.stringContaining(`key\t${key.keyId}\n`) })
  expect(done.err).toBe('Next, publish it:  cadastre publish provider dist --namespace NAMESPACE\n')
  const sorted = new Map([...dist.files].sort(([one], [other]) => (one < other ? -1 : 1)))
  const lines = (text: string) => text.split('\n').sort()
  expect(lines(read(sumsName).toString())).toEqual(lines(sumsOf(sorted)))
  expect(await isVerified()).toMatchObject({ expired: false })
})

test('reports what it wrote as a document, with the public key for the registry', async () => {
  await givenDist()

  const { json } = await sign('--json')

  expect(json).toMatchObject({
    schema: 'cadastre.sign.provider.v1',
    ok: true,
    data: {
      type: 'fake',
      version: '1.0.0',
      written: [sumsName, signatureName],
      keyId: key.keyId,
      fingerprint: key.fingerprint,
    },
  })
  expect(await isVerified(json.data.publicKey)).toMatchObject({ expired: false })
})

describe('the key', () => {
  test.each(['rsa', 'ed25519'] as const)(
    'may be of %s, come from the environment and have a passphrase',
    async (type) => {
      await givenDist()
      const locked = await makeSigningKey({ type, passphrase: 'open sesame' })
      const env = { TFR_CLI_SIGNING_KEY: locked.armoredPrivate, TFR_CLI_SIGNING_PASSPHRASE: 'open sesame' }

      expect(await here.run(['sign', 'provider', 'dist'], { env })).toMatchObject({ code: 0 })
      expect(await isVerified(locked.armoredPublic)).toMatchObject({ expired: false })

      const wrong = await here.run(['sign', 'provider', 'dist'], { env: { ...env, TFR_CLI_SIGNING_PASSPHRASE: 'x' } })
      expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('does not fit the key') })
    },
  )

  test('may be binary, and sign with a subkey', async () => {
    await givenDist()
    const subkeyed = await makeSigningKey({ signingSubkey: true })
    const base64 = subkeyed.armoredPrivate.split('\n\n')[1]!.split('\n=')[0]!
    here.write({ 'release.asc': Buffer.from(base64, 'base64') })

    expect(await sign()).toMatchObject({ code: 0 })
    expect(await isVerified(subkeyed.armoredPublic)).toMatchObject({ expired: false })
  })

  test('that is locked names the variable where nobody can be asked', async () => {
    await givenDist()
    here.write({ 'release.asc': (await makeSigningKey({ passphrase: 'x' })).armoredPrivate })

    const refused = await sign('--no-input')

    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('Set TFR_CLI_SIGNING_PASSPHRASE') })
    expect(existsSync(inDist(sumsName))).toBe(false)
  })

  test.skipIf(!hasScript)('asks for its passphrase on a terminal, unseen (needs script of util-linux)', async () => {
    await givenDist()
    const locked = await makeSigningKey({ passphrase: 'open sesame' })
    here.write({ 'release.asc': locked.armoredPrivate })

    const signed = await onTerminal('open sesame\r')

    expect(signed).toMatchObject({ code: 0, screen: expect.stringContaining(`key ${locked.keyId}`) })
    expect(signed.screen).not.toContain('sesame')
    expect(await onTerminal('\u0003')).toMatchObject({ code: 130 })
    expect(await onTerminal('\u0004')).toMatchObject({ code: 2 })
  })

  test.each<[string, () => Promise<string | undefined>, number, string]>([
    ['none', async () => undefined, 2, 'TFR_CLI_SIGNING_KEY'],
    ['a public one', async () => key.armoredPublic, 2, 'holds a public key'],
    ['two', async () => `${key.armoredPrivate}\n${key.armoredPrivate}`, 2, 'holds 2 keys'],
    ['something else', async () => 'ssh-ed25519 AAAA', 2, 'does not hold an OpenPGP key'],
    [
      'an expired one',
      async () => (await makeSigningKey({ expired: true })).armoredPrivate,
      6,
      'expired on 2020-01-02',
    ],
    [
      'one that terraform cannot read',
      async () => (await generateKey({ type: 'curve25519', userIDs: [{ name: 'A' }] })).privateKey,
      6,
      'Terraform cannot read',
    ],
  ])('is refused when it is %s', async (_, keyText, code, sentence) => {
    await givenDist()
    const text = await keyText()

    const refused = await here.run(['sign', 'provider', 'dist'], { env: text ? { TFR_CLI_SIGNING_KEY: text } : {} })

    expect(refused).toMatchObject({ code, out: '', err: expect.stringContaining(sentence) })
    expect(existsSync(inDist(signatureName))).toBe(false)
  })

  test('is never printed', async () => {
    await givenDist()

    const { out, err } = await sign('--json', '--verbose')

    expect(out + err).not.toContain('PRIVATE')
  })
})

describe('the manifest', () => {
  const manifest = '{"version":1,"metadata":{"protocol_versions":["6.0"]}}'

  test('is taken from beside the folder under the name that it is published by', async () => {
    await givenDist({ protocols: null })
    here.write({ 'terraform-registry-manifest.json': manifest })

    expect(await sign()).toMatchObject({ code: 0 })
    expect(read('terraform-provider-fake_1.0.0_manifest.json').toString()).toBe(manifest)
    expect(read(sumsName).toString()).toContain('  terraform-provider-fake_1.0.0_manifest.json\n')
  })

  test('that is missing is remarked on', async () => {
    await givenDist({ protocols: null })

    expect(await sign()).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^Warning: There is no terraform-registry/),
    })
  })

  test('that says nothing of protocols is refused', async () => {
    await givenDist({ protocols: null })
    here.write({ 'dist/terraform-registry-manifest.json': '{}' })

    expect(await sign()).toMatchObject({ code: 6, err: expect.stringContaining('The manifest cannot be used') })
  })
})

describe('sums that are there already', () => {
  test('stay as they are when they fit', async () => {
    const dist = await givenDist()
    here.write({ [`dist/${sumsName}`]: dist.sums.trimEnd() })

    expect(await sign()).toMatchObject({ code: 0 })
    expect(read(sumsName).toString()).toBe(dist.sums.trimEnd())
    expect(await isVerified()).toMatchObject({ expired: false })
  })

  const zip = 'terraform-provider-fake_1.0.0_linux_amd64.zip'
  test.each<[string, (sums: string) => string, string]>([
    [
      'another checksum',
      (sums) => sums.replace(/^./, (first) => (first === '0' ? '1' : '0')),
      `${zip} does not have the SHA-256`,
    ],
    ['a zip less', (sums) => sums.replace(/.*linux_amd64.*\n/, ''), `does not name ${zip}`],
    ['a file more', (sums) => `${sums}${'0'.repeat(64)}  other.zip\n`, 'names other.zip'],
    ['an empty line', (sums) => `${sums}\n`, 'Line 6 of'],
    ['marks of binary files', (sums) => sums.replace('  ', ' *'), 'Line 1 of'],
  ])('are refused with %s, and nothing is written', async (_, change, sentence) => {
    const dist = await givenDist()
    here.write({ [`dist/${sumsName}`]: change(dist.sums) })

    expect(await sign()).toMatchObject({
      code: sentence.includes('SHA-256') ? 8 : 6,
      err: expect.stringContaining(sentence),
    })
    expect(read(sumsName).toString()).toBe(change(dist.sums))
    expect(existsSync(inDist(signatureName))).toBe(false)
  })
})

describe('a signature that is there already', () => {
  test('by the same key is replaced', async () => {
    await givenDist()

    await sign()
    expect(await sign()).toMatchObject({ code: 0 })
  })

  test('by another key is replaced with --yes alone', async () => {
    const other = await makeSigningKey({ name: 'Other' })
    const signed = await makeDist({ type: 'fake', version: '1.0.0', key: other })
    await writeDist(signed, join(here.folder, 'dist'))

    const refused = await sign()

    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining(`the signature of ${other.keyId}`) })
    expect(read(signatureName)).toEqual(signed.files.get(signatureName))
    expect(await sign('--yes')).toMatchObject({ code: 0 })
    expect(await isVerified()).toMatchObject({ expired: false })
  })
})

describe('the folder', () => {
  test.each<[string, Record<string, string>, number, string]>([
    ['is not there', {}, 2, 'There is no folder dist.'],
    ['holds nothing of a provider', { 'README.md': '' }, 6, 'holds no provider'],
    ['holds sums alone', { [sumsName]: '' }, 6, 'holds no terraform-provider-fake_1.0.0_OS_ARCH.zip'],
    ['has a v in its version', { 'terraform-provider-fake_v1.0.0_linux_amd64.zip': '' }, 6, '"v1.0.0" is not'],
    [
      'has a zip for no platform',
      { 'terraform-provider-fake_1.0.0_linux_amd64.zip': '', 'terraform-provider-fake_1.0.0_linux.zip': '' },
      6,
      'terraform-provider-fake_1.0.0_linux.zip is not called like',
    ],
  ])('is refused when it %s', async (_, files, code, sentence) => {
    here.write(Object.fromEntries(Object.entries(files).map(([name, content]) => [`dist/${name}`, content])))

    expect(await sign()).toMatchObject({ code, out: '', err: expect.stringContaining(sentence) })
  })

  test('of two versions asks which', async () => {
    await givenDist({ version: '1.1.0' })
    await givenDist()

    expect(await sign()).toMatchObject({
      code: 2,
      err: expect.stringMatching(/fake 1\.0\.0, fake 1\.1\.0(.|\n)*--version/),
    })
    expect(await sign('--version', '1.0.0')).toMatchObject({ code: 0 })
    expect(read(sumsName).toString()).not.toContain('1.1.0')
  })
})

describe.skipIf(!hasGpg)('with gpg (skipped where there is none)', () => {
  test('gpg verifies what was signed', async () => {
    await givenDist()
    await sign()
    const gpg = startGpg()
    try {
      gpg.run(['--import'], key.armoredPublic)
      expect(() => gpg.run(['--verify', inDist(signatureName), inDist(sumsName)])).not.toThrow()
      writeFileSync(inDist(sumsName), 'changed')
      expect(() => gpg.run(['--verify', inDist(signatureName), inDist(sumsName)])).toThrow()
    } finally {
      gpg.stop()
    }
  })

  test('a key of gpg signs, and so do its subkeys where the key itself was left at home', async () => {
    await givenDist()
    const gpg = startGpg()
    try {
      const fingerprint = gpg.makeKey('acme <acme@acme.example>', 'rsa2048', 'cert')
      gpg.run(['--quick-add-key', fingerprint, 'ed25519', 'sign', 'never'])
      for (const way of ['--export-secret-keys', '--export-secret-subkeys']) {
        here.write({ 'release.asc': gpg.run(['--armor', way, fingerprint]) })

        expect(await sign('--yes'), way).toMatchObject({ code: 0 })
        expect(await isVerified(gpg.publicKey(fingerprint)), way).toMatchObject({ expired: false })
      }
    } finally {
      gpg.stop()
    }
  })
})

/** @param answer typed once the passphrase has been asked for */
async function onTerminal(answer: string) {
  const words = [process.execPath, cadastreProgram, 'sign', 'provider', 'dist', '--key', 'release.asc']
  const child = spawn('script', ['-qec', words.map((word) => `'${word}'`).join(' '), '/dev/null'], {
    cwd: here.folder,
    env: { PATH: process.env.PATH, HOME: dirname(here.folder), TERM: 'xterm' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let screen = ''
  let answered = false
  child.stdout.setEncoding('utf8').on('data', (text) => {
    screen += text
    if (answered || !screen.includes('Passphrase: ')) return
    answered = true
    child.stdin.write(answer)
  })
  const code = await new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? -1)))
  return { code, screen }
}
