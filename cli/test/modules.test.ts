import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { expectStatus } from '../../server/test/client.ts'
import { startRegistry, type TestRegistry } from '../../server/test/registry.ts'
import { type Desk, desk } from './cadastre.ts'

let registry: TestRegistry
let here: Desk

beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  await registry.given.namespace('empty', 'private')
})
afterAll(() => registry.stop())
beforeEach(() => {
  here = desk({ TFR_CLI_HOST: registry.url, TFR_CLI_TOKEN: registry.adminToken })
})
afterEach(() => here.clear())

const given = async (address: string, version: string) =>
  expectStatus(await registry.admin.publishModule(address, version), 201)

describe('module list', () => {
  test('names every module that may be read, also past the first page', async () => {
    await registry.given.namespace('many')
    for (let number = 0; number < 105; number++) await given(`many/module-${number}/aws`, '1.0.0')

    const listed = await here.run(['module', 'list', '--namespace', 'many'], { env: { TFR_CLI_TOKEN: '' } })

    const rows = listed.out.trimEnd().split('\n')
    expect(rows).toHaveLength(105)
    expect(rows).toContain('many/module-7/aws\t1.0.0\t0\t')
  })

  test('says what fills an empty list', async () => {
    const listed = await here.run(['module', 'list', '--namespace', 'empty'])

    expect(listed).toMatchObject({ code: 0, out: '' })
    expect(listed.err).toBe(
      'No modules that you may read in empty.\nNext, publish one:  cadastre publish module DIR --address empty/NAME/SYSTEM --version 1.0.0\n',
    )
  })

  test('is one document with --json', async () => {
    await given('acme/json/aws', '1.0.0')

    const { json, err } = await here.run(['module', 'list', '--namespace', 'acme', '--json'])

    expect(json).toMatchObject({ schema: 'cadastre.module.list.v1', ok: true, warnings: [], next: [] })
    expect(json.data.items).toContainEqual(
      expect.objectContaining({ address: 'acme/json/aws', latestVersion: '1.0.0' }),
    )
    expect(err).toBe('')
  })
})

describe('module versions', () => {
  test('come newest first', async () => {
    for (const version of ['1.2.0', '1.10.0', '1.10.0-rc.1']) await given('acme/vpc/aws', version)

    const { out } = await here.run(['module', 'versions', 'acme/vpc/aws'])

    expect(out.split('\n').map((line) => line.split('\t').slice(0, 2).join(' '))).toEqual([
      '1.10.0 active',
      '1.10.0-rc.1 active',
      '1.2.0 active',
      '',
    ])
  })

  test('say the step that was measured, and descriptions only where there are any', async () => {
    await given('acme/steps/aws', '1.0.0')
    await given('acme/steps/aws', '1.0.1')

    const { out } = await here.run(['module', 'versions', 'acme/steps/aws'])

    expect(out.split('\n').map((line) => line.split('\t').slice(5))).toEqual([['patch since 1.0.0'], [''], []])
  })

  test('of a module that does not exist are not found, and of an address that is none wrong usage', async () => {
    expect(await here.run(['module', 'versions', 'acme/none/aws'])).toMatchObject({
      code: 4,
      err: expect.stringContaining('There is no module acme/none/aws.'),
    })
    expect(await here.run(['module', 'versions', 'acme'])).toMatchObject({ code: 2 })
  })
})

describe('module delete and module restore', () => {
  test('take a version away and bring it back', async () => {
    await given('acme/gone/aws', '1.0.0')
    const download = () => registry.anonymous.get('/v1/modules/acme/gone/aws/1.0.0/download')
    expectStatus(await download(), 204)
    await expect.poll(() => here.run(['module', 'versions', 'acme/gone/aws']).then(({ out }) => out)).toContain('\t1\t')

    const deleted = await here.run(['module', 'delete', 'acme/gone/aws', '1.0.0', '--yes'])

    expect(deleted).toMatchObject({ code: 0, out: 'acme/gone/aws\t1.0.0\tdeleted\n' })
    expect(deleted.err).toContain('Deleting acme/gone/aws 1.0.0, downloaded once, breaks every init that asks for it.')
    expect(deleted.err).toContain('cadastre module restore acme/gone/aws 1.0.0')
    expectStatus(await download(), 410)

    const restored = await here.run(['module', 'restore', 'acme/gone/aws', '1.0.0'])

    expect(restored).toMatchObject({ code: 0, out: 'acme/gone/aws\t1.0.0\tactive\n' })
    expectStatus(await download(), 204)
  })

  test.each([
    ['where nobody can be asked', []],
    ['with --no-input', ['--no-input']],
  ])('says what would be lost and needs --yes %s', async (_where, flags) => {
    const address = `acme/kept-${flags.length}/aws`
    await given(address, '1.0.0')

    const refused = await here.run(['module', 'delete', address, '1.0.0', ...flags])

    expect(refused.code).toBe(2)
    expect(refused.err).toMatch(/^Deleting acme\/kept-\d\/aws 1\.0\.0, downloaded 0 times, .*\nSay --yes to do it\.\n$/)
    expectStatus(await registry.anonymous.get(`/v1/modules/${address}/1.0.0/download`), 204)
  })

  test('of what is not there is not found, and needs an administrator', async () => {
    await given('acme/guarded/aws', '1.0.0')
    const publisher = await registry.given.key(['modules:write'])

    expect(await here.run(['module', 'delete', 'acme/guarded/aws', '9.9.9', '--yes'])).toMatchObject({ code: 4 })
    expect(await here.run(['module', 'restore', 'acme/guarded/aws', '9.9.9'])).toMatchObject({ code: 4 })
    expect(
      await here.run(['module', 'delete', 'acme/guarded/aws', '1.0.0', '--yes', '--token', publisher]),
    ).toMatchObject({ code: 3 })
  })
})
