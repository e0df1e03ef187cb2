/** Which registries get the examples: empty ones, once; and those that an earlier version gave the modules alone. */
import { afterEach, expect, test } from 'vitest'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'
import { seedExamples } from './examples.ts'

const module = '/api/v1/modules/examples/network/generic/1.1.0'
const provider = '/api/v1/providers/examples/greeter/1.0.0'

let registry: TestRegistry
afterEach(() => registry?.stop())

const statuses = async () => [
  (await registry.anonymous.get(module)).status,
  (await registry.anonymous.get(provider)).status,
]

test('an empty registry gets them, and what is deleted then does not come back', async () => {
  registry = await startRegistry()

  await seedExamples(registry.app)
  const first = await statuses()
  const known = (await registry.anonymous.get(module)).json
  for (const path of [module, provider]) await registry.admin.send('DELETE', path)
  await seedExamples(registry.app)

  expect(first).toEqual([200, 200])
  expect(known.inspection).toBe('done')
  expect(known.folders.map(({ kind, path }: { kind: string; path: string }) => `${kind} ${path}`)).toEqual([
    'root ',
    'example examples/small',
    'submodule modules/subnets',
  ])
  expect((await statuses()).includes(200)).toBe(false)
  expect((await registry.facts()).filter(({ kind }) => /(published|added)$/.test(kind))).toMatchObject([
    { kind: 'module.published', caller_name: 'cadastre' },
    { kind: 'module.published', caller_name: 'cadastre' },
    { kind: 'signing_key.added', caller_name: 'cadastre' },
    { kind: 'provider.published', caller_name: 'cadastre' },
  ])
})

test('a registry with namespaces of its own gets none', async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')

  await seedExamples(registry.app)

  expect(await statuses()).toEqual([401, 401])
})

test('one that has the modules of an earlier version gets the provider, whatever else is in it', async () => {
  registry = await startRegistry()
  await registry.sql("insert into installation (name, value) values ('examples', 'seeded')")
  for (const name of ['examples', 'acme']) await registry.given.namespace(name)

  await seedExamples(registry.app)

  expect((await registry.anonymous.get(provider)).json).toMatchObject({ state: 'active', protocols: ['6.0'] })
  expect((await registry.anonymous.get(module)).status).toBe(404)
})
