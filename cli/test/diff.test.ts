import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { tarGz } from '../../server/test/archives.ts'
import { expectStatus } from '../../server/test/client.ts'
import { startRegistry, type TestRegistry } from '../../server/test/registry.ts'
import { type Desk, desk } from './cadastre.ts'

let registry: TestRegistry
let here: Desk

const versions = {
  '1.0.0': 'variable "cidr" { type = string }\nvariable "name" {\n  type    = string\n  default = "net"\n}\n',
  '1.1.0': 'variable "cidr" { type = string }\nvariable "tags" {\n  type    = map(string)\n  default = {}\n}\n',
  '1.1.1': 'variable "cidr" { type = string }\n# Tags\nvariable "tags" {\n  type    = map(string)\n  default = {}\n}\n',
}

beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  for (const [version, text] of Object.entries(versions))
    expectStatus(await registry.admin.publishModule('acme/vpc/aws', version, tarGz({ 'variables.tf': text })), 201)
})
afterAll(() => registry.stop())
beforeEach(() => {
  here = desk({ TFR_CLI_HOST: registry.url, TFR_CLI_TOKEN: registry.adminToken })
})
afterEach(() => here.clear())

test('diff lists what changed, what breaks callers first, and ends with 6 when something does', async () => {
  const { code, out, err } = await here.run(['diff', 'acme/vpc/aws', '1.0.0', '1.1.0'])

  const rows = out
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'))
  expect(code).toBe(6)
  expect(rows.map(([severity, kind, , name]) => [severity, kind, name])).toEqual([
    ['breaking', 'removed', 'name'],
    ['addition', 'added', 'tags'],
  ])
  expect(rows[0]?.at(-1)).toBe('variables.tf:2')
  expect(err).toMatch(/removed in a minor release/)
})

test('diff ends with 0 when nothing breaks, and says the whole in JSON', async () => {
  const quiet = await here.run(['diff', 'acme/vpc/aws', '1.1.0', '1.1.1', '--json'])
  const onlyBreaking = await here.run(['diff', 'acme/vpc/aws', '1.0.0', '1.1.0', '--breaking-only'])

  expect(quiet.code).toBe(0)
  expect(quiet.json).toMatchObject({ schema: 'cadastre.diff.v1', data: { verdict: { breaking: 0, enough: true } } })
  expect(onlyBreaking.out.trimEnd().split('\n')).toHaveLength(1)
})

test('diff says which version is not there', async () => {
  const { code, err } = await here.run(['diff', 'acme/vpc/aws', '1.0.0', '9.0.0'])

  expect(code).toBe(4)
  expect(err).toContain('9.0.0')
})
