/** `cadastre admin catalogue`: who may see the registries in the catalogue. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importFiles, moduleFile, publicHost } from '../../server/test/catalogue/imported.ts'
import { startRegistry, type TestRegistry } from '../../server/test/registry.ts'
import { type Desk, desk } from './cadastre.ts'

let registry: TestRegistry
let here: Desk
beforeAll(async () => {
  registry = await startRegistry()
  here = desk({ TFR_CLI_HOST: registry.url, TFR_CLI_TOKEN: registry.adminToken })
})
afterAll(async () => {
  here.clear()
  await registry.stop()
})

const catalogue = (...args: string[]) => here.run(['admin', 'catalogue', ...args])
const seen = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t').slice(0, 3))

test('an empty catalogue says how one is imported', async () => {
  const { code, out, err } = await catalogue('list')

  expect([code, out]).toEqual([0, ''])
  expect(err).toContain('cadastre registry import')
})

test('visibility is set for a registry and for a namespace, and taken away again', async () => {
  await importFiles(registry, { 'modules/a/acme/vpc/aws.json': moduleFile('v1.0.0') })

  const opened = await catalogue('update', publicHost, '--visibility', 'public')
  const hidden = await catalogue('update', publicHost, '--namespace', 'acme', '--visibility', 'private')
  const listed = await catalogue('list')
  const back = await catalogue('update', publicHost, '--namespace', 'acme', '--as-registry', '--json')

  expect(seen(opened.out)).toEqual([[publicHost, '*', 'public']])
  expect(seen(hidden.out)).toEqual([
    [publicHost, '*', 'public'],
    [publicHost, 'acme', 'private'],
  ])
  expect(seen(listed.out)).toEqual(seen(hidden.out))
  expect(back.json).toMatchObject({
    schema: 'cadastre.admin.catalogue.update.v1',
    data: { visibility: 'public', namespaces: [] },
  })
})

test.each([
  ['nothing to set', ['update', publicHost], 2, '--visibility'],
  ['a registry as itself', ['update', publicHost, '--as-registry'], 2, '--namespace'],
  [
    'a registry that was not imported',
    ['update', 'registry.acme.example', '--visibility', 'public'],
    4,
    'was imported',
  ],
])('%s is refused', async (_, args, exit, says) => {
  const { code, err } = await catalogue(...args)

  expect(code).toBe(exit)
  expect(err).toContain(says)
})
