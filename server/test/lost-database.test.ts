/** When PostgreSQL is lost: what was answered before is answered on, marked as old, and nothing wrong is answered after. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, expect, test, vi } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/foundation/database/embedded.ts'
import { migrateUp } from '../src/foundation/database/migrate.ts'
import type { Answer, Client } from './client.ts'
import { publishProvider, trustKey } from './published-provider.ts'
import { allNewsHeard, standingClock, startRegistry, type TestRegistry } from './registry.ts'

const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

test('warm answers, rights and links outlive the database, and say how old they are', async () => {
  const { registry, lose, restore } = await registryOnItsOwn()
  const reader = registry.as(await registry.given.key(['modules:read']))
  await allNewsHeard(registry)
  await warm(reader)
  const before = await reader.get(versions)

  await lose()
  const list = await reader.get(versions)
  const download = await reader.get(look)
  const archive = await registry.anonymous.get(download.headers.get('x-terraform-get')!)
  const cold = await reader.get('/v1/modules/private/other/aws/versions')
  const publish = await registry.admin.publishModule('private/vpc/aws', '2.0.0')
  const page = await registry.anonymous.get('/modules/private/vpc/aws', { accept: 'text/html' })
  const [health, ready, live] = [
    await registry.anonymous.get('/health'),
    await registry.anonymous.get('/ready'),
    await registry.anonymous.get('/live'),
  ]

  expect([list.status, list.text]).toEqual([200, before.text])
  expect(Number(list.headers.get('x-cadastre-stale'))).toBeGreaterThan(0)
  expect([download.status, archive.status]).toEqual([204, 200])
  expect(download.headers.get('x-cadastre-stale')).not.toBeNull()
  expect([cold.status, cold.json.code, cold.headers.get('retry-after')]).toEqual([503, 'database-unreachable', '2'])
  expect(publish.status).toBe(503)
  expect([page.status, page.headers.get('retry-after'), page.headers.get('cache-control')]).toEqual([
    503,
    '2',
    'private, no-store',
  ])
  expect(page.text).toContain('<title>Unavailable &mdash; Cadastre</title>')
  expect([health.status, health.json.checks.database.status]).toEqual([503, 'down'])
  expect([ready.status, live.status]).toEqual([200, 200])
  expect(await registry.app.metrics.registry.metrics()).toMatch(/cadastre_database_stale_seconds\{[^}]*\} [0-9.]*[1-9]/)

  await restore()
  await expect.poll(() => reader.get(versions).then(({ headers }) => headers.get('x-cadastre-stale'))).toBeNull()
  expect((await registry.admin.publishModule('private/vpc/aws', '2.0.0')).status).toBe(201)
  // One look-up before, one while it was lost: neither is forgotten.
  await expect
    .poll(() =>
      registry.sql("select downloads::int as n from module_versions where version = '1.0.0'").then(([row]) => row.n),
    )
    .toBe(2)
})

test('so do the versions of a provider, its download answer, its zip, its sums and their signature', async () => {
  const { registry, lose } = await registryOnItsOwn()
  await trustKey(registry.admin, 'private')
  const dist = await publishProvider(registry.admin, 'private', { type: 'greeter', version: '1.0.0' })
  const reader = registry.as(await registry.given.key(['providers:read']))
  const provider = '/v1/providers/private/greeter'
  const paths = [`${provider}/versions`, `${provider}/1.0.0/download/linux/amd64`]
  const answers = () => Promise.all(paths.map((path) => reader.get(path)))
  await allNewsHeard(registry)
  const [, { json: download }] = (await answers()) as [Answer, Answer]
  const urls: string[] = [download.download_url, download.shasums_url, download.shasums_signature_url]
  for (const url of urls) await registry.anonymous.get(url)

  await lose()
  const after = await answers()
  const files = await Promise.all(urls.map((url) => registry.anonymous.get(url)))
  const otherPlatform = await reader.get(`${provider}/1.0.0/download/linux/arm64`)
  const publish = await registry.admin.send('POST', '/api/v1/providers/private/greeter/1.0.0/publish')

  expect(after.map(({ status }) => status)).toEqual([200, 200])
  expect(after.map(({ headers }) => Number(headers.get('x-cadastre-stale')) > 0)).toEqual([true, true])
  expect(after[1]!.json.packages).toEqual(download.packages)
  const names = [download.filename, dist.sumsName, dist.signatureName]
  expect(files.map(({ status, bytes }, index) => [status, bytes.equals(dist.files.get(names[index]!)!)])).toEqual(
    names.map(() => [200, true]),
  )
  expect([otherPlatform.status, publish.status]).toEqual([503, 503])
})

test('the mirror outlives the database, too, and so does what it leads to', async () => {
  const { registry, lose } = await registryOnItsOwn({ TFR_SERVER_BASE_URL: 'https://registry.example.test' })
  await trustKey(registry.admin, 'private')
  await publishProvider(registry.admin, 'private', { type: 'greeter', version: '1.0.0', platforms: ['linux_amd64'] })
  const reader = registry.as(await registry.given.key(['providers:read']))
  const provider = '/v1/mirror/registry.example.test/private/greeter'
  const documents = () => Promise.all(['index', '1.0.0'].map((name) => reader.get(`${provider}/${name}.json`)))
  await allNewsHeard(registry)
  const before = await documents()

  await lose()
  const after = await documents()
  const zip = await registry.anonymous.get(after[1]!.json.archives.linux_amd64.url)
  const cold = await reader.get(`${provider}/2.0.0.json`)

  expect(after.map(({ status, text }) => [status, text])).toEqual(before.map(({ text }) => [200, text]))
  expect(after.map(({ headers }) => Number(headers.get('x-cadastre-stale')) > 0)).toEqual([true, true])
  expect([zip.status, cold.status]).toEqual([200, 503])
})

test('auth.stale_rights is how long known rights are believed; what is public stays', async () => {
  const { registry, lose } = await registryOnItsOwn({ TFR_AUTH_STALE_RIGHTS: '5m' })
  await registry.given.namespace('open', 'public')
  await registry.admin.publishModule('open/vpc/aws', '1.0.0')
  const reader = registry.as(await registry.given.key(['modules:read']))
  await allNewsHeard(registry)
  await warm(reader)
  await registry.anonymous.get('/v1/modules/open/vpc/aws/versions')

  await lose()
  const soon = await reader.get(versions)
  const real = performance.now.bind(performance)
  const ahead = vi.spyOn(performance, 'now').mockImplementation(() => real() + 5 * 60_000)
  const late = await reader.get(versions)
  const anonymous = await registry.anonymous.get('/v1/modules/open/vpc/aws/versions')
  const ready = await registry.anonymous.get('/ready')
  ahead.mockRestore()

  expect(soon.status).toBe(200)
  expect(late.json.code).toBe('database-unreachable')
  expect(anonymous.status).toBe(200)
  expect(ready.status).toBe(503)
})

test('a key that was revoked while this server was cut off is refused after the return', async () => {
  const { registry, lose, restore, login } = await registryOnItsOwn()
  const made = await registry.admin.send('POST', '/api/v1/api-keys', { name: 'x', scopes: ['modules:read'] })
  const reader = registry.as(made.json.token)
  await warm(reader)

  await lose()
  expect((await reader.get(versions)).status).toBe(200)
  await restore(async () => {
    // What another server would write in the transaction that revokes.
    const client = new pg.Client(login())
    await client.connect()
    await client.query('begin')
    await client.query('update api_keys set revoked_at = now() where id = $1', [made.json.apiKey.id])
    await client.query('insert into changes (topic) values ($1)', [`api-key:${made.json.apiKey.id}`])
    // Only heard when this server was back already; else it reads the row.
    await client.query("select pg_notify('cadastre_changes', $1)", [`api-key:${made.json.apiKey.id}`])
    await client.query('commit')
    await client.end()
  })

  await expect.poll(() => registry.app.changes.staleForMs()).toBe(0)
  await expect.poll(() => reader.get(versions).then(({ status }) => status)).toBe(401)
})

const versions = '/v1/modules/private/vpc/aws/versions'
const look = '/v1/modules/private/vpc/aws/1.0.0/download'

async function warm(client: Client) {
  await client.get(versions)
  await client.get(look)
}

/** A registry with a PostgreSQL of its own, which can be stopped under it and started again. */
async function registryOnItsOwn(env: Record<string, string> = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'cadastre-lost-'))
  let postgres: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir })
  await migrateUp(postgres.owner, { applicationRole: postgres.application.user })
  const { owner, application, superuser, folder } = postgres
  const registry: TestRegistry = await startRegistry({
    env,
    clock: standingClock(),
    database: { owner, application, superuser, drop: async () => {} },
  })
  let running = true
  open.push(async () => {
    await registry.stop()
    if (running) await postgres.stop()
    await rm(folder, { recursive: true, force: true })
    await rm(dataDir, { recursive: true, force: true })
  })
  await registry.given.namespace('private', 'private')
  await registry.admin.publishModule('private/vpc/aws', '1.0.0')
  return {
    registry,
    login: () => owner as pg.ClientConfig,
    async lose() {
      await postgres.stop()
      running = false
      await expect.poll(() => registry.app.changes.staleForMs()).toBeGreaterThan(0)
    },
    /** @param before runs with the database up, as close to its return as can be */
    async restore(before = async () => {}) {
      postgres = await startEmbeddedPostgres({ dataDir })
      running = true
      await before()
    },
  }
}
