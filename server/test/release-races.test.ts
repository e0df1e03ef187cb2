/** A release that is published while another one is deleted: the lists know of it. */
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

/** As publishing does: the row of the thing is held, then its version is written. */
const publishing = (things: string, versions: string, thing: string, isRaced: string) => `
  update ${things} set updated_at = now() where ${isRaced};
  insert into ${versions} (${thing}, version, core, precedence)
    select ${thing}, '1.1.0', '1.1.0', precedence || '~' from ${versions}
    where ${thing} = (select id from ${things} where ${isRaced})`

test('of a module', async () => {
  await registry.admin.publishModule('acme/raced/aws', '1.0.0')
  await registry.admin.publishModule('acme/other/aws', '1.0.0')

  await registry.whileHeld(publishing('modules', 'module_versions', 'module_id', "name = 'raced'"), () =>
    registry.admin.send('DELETE', '/api/v1/modules/acme/raced/aws/1.0.0'),
  )

  expect(await newestOf('modules')).toEqual(['acme/raced/aws 1.1.0', 'acme/other/aws 1.0.0'])
})

test('of a provider, by whoever writes into the database', async () => {
  await publishProvider(registry.admin, 'acme', { type: 'raced', version: '1.0.0' })
  await publishProvider(registry.admin, 'acme', { type: 'other', version: '1.0.0' })

  await registry.whileHeld(publishing('providers', 'provider_versions', 'provider_id', "type = 'raced'"), () =>
    registry.sql(`update provider_versions set state = 'deleted', deleted_at = now()
      where version = '1.0.0' and provider_id = (select id from providers where type = 'raced')`),
  )

  expect(await newestOf('providers')).toEqual(['acme/raced 1.1.0', 'acme/other 1.0.0'])
})

async function newestOf(list: 'modules' | 'providers'): Promise<string[]> {
  const { json } = await registry.admin.get(`/api/v1/${list}?sort=updated`)
  return json.items.map((item: { address: string; latestVersion: string }) => `${item.address} ${item.latestVersion}`)
}
