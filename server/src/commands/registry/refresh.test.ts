/** `cadastre registry import|refresh|verify` of a registry that is asked over HTTP, as they are typed. */
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cadastre } from '../../../test/command.ts'
import { copyOfTemplate, databaseUrl, type TestDatabase } from '../../../test/database.ts'
import { removeTemporaryFolders, temporaryFolder } from '../../../test/embedded.ts'
import { type PublicRegistry, publicRegistry } from '../../../test/public-registry.ts'

const hostname = 'registry.public.example'

let cwd: string
let database: TestDatabase
let world: PublicRegistry
beforeAll(async () => {
  cwd = await temporaryFolder()
  database = await copyOfTemplate()
  world = await publicRegistry({ modules: 12, providers: 8 })
})
afterAll(async () => {
  await world.stop()
  await database.drop()
  await removeTemporaryFolders()
})

async function query(text: string) {
  const client = new pg.Client(database.owner)
  await client.connect()
  return (await client.query(text).finally(() => client.end())).rows
}

const registry = (args: string[], env: Record<string, string> = {}) =>
  cadastre(['registry', ...args], {
    cwd,
    env: {
      TFR_DATABASE_URL: databaseUrl(database.application),
      TFR_UPSTREAM_REGISTRIES: JSON.stringify([{ hostname, address: world.url }]),
      TFR_UPSTREAM_REQUESTS_PER_SECOND: '1000',
      ...env,
    },
  })

test('a registry is imported by its name, from where the settings say that it is', async () => {
  const { code, stdout } = await registry(['import', hostname], { TFR_UPSTREAM_CACHE_MAX_AGE: '2h' })

  expect(code).toBe(0)
  expect(stdout).toMatch(/^modules\t12 new\t0 changed\t0 gone\t0 unchanged$/m)
  expect(stdout).toMatch(/^providers\t8 new\t/m)
  expect(stdout).toMatch(/^odd\t0$/m)
  const kept = await query('select distinct extract(epoch from expires_at - used_at)::int as seconds from cache')
  expect(kept).toEqual([{ seconds: 7200 }])
})

test('verify ends with 0 where nothing differs, and with 6 where the registry has moved on', async () => {
  expect(await registry(['verify', hostname])).toMatchObject({ code: 0 })

  world.modules[0]!.downloads += 1

  const { code, stdout } = await registry(['verify', hostname])
  expect([code, stdout]).toEqual([
    6,
    expect.stringContaining('differs\t/v1/modules/team-0/network-0/aws/versions\thas changed since it was imported'),
  ])
})

test('a refresh takes what has changed, and says what it was sent', async () => {
  const { code, stdout } = await registry(['refresh', '--hosts', hostname, '--max-age', '1h'])

  expect(code).toBe(0)
  expect(stdout).toMatch(/^registry\.public\.example\tmodules\t0 new\t1 changed\t0 gone\t11 unchanged$/m)
  const second = await registry(['refresh'])
  expect(second.stdout).toMatch(/\tasked\t(\d+) times\t\1 not changed\t0 bytes$/m)
  expect(second.stdout).toMatch(/^cache\t0 expired\t0 over the bound$/m)
})

test('answers that are too many go', async () => {
  const { stdout } = await registry(['refresh', '--json'], { TFR_UPSTREAM_CACHE_MAX_BYTES: '4KB' })

  expect(JSON.parse(stdout)).toMatchObject({ schema: 'cadastre.registry.refresh.v1', ok: true, data: { hostname } })
  const [{ bytes }] = await query('select sum(pg_column_size(cache_value))::int as bytes from cache')
  expect(bytes).toBeGreaterThan(0)
  expect(bytes).toBeLessThanOrEqual(4000)
})

test('as a daemon it goes on until it is told to stop', async () => {
  const before = process.listeners('SIGTERM')
  const requests = world.counts.requests
  const running = registry(['refresh', '--daemon', '--refresh-interval', '10ms', '--cleanup-interval', '10ms'])

  await expect.poll(() => world.counts.requests - requests).toBeGreaterThan(100)
  const [stop] = process.listeners('SIGTERM').filter((listener) => !before.includes(listener))
  stop!('SIGTERM')

  expect(await running).toMatchObject({ code: 0, stdout: expect.stringMatching(/\t12 unchanged[\s\S]*\t12 unchanged/) })
})

test('a list that leads nowhere is said, and what it named is there', async () => {
  world.lieWith(({ path }, response) => {
    if (path !== '/v1/modules') return false
    response.end('{"meta":{"next_offset":0},"modules":[]}')
    return true
  })

  const { code, stdout, stderr } = await registry(['import', hostname])

  expect(code).not.toBe(0)
  expect(stdout).toMatch(/^modules\t0 new\t0 changed\t0 gone\t0 unchanged$/m)
  expect(stdout).toMatch(/^odd\t\/v1\/modules\?\S+\tthe list does not lead on/m)
  expect(stderr).toContain('broke off in its list of modules')
  world.lieWith(undefined)
})

test('one that fails keeps no other from being refreshed', async () => {
  const other = await publicRegistry({ modules: 2, providers: 0 })
  const env = {
    TFR_UPSTREAM_REGISTRIES: JSON.stringify([
      { hostname, address: world.url },
      { hostname: 'a.example.com', address: other.url },
    ]),
    TFR_UPSTREAM_TRIES: '1',
  }
  await registry(['import', 'a.example.com'], env)
  await other.stop()

  const { code, stdout, stderr } = await registry(['refresh'], env)

  expect(code).toBe(7)
  expect(stderr).toContain('could not be asked for')
  expect(stdout).toContain(`${hostname}\tmodules\t0 new\t0 changed\t0 gone\t12 unchanged`)
})

test.each([
  [['refresh', '--hosts', 'unknown.example.com'], 4, 'no registry that was imported over HTTP'],
  [['refresh', '--max-age', 'soon'], 2, 'Write it like 90s'],
  [['import', 'https://registry.example.com/v1/modules'], 6, 'is no address of a registry'],
  [['import', 'http://127.0.0.1:1', '--hostname', 'closed.example.com'], 7, 'could not be asked for'],
])('%j ends with %i and says why', async (args, code, sentence) => {
  expect(await registry(args, { TFR_UPSTREAM_TRIES: '1' })).toMatchObject({
    code,
    stderr: expect.stringContaining(sentence),
  })
})
