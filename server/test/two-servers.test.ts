/** Several server processes on one PostgreSQL: what one changes the others answer, also after they were out of reach. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { moduleFiles, tarGz } from './archives.ts'
import type { OtherProcess } from './other-process.ts'
import { startRegistry, type TestRegistry } from './registry.ts'

let registry: TestRegistry
let other: OtherProcess
beforeAll(async () => {
  registry = await startRegistry()
  other = await registry.another()
  await registry.given.namespace('acme')
})
afterAll(() => registry.stop())

const versionsOf = async (client: TestRegistry['anonymous'], address: string): Promise<string[]> => {
  const { status, json } = await client.get(`/v1/modules/${address}/versions`)
  return status === 200 ? json.modules[0].versions.map(({ version }: { version: string }) => version) : []
}

describe.each([
  ['with the connection that tells of changes', async () => 0],
  ['after that connection was cut', cutListening],
])('%s', (_name, before) => {
  const name = _name.replaceAll(' ', '-').slice(0, 20)

  test('a publish, a deletion and a restore are answered by both', async () => {
    const address = `acme/${name}a/aws`
    await registry.admin.publishModule(address, '1.0.0')
    expect(await versionsOf(other.anonymous, address)).toEqual(['1.0.0'])
    await before()

    await registry.admin.publishModule(address, '1.1.0')
    await expect.poll(() => versionsOf(other.anonymous, address)).toEqual(['1.1.0', '1.0.0'])
    await registry.admin.send('DELETE', `/api/v1/modules/${address}/1.0.0`)
    await expect.poll(() => versionsOf(other.anonymous, address)).toEqual(['1.1.0'])
    await expect
      .poll(() => other.anonymous.get(`/v1/modules/${address}/1.0.0/download`).then(({ status }) => status))
      .toBe(410)
    await registry.admin.send('POST', `/api/v1/modules/${address}/1.0.0/restore`)
    await expect.poll(() => versionsOf(other.anonymous, address)).toEqual(['1.1.0', '1.0.0'])
  })

  test('a version that was asked for before it was there is found afterwards', async () => {
    const path = `/v1/modules/acme/${name}b/aws/1.0.0/download`
    expect((await other.anonymous.get(path)).status).toBe(404)
    await before()

    await registry.admin.publishModule(`acme/${name}b/aws`, '1.0.0')

    await expect.poll(() => other.anonymous.get(path).then(({ status }) => status)).toBe(204)
  })

  test('a key that is revoked at one is refused by the other, though it knew it', async () => {
    const made = await registry.admin.send('POST', '/api/v1/api-keys', { name: 'x', scopes: ['modules:read'] })
    const client = other.as(made.json.token)
    expect((await client.get('/api/v1/whoami')).status).toBe(200)
    await before()

    await registry.admin.send('DELETE', `/api/v1/api-keys/${made.json.apiKey.id}`)

    await expect.poll(() => client.get('/api/v1/whoami').then(({ status }) => status)).toBe(401)
  })

  test('a namespace that becomes private at one is private at the other', async () => {
    await registry.given.namespace(`${name}c`)
    await registry.admin.publishModule(`${name}c/vpc/aws`, '1.0.0')
    const path = `/v1/modules/${name}c/vpc/aws/versions`
    expect((await other.anonymous.get(path)).status).toBe(200)
    await before()

    await registry.admin.send('PATCH', `/api/v1/namespaces/${name}c`, { visibility: 'private' })

    await expect.poll(() => other.anonymous.get(path).then(({ status }) => status)).toBe(401)
  })
})

test('both hand out the same signed address, and each takes what the other signed', async () => {
  await registry.admin.publishModule('acme/links/aws', '1.0.0')
  const ask = async (client: TestRegistry['anonymous']) =>
    (await client.get('/v1/modules/acme/links/aws/1.0.0/download')).headers.get('x-terraform-get')!

  // Asked again should the five-minute bucket end in between.
  await expect.poll(async () => (await ask(registry.anonymous)) === (await ask(other.anonymous))).toBe(true)
  const archive = await other.anonymous.get(await ask(registry.anonymous))

  expect(archive.status).toBe(200)
})

test('while the connection is cut again and again under writes, the other ends up with every version', async () => {
  const versions = Array.from({ length: 30 }, (_, index) => `1.${index}.0`)
  const reading = setInterval(() => versionsOf(other.anonymous, 'acme/cut/aws').catch(() => {}), 10)

  for (const [index, version] of versions.entries()) {
    // Some are published while both listen, some while neither does, some while they come back.
    if (index % 8 === 4) await expect.poll(cutListening).toBeGreaterThan(0)
    await registry.admin.publishModule('acme/cut/aws', version, tarGz(moduleFiles({ version })))
  }
  clearInterval(reading)

  await expect.poll(() => versionsOf(other.anonymous, 'acme/cut/aws')).toEqual(versions.toReversed())
})

test('downloads counted by two servers add up', async () => {
  await registry.admin.publishModule('acme/counted/aws', '1.0.0')
  const path = '/v1/modules/acme/counted/aws/1.0.0/download'

  for (let index = 0; index < 20; index += 1) {
    await registry.anonymous.get(path)
    await other.anonymous.get(path)
    await other.anonymous.head(path)
  }

  const counts = () =>
    registry.sql(`select m.downloads::int as module, v.downloads::int as version,
        (select sum(e.downloads)::int from download_events e where e.module_version_id = v.id) as events
      from modules m join module_versions v on v.module_id = m.id where m.name = 'counted'`)
  await expect.poll(counts).toEqual([{ module: 40, version: 40, events: 40 }])
})

/** Cuts the connections on which both processes listen. @returns how many there were */
async function cutListening(): Promise<number> {
  // A role may end connections of its own.
  const cut = await sql<{ pid: number }>`select pg_terminate_backend(pid), pid from pg_stat_activity
    where application_name = 'cadastre-changes' and datname = current_database()`.execute(registry.app.db)
  return cut.rows.length
}
