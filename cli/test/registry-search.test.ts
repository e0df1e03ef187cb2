import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { givenCatalogue } from '../../server/test/catalogue/given.ts'
import { startRegistry, type TestRegistry } from '../../server/test/registry.ts'
import { type Desk, desk } from './cadastre.ts'

let registry: TestRegistry
let here: Desk
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  await registry.admin.publishModule('acme/vpc/aws', '1.0.0')
  await givenCatalogue(registry, [
    { address: 'hashicorp/vault', popularity: 450, downloads: 96_000, description: 'Secrets and policies' },
    { address: 'hashicorp/vault/aws', popularity: 660, description: 'Clusters of Vault' },
    ...Array.from({ length: 120 }, (_, index) => ({ address: `acme/queue${index}/aws` })),
  ])
  // Only then is it told that something changed.
  while ((await registry.admin.get('/api/v1/search')).json.total.count < 123)
    await new Promise((go) => setTimeout(go, 50))
})
afterAll(() => registry.stop())
beforeEach(() => {
  here = desk({ TFR_CLI_HOST: registry.url, TFR_CLI_TOKEN: registry.adminToken })
})
afterEach(() => here.clear())

const search = (...args: string[]) => here.run(['registry', 'search', ...args])

test('hits come in the order of the registry, with what there is beyond them', async () => {
  const { code, out, err } = await search('vault', '--limit', '1')

  expect(code).toBe(0)
  expect(out).toBe('provider\tregistry.opentofu.org/hashicorp/vault\t1.0.0\t96000\tSecrets and policies\n')
  expect(err).toContain('1 of 2.')
})

test('by type, namespace and provider, in another order', async () => {
  expect((await search('vault', '--type', 'module')).out).toContain('hashicorp/vault/aws')
  expect((await search('--namespace', 'hashicorp', '--provider', 'aws')).out.split('\n')).toHaveLength(2)
  expect((await search('--sort', 'popularity', '--limit', '1')).out).toContain('hashicorp/vault/aws')
})

test('more than a page when more is asked for', async () => {
  const { out } = await search('queue', '--limit', '115')

  expect(new Set(out.trim().split('\n')).size).toBe(115)
})

test('counts alone, in words that scripts look for', async () => {
  expect((await search('vault', '--count-only')).out).toBe('Total Modules: 1\nTotal Providers: 1\n')
  expect((await search('--type', 'provider', '--count-only')).out).toBe('Total Providers: 1\n')
  expect(JSON.parse((await search('vault', '--count-only', '--json')).out).data).toEqual({ modules: 1, providers: 1 })
})

test('as JSON there is nothing else on stdout', async () => {
  const { data } = JSON.parse((await search('vualt', '--json')).out)

  expect(data).toMatchObject({
    total: { count: 2 },
    didYouMean: 'vault',
    items: [{ kind: 'provider' }, { kind: 'module' }],
  })
})

test('all that is known of each, and what was meant', async () => {
  const { out, err } = await search('vualt', '--type', 'provider', '--detailed')

  expect(out.trim().split('\t')).toEqual([
    ...['provider', 'registry.opentofu.org/hashicorp/vault', '1.0.0', '96000', '450'],
    ...['catalogued', 'internal', 'active', '', 'Secrets and policies'],
  ])
  expect(err).toContain('Did you mean vault?')
})

test('what is inside of modules, by a flag, by a key, and by the short command', async () => {
  const output = 'output\tone\tacme/vpc/aws\t1.0.0\t/modules/acme/vpc/aws/outputs#output-one\t\n'

  expect((await search('one', '--type', 'output')).out).toBe(output)
  expect((await search('kind:output one')).out).toBe(output)
  expect((await here.run(['search', 'one', '--kind', 'output', '--ns', 'acme', '--system', 'aws'])).out).toBe(output)
  expect((await search('one', '--type', 'output', '--namespace', 'hashicorp')).out).toBe('')
  expect((await search('one', '--type', 'output', '--count-only')).out).toBe('Total output: 1\n')
  expect((await here.run(['search', 'sign-in-needed', '--kind', 'doc', '--limit', '1'])).out).toContain(
    'doc\tsign-in-needed\t\t\t/docs/errors/sign-in-needed\t',
  )
  expect((await here.run(['search', 'vault', '--origin', 'catalogued', '--limit', '1'])).out).toContain('provider\t')
})

test('without a kind the short command finds everything: modules and providers, then the first of what is in them', async () => {
  const { out, err } = await here.run(['search', 'one'])
  const json = JSON.parse((await here.run(['search', 'one', '--json'])).out)

  expect(out).toContain('output\t/modules/acme/vpc/aws/outputs#output-one\t1.0.0\t\tone\n')
  expect(err).toMatch(/Inside of modules and in the documentation: .*output 1/)
  expect(json.data.groups).toContainEqual(
    expect.objectContaining({ kind: 'output', total: { count: 1, isEstimate: false } }),
  )
  expect((await here.run(['search', 'kind:module one'])).out).not.toContain('output\t')
  expect((await here.run(['search', 'one', '--kind', 'module'])).out).not.toContain('output\t')
})

test('where no module fits, the kinds that do are named', async () => {
  const { out, err } = await search('sign-in-needed')

  expect(out).toBe('')
  expect(err).toMatch(
    /^No module and no provider fits\.\nInside of modules and in the documentation: doc \d+\. List one kind with --type doc\./,
  )
})

test('where nothing fits, what comes near is named', async () => {
  expect((await search('acme/vpc/google')).err).toContain('For other systems: acme/vpc/aws.')
})

test('nothing found is no failure, and wrong use is one', async () => {
  expect(await search('zzqqxxyy')).toMatchObject({ code: 0, out: '', err: expect.stringContaining('Nothing') })
  expect(await search('--limit', '0')).toMatchObject({ code: 2 })
  expect(await search('--sort', 'stars')).toMatchObject({ code: 2 })
})
