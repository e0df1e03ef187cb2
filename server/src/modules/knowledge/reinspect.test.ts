/** Versions that nobody has read, or an older inspector: read again by a job, in pieces, however often it is begun. */
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { tarGz } from '../../../test/archives.ts'
import { expectStatus } from '../../../test/client.ts'
import { knownModule } from '../../../test/known-module.ts'
import { startRegistry, type TestRegistry } from '../../../test/registry.ts'
import { inspectorVersion } from './inspected.ts'

let registry: TestRegistry
const versions = ['1.0.0', '1.1.0', '1.2.0']

beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  for (const version of versions)
    expectStatus(await registry.admin.publishModule('acme/vpc/aws', version, tarGz(knownModule)), 201)
})
afterAll(() => registry.stop())

/** As it was before anything read modules. */
beforeEach(() => registry.sql('delete from module_knowledge; delete from search_terms; delete from job_runs'))

const detailsOf = async (version: string) =>
  expectStatus(await registry.anonymous.get(`/api/v1/modules/acme/vpc/aws/${version}`), 200).json
const inspections = () => Promise.all(versions.map(async (version) => (await detailsOf(version)).inspection))
const ask = async () => expectStatus(await registry.admin.send('POST', '/api/v1/modules/inspections'), 202).json
const stateOf = async (id: string) => (await registry.admin.get(`/api/v1/jobs/${id}`)).json
const runs = async () => (await registry.admin.get('/api/v1/jobs')).json.items
const done = (id: string) => expect.poll(async () => (await stateOf(id)).state, { interval: 200 }).toBe('done')

test('whoever manages may have them read, and a second wish is the same run', async () => {
  expect(await inspections()).toEqual(['waiting', 'waiting', 'waiting'])
  expect((await registry.anonymous.get('/api/v1/modules/acme/vpc/aws/1.0.0/inputs?folder=modules/any')).json).toEqual({
    inspection: 'waiting',
    items: [],
    diagnostics: [],
  })

  const [first, second] = [await ask(), await ask()]

  expect(second.id).toBe(first.id)
  await done(first.id)
  expect(await inspections()).toEqual(['done', 'done', 'done'])
  expect(await stateOf(first.id)).toMatchObject({
    kind: 'modules.inspect',
    progress: { done: 3, total: 3, failed: 0 },
    problems: [],
  })
  const found = (await registry.anonymous.get('/api/v1/search?q=input:cidr')).json.items
  expect(found).toMatchObject([{ address: 'acme/vpc/aws' }])
})

test('what an older inspector read is read again by itself, and only that', async () => {
  const { id } = await ask()
  await done(id)
  await registry.sql(`update module_knowledge set inspector_version = 1, licence = 'none' where version_id =
    (select id from module_versions where version = '1.1.0')`)

  await registry.app.jobs.runChores()
  const again = (await runs()).find((run: { id: string }) => run.id !== id)
  await done(again.id)
  await registry.app.jobs.runChores()

  expect(again.startedBy).toBe('cadastre')
  expect((await stateOf(again.id)).report).toMatchObject({ done: 1 })
  expect((await detailsOf('1.1.0')).licence).toBe('MIT')
  expect(await runs()).toHaveLength(2)
})

test('a run whose server died is gone on with where it stood, and doing it twice changes nothing', async () => {
  const [first] = await registry.sql('select min(id)::text as id from module_versions')
  const [{ id }] = await registry.sql(
    `insert into job_runs (kind, subject, state, options, resume_at, heartbeat_at, created_at)
     values ('modules.inspect', 'modules', 'running', '{"failedToo": false}',
       $1, now() - interval '1 hour', now() - interval '2 hours') returning id`,
    [JSON.stringify({ afterId: first.id, progress: { done: 1, total: 3, failed: 0 } })],
  )

  await registry.app.jobs.runChores()
  await registry.app.jobs.runChores()
  await done(id)

  expect(await inspections()).toEqual(['waiting', 'done', 'done'])
  expect((await stateOf(id)).report).toMatchObject({ done: 3 })
})

test('one that somebody ended does not begin again by itself', async () => {
  await registry.sql(`insert into job_runs (kind, subject, state, options)
    select 'modules.inspect', 'modules', 'cancelled', jsonb_build_object('inspectorVersion', ${inspectorVersion})`)

  await registry.app.jobs.runChores()

  expect(await runs()).toHaveLength(1)
  await done((await ask()).id)
})

test('an archive that is gone is a failure of that version alone, and says so', async () => {
  expectStatus(await registry.admin.publishModule('acme/gone/aws', '1.0.0', tarGz({ 'main.tf': '# gone\n' })), 201)
  const [{ sha256 }] = await registry.sql(`select sha256 from module_versions join modules on modules.id = module_id
    where name = 'gone'`)
  await rm((await registry.storedFiles()).find((file) => file.includes(sha256))!)
  await registry.sql('delete from module_knowledge')

  const { id } = await ask()
  await done(id)

  expect(await stateOf(id)).toMatchObject({
    report: { done: 4, failed: 1 },
    problems: [{ path: 'acme/gone/aws 1.0.0', reason: 'The archive is not in the store.' }],
  })
  expect(await inspections()).toEqual(['done', 'done', 'done'])
  const { inspection, diagnostics } = (await registry.anonymous.get('/api/v1/modules/acme/gone/aws/1.0.0')).json
  expect([inspection, diagnostics[0].message]).toEqual(['failed', 'The archive is not in the store.'])
})
