/** `cadastre provider`: look up, deprecate, delete, restore. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { expectStatus } from '../../server/test/client.ts'
import { makeDist, makeSigningKey, writeDist } from '../../server/test/provider-dist.ts'
import { startRegistry, type TestRegistry } from '../../server/test/registry.ts'
import { type Desk, desk } from './cadastre.ts'

let registry: TestRegistry
let here: Desk

beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  await registry.given.namespace('empty', 'private')
  const { armoredPublic: armored } = await makeSigningKey()
  expectStatus(await registry.admin.send('POST', '/api/v1/namespaces/acme/signing-keys', { armored }), 201)
})
afterAll(() => registry.stop())
beforeEach(() => {
  here = desk({ TFR_CLI_HOST: registry.url, TFR_CLI_TOKEN: registry.adminToken })
})
afterEach(() => here.clear())

async function given(type: string, ...versions: string[]): Promise<void> {
  const folder = join(here.folder, 'dist')
  for (const version of versions) {
    await rm(folder, { recursive: true, force: true })
    await writeDist(await makeDist({ type, version, platforms: ['linux_amd64', 'darwin_arm64'] }), folder)
    const published = await here.run(['publish', 'provider', 'dist', '--namespace', 'acme'])
    if (published.code !== 0) throw new Error(published.err)
  }
}

const download = (type: string, version = '1.0.0') =>
  registry.anonymous.get(`/v1/providers/acme/${type}/${version}/download/linux/amd64`)

const warningsOf = async (type: string) =>
  (await registry.anonymous.get(`/v1/providers/acme/${type}/versions`)).json.warnings ?? []

test('provider list names providers, and says what fills an empty list', async () => {
  await given('listed', '1.0.0', '1.1.0-rc.1')

  const listed = await here.run(['provider', 'list', '--namespace', 'acme'])
  const { json } = await here.run(['provider', 'list', '--json'])
  const empty = await here.run(['provider', 'list', '--namespace', 'empty'])

  expect(listed.out.split('\n')).toContain('acme/listed\t1.0.0\t0\t')
  expect(json).toMatchObject({ schema: 'cadastre.provider.list.v1', ok: true })
  expect(empty).toMatchObject({ code: 0, out: '' })
  expect(empty.err).toContain('cadastre publish provider ./dist --namespace empty')
})

test('provider versions come newest first, with protocols, platforms and the key', async () => {
  await given('many', '1.2.0', '1.10.0')

  const { out } = await here.run(['provider', 'versions', 'acme/many'])

  const { keyId } = await makeSigningKey()
  expect(out.split('\n').map((line) => line.split('\t').slice(0, 6))).toEqual([
    ['1.10.0', 'active', '6.0', '2', '0', keyId],
    ['1.2.0', 'active', '6.0', '2', '0', keyId],
    [''],
  ])
})

test.each([
  ['acme/built@1.0.0', []],
  ['acme/built@v1.0.0', []],
  ['acme/built', ['--version', '1.0.0']],
])('provider platforms of %s %j are those of the version', async (address, flags) => {
  await given('built', '1.0.0')

  const { code, out } = await here.run(['provider', 'platforms', address, ...flags])

  expect(code).toBe(0)
  expect(out).toMatch(/^darwin_arm64\t\d+\t0\t[0-9a-f]{64}\tterraform-provider-built_1\.0\.0_darwin_arm64\.zip\nlinux_/)
})

describe('provider deprecate and provider restore', () => {
  test('warn of a version, and take that back', async () => {
    await given('version', '1.0.0')

    const deprecated = await here.run(['provider', 'deprecate', 'acme/version@1.0.0', '--message', 'Use 1.0.1.'])
    const versions = await here.run(['provider', 'versions', 'acme/version'])
    const restored = await here.run(['provider', 'restore', 'acme/version@1.0.0'])

    expect(deprecated).toMatchObject({ code: 0, out: 'acme/version\t1.0.0\tdeprecated\tUse 1.0.1.\n' })
    expect(deprecated.err).toContain('cadastre provider restore acme/version@1.0.0')
    expect(versions.out).toMatch(/^1\.0\.0\tdeprecated\t.*\tUse 1\.0\.1\.\n$/)
    expect(restored).toMatchObject({ code: 0, out: 'acme/version\t1.0.0\tactive\n' })
  })

  test('warn of a provider as a whole, and take that back', async () => {
    await given('whole', '1.0.0')

    const deprecated = await here.run(['provider', 'deprecate', 'acme/whole', '--message', 'Use acme/other.'])

    expect(deprecated).toMatchObject({ code: 0, out: 'acme/whole\t\tdeprecated\tUse acme/other.\n' })
    expect(String(await warningsOf('whole'))).toContain('Use acme/other.')
    expect(await here.run(['provider', 'restore', 'acme/whole'])).toMatchObject({ code: 0 })
    expect(await warningsOf('whole')).toEqual([])
  })
})

describe('provider delete', () => {
  test('takes a version away, and restore brings it back', async () => {
    await given('gone', '1.0.0')
    expectStatus(await download('gone'), 200)

    const deleted = await here.run(['provider', 'delete', 'acme/gone@1.0.0', '--yes'])

    expect(deleted).toMatchObject({ code: 0, out: 'acme/gone\t1.0.0\tdeleted\n' })
    expect(deleted.err).toMatch(
      /Deleting acme\/gone 1\.0\.0 \(2 platforms\), downloaded (once|\d times), breaks every init/,
    )
    expect((await download('gone')).status).not.toBe(200)
    expect(await here.run(['provider', 'restore', 'acme/gone@1.0.0'])).toMatchObject({ code: 0 })
    expectStatus(await download('gone'), 200)
  })

  test('says what would be lost and needs --yes', async () => {
    await given('kept', '1.0.0')

    const refused = await here.run(['provider', 'delete', 'acme/kept@1.0.0'])

    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(refused.err).toMatch(/^Deleting acme\/kept 1\.0\.0 .*\nSay --yes to do it\.\n$/)
    expectStatus(await download('kept'), 200)
  })
})

test.each([
  [['provider', 'versions', 'acme/none'], 4, 'There is no provider acme/none.'],
  [['provider', 'platforms', 'acme/none@1.0.0'], 4, 'acme/none'],
  [['provider', 'versions', 'acme'], 2, 'two parts, NAMESPACE/TYPE'],
  [['provider', 'versions', 'acme/greeter@1.0.0'], 2, 'names a version'],
  [['provider', 'versions', 'reg.example.com/acme/greeter'], 2, '--host reg.example.com'],
  [['provider', 'platforms', 'acme/greeter'], 2, 'Write it like acme/greeter@1.2.0.'],
  [['provider', 'platforms', 'acme/greeter@1.0.0', '--version', '1.0.0'], 2, 'named twice'],
  [['provider', 'delete', 'acme/greeter@'], 2, 'is not NAMESPACE/TYPE@VERSION'],
  [['provider', 'deprecate', 'acme/greeter'], 2, "'--message <text>' not specified"],
])('%j ends with %i', async (args, code, says) => {
  expect(await here.run(args)).toMatchObject({ code, out: '', err: expect.stringContaining(says) })
})
