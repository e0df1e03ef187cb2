/** Imports through the API: asked for, watched, ended; and only of folders that the settings allow. */
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalogueFolder } from '../../test/catalogue/given.ts'
import { copyOfTemplate, type TestDatabase } from '../../test/database.ts'
import { type PublicRegistry, publicRegistry } from '../../test/public-registry.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'
import { tryLock, unlock } from './import/queries.ts'

let allowed: string
let registry: TestRegistry
let world: PublicRegistry
beforeAll(async () => {
  allowed = await mkdtemp(join(tmpdir(), 'cadastre-imports-'))
  await cp(catalogueFolder, join(allowed, 'small'), { recursive: true })
  await symlink(catalogueFolder, join(allowed, 'elsewhere'))
  await mkdir(join(allowed, 'broken/providers'), { recursive: true })
  await writeFile(join(allowed, 'broken/versions_blacklist.json'), '{')
  world = await publicRegistry({ modules: 6, providers: 4 })
  const registries = JSON.stringify([{ hostname: 'registry.public.example', address: world.url }])
  registry = await startRegistry({
    env: { TFR_CATALOGUE_IMPORT_FOLDER: allowed, TFR_UPSTREAM_REGISTRIES: registries },
  })
})
afterAll(async () => {
  await registry.stop()
  await world.stop()
  await rm(allowed, { recursive: true, force: true })
})

const ask = (body: object) => registry.admin.send('POST', '/api/v1/catalogue/imports', body)
const job = async (id: string) => (await registry.admin.get(`/api/v1/jobs/${id}`)).json
const stateOf = async (id: string) => (await job(id)).state

test('an import is asked for, told of as it goes, and done by the server', async () => {
  const asked = await ask({ folder: 'small', hostname: 'Registry.OpenTofu.org', visibility: 'public' })
  expect(asked.status).toBe(202)
  const { id } = asked.json

  const events = (await registry.admin.get(`/api/v1/jobs/${id}/events`)).text

  const runs = [...events.matchAll(/^event: run\ndata: (.*)$/gm)].map(([, data]) => JSON.parse(data!))
  expect(runs.at(-1)).toMatchObject({ id, state: 'done', subject: 'registry.opentofu.org' })
  expect(runs.at(-1).progress.done).toBe(runs.at(-1).progress.total)
  expect(await job(id)).toMatchObject({ state: 'done', report: { problems: 0 }, problems: [], startedBy: 'test admin' })
  expect(await registry.facts()).toContainEqual(
    expect.objectContaining({ kind: 'catalogue.imported', caller_name: 'test admin' }),
  )
  expect(await registry.sql('select visibility from catalogue_sources')).toEqual([{ visibility: 'public' }])
})

test('one that fails says why', async () => {
  const { id } = (await ask({ folder: 'broken' })).json

  await expect.poll(() => stateOf(id)).toBe('failed')
  expect((await job(id)).error).toContain('cannot be read')
})

test('one whose server stops is gone on with by the next', async () => {
  const database = await copyOfTemplate()
  const kept: TestDatabase = { ...database, drop: async () => {} }
  const env = { TFR_CATALOGUE_IMPORT_FOLDER: allowed, TFR_SECURITY_ENCRYPTION_KEY: 'a'.repeat(40) }
  const first = await startRegistry({ database: kept, env })
  const busy = await first.app.ownConnection('test')
  await tryLock(busy.db, 'registry.opentofu.org')
  const { id } = (await first.admin.send('POST', '/api/v1/catalogue/imports', { folder: 'small' })).json
  await expect
    .poll(
      async () =>
        (
          await first.sql(`select from jobs.job where state = 'active'
    and name = 'catalogue-import'`)
        ).length,
    )
    .toBe(1)
  const stopped = first.stop()
  await unlock(busy.db, 'registry.opentofu.org')
  await busy.close()
  await stopped

  const second = await startRegistry({ database, env })

  const runs = (await second.admin.get(`/api/v1/jobs/${id}/events`)).text
  expect(runs).toContain('"state":"done"')
  expect((await second.admin.get('/api/v1/jobs')).json.items).toHaveLength(1)
  await second.stop()
})

test('one that waits for its turn can be cancelled, once', async () => {
  const other = await registry.app.ownConnection('test')
  await tryLock(other.db, 'busy.example.com')
  const { id } = (await ask({ folder: 'small', hostname: 'busy.example.com' })).json

  const cancelled = await registry.admin.send('DELETE', `/api/v1/jobs/${id}`)
  await unlock(other.db, 'busy.example.com')
  await expect.poll(() => importsUnderWay()).toBe(0)
  await other.close()

  expect(cancelled.json.state).toBe('cancelled')
  expect(await stateOf(id)).toBe('cancelled')
  expect((await registry.admin.send('DELETE', `/api/v1/jobs/${id}`)).json.code).toBe('job-ended')
  expect(await registry.facts()).toContainEqual(expect.objectContaining({ kind: 'job.cancelled' }))
  expect(await registry.sql(`select from modules where hostname = 'busy.example.com'`)).toEqual([])
})

const importsUnderWay = async () =>
  (
    await registry.sql(`select from pg_stat_activity where application_name = 'cadastre import'
    and datname = current_database()`)
  ).length

test.each(['..', '.', '../../etc', '/etc', 'elsewhere', 'nothing'])(
  'the folder %s is not one of those that may be',
  async (folder) => {
    expect(await ask({ folder })).toMatchObject({ status: 404, json: { code: 'source-missing' } })
  },
)

test('runs are listed newest first, page by page', async () => {
  const first = (await registry.admin.get('/api/v1/jobs?limit=2')).json
  const second = (await registry.admin.get(`/api/v1/jobs?limit=2&cursor=${first.next}`)).json

  const shown = [...first.items, ...second.items]
  expect(shown.map(({ subject }) => subject)).toEqual([
    'busy.example.com',
    'registry.opentofu.org',
    'registry.opentofu.org',
  ])
  expect(second.next).toBeNull()
})

test('one that is asked for again keeps who may see it, when the first ended before anything was kept', async () => {
  const hostname = 'again.example.com'
  const other = await registry.app.ownConnection('test')
  await tryLock(other.db, hostname)
  const first = (await ask({ folder: 'small', hostname, visibility: 'private' })).json
  await registry.admin.send('DELETE', `/api/v1/jobs/${first.id}`)
  await unlock(other.db, hostname)
  await expect.poll(() => importsUnderWay()).toBe(0)
  await other.close()
  expect(await registry.sql('select from catalogue_sources where hostname = $1', [hostname])).toEqual([])

  const { id } = (await ask({ folder: 'small', hostname })).json
  await expect.poll(() => stateOf(id), { timeout: 20_000 }).toBe('done')

  expect(await registry.sql('select visibility from catalogue_sources where hostname = $1', [hostname])).toEqual([
    { visibility: 'private' },
  ])
})

test('a registry is imported from where it answers, and described by a search feed', async () => {
  const { json: imported } = await ask({ registry: 'registry.public.example' })
  await expect.poll(() => stateOf(imported.id)).toBe('done')
  const { json: described } = await ask({ registry: `${world.url}/registry/docs`, hostname: 'registry.public.example' })
  await expect.poll(() => stateOf(described.id)).toBe('done')

  expect(await job(imported.id)).toMatchObject({ report: { modules: { new: 6 }, providers: { new: 4 } }, problems: [] })
  expect(await job(described.id)).toMatchObject({ report: { described: { modules: 6, providers: 4 } }, problems: [] })
})

test.each([
  [{ registry: '../etc' }, 422, 'source-invalid'],
  [{ registry: 'registry.example.com', folder: 'small' }, 400, 'request-malformed'],
  [{}, 400, 'request-malformed'],
])('%j is refused', async (body, status, code) => {
  expect(await ask(body)).toMatchObject({ status, json: { code } })
})

test('a registry in the network that this one stands in is not asked, unless the settings name it', async () => {
  const { json } = await ask({ registry: 'http://127.0.0.1:9', hostname: 'inside.example.com' })

  await expect.poll(() => stateOf(json.id)).toBe('failed')
  expect((await job(json.id)).error).toContain('127.0.0.1')
})
