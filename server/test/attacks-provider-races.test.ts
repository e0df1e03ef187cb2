/** Changes of one provider that come at the same time: each is done, or refused with a reason. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishProvider, trustKey } from './published-provider.ts'
import { startRegistry, type TestRegistry } from './registry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  await trustKey(registry.admin, 'acme')
})
afterAll(() => registry.stop())

test('a provider whose last version is being deleted is deprecated before, or not found after', async () => {
  await publishProvider(registry.admin, 'acme', { type: 'greeter', version: '1.0.0' })
  const [id] = await registry.sql("select id from providers where type = 'greeter'")

  const answer = await registry.whileHeld(
    `select from providers where id = ${id.id} for update;
     update provider_versions set state = 'deleted', deleted_at = now()`,
    () => registry.admin.send('POST', '/api/v1/providers/acme/greeter/deprecate', { message: 'Leave it.' }),
  )

  expect([answer.status, answer.json.code]).toEqual([404, 'provider-not-found'])
})
