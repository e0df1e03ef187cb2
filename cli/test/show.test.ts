import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { tarGz } from '../../server/test/archives.ts'
import { expectStatus } from '../../server/test/client.ts'
import { knownModule } from '../../server/test/known-module.ts'
import { startRegistry, type TestRegistry } from '../../server/test/registry.ts'
import { type Desk, desk } from './cadastre.ts'

let registry: TestRegistry
let here: Desk

beforeAll(async () => {
  registry = await startRegistry({ env: { TFR_SERVER_BASE_URL: 'https://registry.example.com' } })
  await registry.given.namespace('acme')
  for (const version of ['1.2.3', '2.0.0-rc.1'])
    expectStatus(await registry.admin.publishModule('acme/vpc/aws', version, tarGz(knownModule)), 201)
  expectStatus(await registry.admin.publishModule('acme/next/aws', '1.0.0-rc.1'), 201)
})
afterAll(() => registry.stop())
beforeEach(() => {
  here = desk({ TFR_CLI_HOST: registry.url, TFR_CLI_TOKEN: registry.adminToken })
})
afterEach(() => here.clear())

test('show tells of the newest version what is in it and how it is used', async () => {
  const { code, out } = await here.run(['show', 'acme/vpc/aws'])
  const { json } = await here.run(['show', 'acme/vpc/aws', '--json'])

  expect(code).toBe(0)
  expect(out).toContain('version\t1.2.3\n')
  expect(out).toContain('inputs\t4 (2 required)\n')
  expect(out).toContain('submodules\tmodules/subnets\n')
  expect(json).toMatchObject({ schema: 'cadastre.show.v1', ok: true, data: { licence: 'MIT', version: '1.2.3' } })
  expect(json.data.usage).toContain('source  = "registry.example.com/acme/vpc/aws"')
})

test('show tells how often a module was downloaded lately, and how often this version', async () => {
  await registry.sql(`
    insert into module_downloads_by_day (module_id, version_id, day, terraform)
    select v.module_id, v.id, (now() at time zone 'UTC')::date - ago, case v.version when '1.2.3' then 5 else 2 end
    from module_versions v join modules m on m.id = v.module_id, (values (0), (3), (90)) as a (ago) where m.name = 'vpc'`)

  const { out } = await here.run(['show', 'acme/vpc/aws'])
  const { json } = await here.run(['show', 'acme/vpc/aws', '--json'])

  expect(out).toContain('downloads\t14 in the last 30 days, 10 of this version\n')
  expect(json.data.recentDownloads).toEqual({ days: 30, all: 14, version: 10 })
})

test('show lists inputs and outputs, one on a line', async () => {
  const inputs = await here.run(['show', 'acme/vpc/aws@1.2.3', '--inputs'])
  const outputs = await here.run(['show', 'acme/vpc/aws@1.2.3', '--outputs'])

  expect(inputs.out.split('\n').map((line) => line.split('\t').slice(0, 3))).toEqual([
    ['cidr', 'string', 'required'],
    ['peers', 'map(tuple([string, number]))', 'required'],
    ['subnets', expect.stringContaining('list(object('), '[]'],
    ['token', 'string', 'null'],
    [''],
  ])
  expect(outputs.out).toBe('vpc_id\t\tId of the network.\n')
})

test('show prints a README as it was written, also that of a folder', async () => {
  expect((await here.run(['show', 'acme/vpc/aws', '--readme'])).out).toBe(String(knownModule['README.md']))
  expect((await here.run(['show', 'acme/vpc/aws', '--readme', '--folder', 'modules/subnets'])).out).toBe(
    String(knownModule['modules/subnets/README.md']),
  )
})

test('show says what there is not', async () => {
  expect(await here.run(['show', 'acme/vpc/aws@9.9.9'])).toMatchObject({ code: 4 })
  expect(await here.run(['show', 'acme/vpc/aws', '--inputs', '--folder', 'modules/none'])).toMatchObject({ code: 4 })
  expect(await here.run(['show', 'acme/vpc/aws', '--inputs', '--readme'])).toMatchObject({ code: 2 })
  const next = await here.run(['show', 'acme/next/aws'])
  expect(next).toMatchObject({ code: 4, err: expect.stringContaining('no version that is no prerelease') })
})

test('show tells what could not be read, in each of its folders', async () => {
  const files = {
    'main.tf': 'variable "good" {}\n',
    'broken.tf': 'variable "bad" {\n',
    'modules/part/wrong.tf': 'output "x" {\n',
  }
  expectStatus(await registry.admin.publishModule('acme/partly/aws', '1.0.0', tarGz(files)), 201)

  const { json } = await here.run(['show', 'acme/partly/aws', '--json'])

  expect(json.warnings).toEqual([
    expect.stringMatching(/^broken\.tf:\d+: /),
    expect.stringMatching(/^modules\/part\/wrong\.tf:\d+: /),
  ])
})
