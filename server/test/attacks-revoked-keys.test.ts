/** Keys that were taken back: nothing that was begun with one may be finished with it, on whatever connection. */
import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { moduleFiles, tarGz } from './archives.ts'
import { startRegistry, type TestRegistry } from './registry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme', 'private')
  await registry.admin.publishModule('acme/vpc/aws', '1.0.0')
})
afterAll(() => registry.stop())

test('a key that came on several connections at once is refused on each of them when it is revoked', async () => {
  const token = await registry.given.key(['modules:read'])
  const connections = Array.from({ length: 4 }, () => new Agent({ keepAlive: true, maxSockets: 1 }))
  const ask = () => Promise.all(connections.map((agent) => statusOf('/v1/modules/acme/vpc/aws/versions', token, agent)))

  const before = await registry.whileHeld('lock table api_keys in access exclusive mode', ask, {
    waiting: connections.length,
  })
  await revoke(token)
  const after = await ask()

  expect(before).toEqual([200, 200, 200, 200])
  expect(after).toEqual([401, 401, 401, 401])
  for (const agent of connections) agent.destroy()
})

test('an upload that was begun before its key was revoked publishes nothing', async () => {
  const token = await registry.given.key(['modules:write'])
  const archive = tarGz(moduleFiles())
  const { upload, answered } = put('/api/v1/modules/acme/late/aws/1.0.0', token, archive.length)

  upload.write(archive.subarray(0, 10))
  await pause(300)
  await revoke(token)
  upload.end(archive.subarray(10))

  expect(await answered).toBe(401)
  expect((await registry.admin.get('/v1/modules/acme/late/aws/versions')).status).toBe(404)
  expect(await registry.sql("select from audit_logs where subject like 'acme/late%' and outcome = 'done'")).toEqual([])
})

test.each<[string, string, unknown]>([
  ['POST', '/api/v1/api-keys', { name: 'one more', scopes: ['admin'] }],
  ['POST', '/api/v1/namespaces', { name: 'late', visibility: 'public' }],
  ['POST', '/api/v1/namespaces/acme/signing-keys', { armored: 'a key' }],
  ['POST', '/api/v1/storage/move', { to: 'local' }],
])('what %s %s was to do is not done when its key is revoked before the body has come', async (method, path, body) => {
  const { json: made } = await registry.admin.send('POST', '/api/v1/api-keys', {
    name: 'leaked',
    scopes: ['admin'],
    organization: null,
  })
  const text = JSON.stringify(body)
  const { upload, answered } = send(method, path, made.token, 'application/json', text.length)

  upload.write(text.slice(0, 5))
  await pause(300)
  await revoke(made.token)
  upload.end(text.slice(5))

  expect(await answered).toBe(401)
  expect(
    await registry.sql(
      "select from audit_logs where caller_name = 'leaked' and kind <> 'api_key.revoked' and outcome = 'done'",
    ),
  ).toEqual([])
})

async function revoke(token: string): Promise<void> {
  const { id } = (await registry.as(token).get('/api/v1/whoami')).json
  await registry.admin.send('DELETE', `/api/v1/api-keys/${id}`)
}

function statusOf(path: string, token: string, agent: Agent): Promise<number> {
  return new Promise((resolve, refuse) => {
    const headers = { authorization: `Bearer ${token}` }
    const asking = request(registry.url + path, { agent, headers }, (answer) =>
      answer.resume().on('end', () => resolve(answer.statusCode!)),
    )
    asking.on('error', refuse).end()
  })
}

const put = (path: string, token: string, length: number) => send('PUT', path, token, 'application/gzip', length)

function send(method: string, path: string, token: string, type: string, length: number) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': type, 'content-length': length }
  const upload = request(registry.url + path, { method, headers })
  const answered = new Promise<number>((resolve, refuse) => {
    upload.on('error', refuse).on('response', (answer) => resolve(answer.resume().statusCode!))
  })
  return { upload, answered }
}
