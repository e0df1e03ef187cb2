/** How a server process ends: in order on a signal, and without leaving half of anything when it is killed. */
import { createHash, randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { sweep } from '../src/operations/sweep.ts'
import { moduleFiles, tarGz } from './archives.ts'
import { patiently } from './client.ts'
import { startRegistry, type TestRegistry } from './registry.ts'

let registry: TestRegistry
afterEach(() => registry.stop())

test('kill -9 during 200 publishes: every acknowledged version installs, no half version is listed, no bytes stay orphaned', async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  const doomed = await registry.another()
  const client = doomed.as(registry.adminToken)
  const acknowledged: { name: string; version: string; sha256: string }[] = []
  let answers = 0

  const publishes = Array.from({ length: 200 }, async (_, index) => {
    const [name, version] = [`m${index % 20}`, `1.${Math.floor(index / 20)}.0`]
    const archive = tarGz(moduleFiles({ 'noise.bin': randomBytes(20_000) }))
    const publish = () => client.publishModule(`acme/${name}/aws`, version, archive)
    const answer = await patiently(publish).catch(() => undefined)
    if (answer?.status !== 201) return
    acknowledged.push({ name, version, sha256: answer.json.version.sha256 })
    answers += 1
    if (answers === 60) doomed.kill('SIGKILL')
  })
  await Promise.all(publishes)
  await doomed.ended
  const restarted = await registry.another()

  expect(acknowledged.length).toBeGreaterThanOrEqual(60)
  expect(acknowledged.length).toBeLessThan(200)
  for (const { name, version, sha256 } of acknowledged) {
    const download = await restarted.anonymous.get(`/v1/modules/acme/${name}/aws/${version}/download`)
    const archive = await restarted.anonymous.get(download.headers.get('x-terraform-get')!)
    expect([download.status, archive.status, createHash('sha256').update(archive.bytes).digest('hex')]).toEqual([
      204,
      200,
      sha256,
    ])
  }
  const rows = await registry.sql(
    `select m.name, v.version, v.sha256 from module_versions v join modules m on m.id = v.module_id`,
  )
  for (const name of new Set(rows.map((row) => row.name))) {
    const { json } = await restarted.anonymous.get(`/v1/modules/acme/${name}/aws/versions`)
    const listed = json.modules[0].versions.map(({ version }: { version: string }) => version).sort()
    expect(listed).toEqual(
      rows
        .filter((row) => row.name === name)
        .map((row) => row.version)
        .sort(),
    )
  }
  await sweep(registry.app, 0)
  const stored = (await registry.storedFiles())
    .filter((file) => file.includes('storage'))
    .map((file) => /([0-9a-f]{64})\.tar\.gz$/.exec(file)?.[1] ?? file)
  expect(stored.sort()).toEqual([...new Set(rows.map((row) => row.sha256))].sort())
})

test('SIGTERM under load: requests under way are answered, every counted download is written, exit 0', async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  await registry.admin.publishModule('acme/vpc/aws', '1.0.0')
  const server = await registry.another()
  let answered = 0
  let stopping = false
  const clients = Array.from({ length: 8 }, async () => {
    while (!stopping) {
      const answer = await server.anonymous.get('/v1/modules/acme/vpc/aws/1.0.0/download').catch(() => undefined)
      if (answer?.status === 204) answered += 1
      if (!answer) return
    }
  })
  const upload = slowUpload(server.url, registry.adminToken, tarGz(moduleFiles({ 'noise.bin': randomBytes(50_000) })))
  await upload.begun
  await expect.poll(() => answered).toBeGreaterThan(50)

  server.kill('SIGTERM')
  const uploaded = await upload.status
  const code = await server.ended
  stopping = true
  await Promise.all(clients)

  expect(uploaded).toBe(201)
  expect(code).toBe(0)
  expect(
    await registry.sql(
      "select v.downloads::int from module_versions v join modules m on m.id = v.module_id where m.name = 'vpc'",
    ),
  ).toEqual([{ downloads: answered }])
})

test('an idle connection that never asked anything does not hold up the end', async () => {
  registry = await startRegistry()
  const server = await registry.another()
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1').on('error', () => {})
  await new Promise((resolve) => socket.once('connect', resolve))

  const startedAt = Date.now()
  server.kill('SIGTERM')
  const code = await server.ended

  expect(code).toBe(0)
  expect(Date.now() - startedAt).toBeLessThan(20_000)
})

/** Sends an archive in ten pieces over three seconds; `begun` when the server has read the request's head. */
function slowUpload(url: string, token: string, archive: Buffer): { begun: Promise<void>; status: Promise<number> } {
  const asking = request(`${url}/api/v1/modules/acme/slow/aws/1.0.0`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/gzip',
      'content-length': archive.length,
      expect: '100-continue',
    },
  })
  const begun = new Promise<void>((resolve) => asking.once('continue', resolve))
  const status = new Promise<number>((resolve, reject) => {
    asking.on('error', reject).on('response', (response) => {
      response.resume()
      resolve(response.statusCode!)
    })
  })
  begun.then(() => {
    const size = Math.ceil(archive.length / 10)
    let sent = 0
    const sending = setInterval(() => {
      asking.write(archive.subarray(sent, sent + size))
      sent += size
      if (sent < archive.length) return
      clearInterval(sending)
      asking.end()
    }, 300)
  })
  asking.flushHeaders()
  return { begun, status }
}
