/** PostgreSQL stops under a running registry: what is known is still installed, and what changed meanwhile holds when it is back. */
import { mkdtemp, rm } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../server/src/foundation/database/embedded.ts'
import { migrateUp } from '../server/src/foundation/database/migrate.ts'
import { query } from '../server/test/embedded.ts'
import { freePort } from '../server/test/free-port.ts'
import { startRegistry, type TestRegistry } from '../server/test/registry.ts'
import { startFront } from './front.ts'
import { eachProgram } from './terraform.ts'
import { wayThrough } from './ways.ts'

let dataDir: string
let postgres: EmbeddedPostgres
let line: Line
let registry: TestRegistry

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'cadastre-lost-'))
  // Each is left, and taken again.
  const [port, linePort] = [await freePort(), await freePort()]
  postgres = await startEmbeddedPostgres({ dataDir, transport: 'loopback', port })
  await migrateUp(postgres.owner, { applicationRole: postgres.application.user })
  line = await openLine(linePort, postgres.application.port)
  const { user, password, database } = postgres.application
  registry = await startRegistry({
    env: {
      TFR_DATABASE_HOST: '127.0.0.1',
      TFR_DATABASE_PORT: String(line.port),
      TFR_DATABASE_NAME: database,
      TFR_DATABASE_USER: user,
      TFR_DATABASE_PASSWORD: password,
    },
  })
  await registry.given.namespace('acme', 'private')
})

afterAll(async () => {
  await registry?.stop()
  await line?.cut()
  await postgres?.stop()
  if (postgres) await rm(postgres.folder, { recursive: true, force: true })
  await rm(dataDir, { recursive: true, force: true })
})

eachProgram((program) => {
  const way = wayThrough((target, options) => startFront(target, options))

  test('init works while the database is stopped, and a key that was revoked meanwhile is refused after its return', async () => {
    const module = `acme/${program.name}/aws`
    await registry.admin.publishModule(module, '1.0.0')
    const [kept, revoked] = [
      await registry.given.revocableKey(['modules:read']),
      await registry.given.revocableKey(['modules:read']),
    ]
    const machine = (token: string, of = module) => way.machine(program, registry.url, { module: of, token })
    const init = async ({ cli }: Awaited<ReturnType<typeof machine>>) => cli.run('init', '-input=false', '-upgrade')
    const [first, second] = [await machine(kept.token), await machine(revoked.token)]
    expect([(await init(first)).code, (await init(second)).code]).toEqual([0, 0])

    await line.cut()
    await postgres.stop()
    await expect.poll(() => registry.app.changes.staleForMs()).toBeGreaterThan(0)
    const cut = { warm: await machine(revoked.token), cold: await machine(kept.token, 'acme/cold/aws') }
    const [warm, cold] = [await init(cut.warm), await init(cut.cold)]

    expect(warm.code).toBe(0)
    expect(await cut.warm.cli.installed()).toEqual({ it: '1.0.0' })
    for (const end of ['/versions', '/download']) {
      expect(Number(cut.warm.front.find(end).answer.headers['x-cadastre-stale']), end).toBeGreaterThanOrEqual(1)
    }
    expect(cold.code).toBe(1)
    expect(cold.text).toMatch(/request failed after 2 attempts.*503/)
    const [asked, askedAgain] = cut.cold.front.seen
    expect(asked!.answer.headers['retry-after']).toBe('2')
    expect(askedAgain!.atMs - asked!.atMs).toBeGreaterThan(1_900)
    expect((await registry.anonymous.get('/ready')).status).toBe(200)
    expect((await registry.anonymous.get('/health')).status).toBe(503)

    postgres = await startEmbeddedPostgres({ dataDir, transport: 'loopback', port: postgres.application.port })
    await revokeElsewhere(revoked.id)
    expect((await init(second)).code).toBe(0)
    await line.open()
    await expect.poll(() => registry.app.changes.staleForMs()).toBe(0)
    const [good, bad] = [await init(first), await init(second)]

    expect(good.code).toBe(0)
    expect(first.front.seen.at(-1)!.answer.headers['x-cadastre-stale']).toBeUndefined()
    expect(bad.code).toBe(1)
    expect(bad.text).toMatch(/401 Unauthorized/)
    const downloads = async () => (await registry.admin.get(`/api/v1/modules/${module}/1.0.0`)).json.downloads
    await expect.poll(downloads).toBe(5)
  })
})

/** As another server on the same database does it, while ours cannot hear. */
const revokeElsewhere = (id: string) =>
  query(
    postgres.application,
    `update api_keys set revoked_at = now() where id = '${id}'; insert into changes (topic) values ('api-key:${id}')`,
  )

type Line = { port: number; open(): Promise<void>; cut(): Promise<void> }

/** The network between registry and database. */
async function openLine(port: number, target: number): Promise<Line> {
  const sockets = new Set<net.Socket>()
  const server = net.createServer((near) => {
    const far = net.connect(target, '127.0.0.1')
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.pipe(other)
      socket.on('error', () => other.destroy()).on('close', () => sockets.delete(socket) && other.destroy())
    }
  })
  const listen = () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen()
  return {
    port,
    open: listen,
    async cut() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
