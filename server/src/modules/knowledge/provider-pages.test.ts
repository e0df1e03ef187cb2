/** The providers that a module needs lead to their pages, where the reader may see them. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { moduleFiles, tarGz } from '../../../test/archives.ts'
import { importFiles, providerFile } from '../../../test/catalogue/imported.ts'
import { expectStatus } from '../../../test/client.ts'
import { publishProvider, trustKey } from '../../../test/published-provider.ts'
import { startRegistry, type TestRegistry } from '../../../test/registry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  const { admin, given } = registry
  await given.namespace('open')
  await given.namespace('closed', 'private')
  for (const namespace of ['open', 'closed']) {
    await trustKey(admin, namespace)
    await publishProvider(admin, namespace, { type: 'greeter', version: '1.0.0', platforms: ['linux_amd64'] })
  }
  await importFiles(registry, {
    'providers/h/hashicorp/random.json': providerFile('hashicorp/random', [{ version: '1.0.0' }]),
  })
  const { host } = new URL(registry.app.config.server.base_url)
  const required = {
    ours: `${host}/open/greeter`,
    hidden: `${host}/closed/greeter`,
    // As something of every object is called.
    constructor: `${host}/open/greeter`,
    random: 'hashicorp/random',
    elsewhere: 'registry.example.org/a/b',
    // What stands there without a host name is of a public registry, whatever this one has.
    greeter: 'open/greeter',
  }
  const blocks = Object.entries(required).map(([name, source]) => `    ${name} = { source = "${source}" }`)
  const text = `terraform {\n  required_providers {\n${blocks.join('\n')}\n  }\n}\n`
  expectStatus(await admin.publishModule('open/vpc/aws', '1.0.0', tarGz(moduleFiles({ 'versions.tf': text }))), 201)
})
afterAll(() => registry?.stop())

const requirements = '/api/v1/modules/open/vpc/aws/1.0.0/requirements'

test('to those of this registry and of its catalogue, and to no others', async () => {
  const { json } = await registry.admin.get(requirements)

  expect(json.requirements.providers).toHaveLength(6)
  expect(json.providerPages).toEqual({
    ours: '/providers/open/greeter',
    hidden: '/providers/closed/greeter',
    constructor: '/providers/open/greeter',
    random: '/mirror/registry.opentofu.org/hashicorp/random',
  })
})

test('and to none that the reader may not see', async () => {
  const { json } = await registry.anonymous.get(requirements)

  expect(json.providerPages).toEqual({ ours: '/providers/open/greeter', constructor: '/providers/open/greeter' })
})
