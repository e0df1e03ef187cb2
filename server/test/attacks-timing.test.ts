/** Things that happen at the worst moment: while others wait, change the same thing, or are slow. */
import { request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { startRegistry as startServer } from '../src/main.ts'
import { moduleFiles, tarGz } from './archives.ts'
import { startRegistry, type TestRegistry } from './registry.ts'

let registry: TestRegistry
afterEach(() => registry.stop())

async function withModule(env: Record<string, string> = {}): Promise<void> {
  registry = await startRegistry({ env })
  await registry.given.namespace('acme')
  await registry.admin.publishModule('acme/vpc/aws', '1.0.0')
}

test('a publish that takes the registry longer than server.write_timeout is answered all the same', async () => {
  await withModule({ TFR_SERVER_WRITE_TIMEOUT: '2s', TFR_SERVER_READ_TIMEOUT: '2s' })

  const answer = await registry.whileHeld(
    'lock table stored_objects in access exclusive mode',
    () => registry.admin.publishModule('acme/vpc/aws', '1.1.0'),
    { meanwhile: () => pause(5_000) },
  )

  expect(answer.status).toBe(201)
})

test('a second server on the same data_dir, which cannot start, leaves uploads of the first alone', async () => {
  await withModule()
  const { app, url } = registry
  const archive = tarGz(moduleFiles())
  const headers = { authorization: `Bearer ${registry.adminToken}`, 'content-length': archive.length }
  const upload = request(`${url}/api/v1/modules/acme/vpc/aws/1.1.0`, { method: 'PUT', headers })
  const answered = new Promise((resolve) => upload.on('response', (answer) => resolve(answer.resume().statusCode)))
  upload.write(archive.subarray(0, 50))
  await pause(300)

  const config = { ...app.config, server: { ...app.config.server, port: Number(new URL(url).port) } }
  const second = startServer({ config, log: app.log as never, host: '127.0.0.1', metricsPortRequired: false })
  await expect(second).rejects.toThrow('EADDRINUSE')
  upload.end(archive.subarray(50))

  expect(await answered).toBe(201)
})

test('a version whose bytes are being given up cannot be restored at that moment', async () => {
  await withModule()
  await registry.admin.send('DELETE', '/api/v1/modules/acme/vpc/aws/1.0.0')

  const answer = await registry.whileHeld("update module_versions set object_id = null where state = 'deleted'", () =>
    registry.admin.send('POST', '/api/v1/modules/acme/vpc/aws/1.0.0/restore'),
  )

  expect([answer.status, answer.json.code]).toEqual([409, 'version-not-restorable'])
  expect(await registry.sql("select from module_versions where state = 'active'")).toEqual([])
})

test('of several deletions at once one is a fact', async () => {
  await withModule()

  const answers = await Promise.all(
    Array.from({ length: 5 }, () => registry.admin.send('DELETE', '/api/v1/modules/acme/vpc/aws/1.0.0')),
  )

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  expect((await registry.facts()).filter(({ kind }) => kind === 'module.deleted')).toHaveLength(1)
})

test('publishes, deletions and restores of one module at once leave its list as its rows are', async () => {
  await withModule()
  const versions = Array.from({ length: 6 }, (_, index) => `2.${index}.0`)
  const path = (version: string) => `/api/v1/modules/acme/vpc/aws/${version}`

  for (const round of [0, 1, 2]) {
    await Promise.all([
      ...versions.map((version) => registry.admin.publishModule('acme/vpc/aws', version.replace('2', String(round)))),
      ...versions.map((version) => registry.admin.send('DELETE', path(version.replace('2', String(round - 1))))),
      ...versions.map((version) =>
        registry.admin.send('POST', `${path(version.replace('2', String(round - 1)))}/restore`),
      ),
    ])
  }

  const document = (await registry.anonymous.get('/v1/modules/acme/vpc/aws/versions')).json
  const rows = await registry.sql<{ version: string }>(
    "select version from module_versions where state = 'active' order by precedence desc",
  )
  expect(document.modules[0].versions).toEqual(rows)
})
