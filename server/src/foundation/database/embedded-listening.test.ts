/** Where PostgreSQL listens: a private socket folder, or a loopback port with passwords. */
import { chmod, chown, lstat, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { isRoot, removeTemporaryFolders, temporaryFolder, testUser } from '../../../test/embedded.ts'
import { fitsSocket, listenOnLoopback, listenOnSocket } from './embedded-listening.ts'

let home: string

beforeEach(async () => {
  home = await temporaryFolder()
})
afterAll(removeTemporaryFolders)

test('the socket lies in a folder that only PostgreSQL’s user can enter, and nothing listens on the network', async () => {
  const listening = await listenOnSocket(home, testUser)

  expect(listening).toMatchObject({ host: join(home, 'run'), port: 5432 })
  expect(listening.settings).toMatchObject({ listen_addresses: '', unix_socket_directories: `"${home}/run"` })
  expect(listening.password('cadastre')).toBeUndefined()
  const { mode, uid } = await lstat(listening.host)
  expect(mode & 0o777).toBe(0o700)
  expect(uid).toBe(testUser?.uid ?? process.getuid?.())
})

test.runIf(process.platform === 'linux')(
  'a socket path of 107 bytes fits, one of 108 does not; letters beyond ASCII count twice',
  () => {
    expect(fitsSocket('x'.repeat(107))).toBe(true)
    expect(fitsSocket('x'.repeat(108))).toBe(false)
    expect(fitsSocket('é'.repeat(54))).toBe(false)
  },
)

test('a database that lies too deep has its socket in a short folder, the same at every start', async () => {
  const deep = join(home, ...Array.from({ length: 10 }, () => 'a-folder-with-a-long-name'))

  const [first, second] = [await listenOnSocket(deep, testUser), await listenOnSocket(deep, testUser)]

  expect(first.host).toMatch(/^\/tmp\/cadastre-[0-9a-f]{16}$/)
  expect(second.host).toBe(first.host)
  expect((await lstat(first.host)).mode & 0o777).toBe(0o700)
  await rm(first.host, { recursive: true })
})

test('a socket folder of ours that was opened to others is closed again', async () => {
  const { host } = await listenOnSocket(home, testUser)
  await chmod(host, 0o2770)

  await listenOnSocket(home, testUser)

  expect((await lstat(host)).mode & 0o7777).toBe(0o700)
})

test.runIf(isRoot)('a socket folder of somebody else is refused', async () => {
  await mkdir(join(home, 'run'), { mode: 0o700 })
  await chown(join(home, 'run'), 54_321, 54_321)

  const refused = await listenOnSocket(home, testUser).catch((error) => error)

  expect(refused).toMatchObject({ reason: 'unavailable', code: 'embedded-socket-folder' })
  expect(refused.message).toContain(join(home, 'run'))
})

test('on loopback each role has a password, which stays the same for one database and differs between two', async () => {
  const [first, again] = [await listenOnLoopback(home), await listenOnLoopback(home)]
  const other = await listenOnLoopback(await temporaryFolder())

  expect(first.password('owner')).toMatch(/^[0-9a-f]{64}$/)
  expect(first.password('owner')).toBe(again.password('owner'))
  expect(first.password('owner')).not.toBe(first.password('application'))
  expect(first.password('owner')).not.toBe(other.password('owner'))
  expect((await lstat(join(home, 'secret'))).mode & 0o777).toBe(0o600)
})

test('starts at once agree on the secret', async () => {
  const starts = await Promise.all(Array.from({ length: 6 }, () => listenOnLoopback(home)))

  expect(await readFile(join(home, 'secret'), 'utf8')).toMatch(/^[0-9a-f]{64}$/)
  expect(new Set(starts.map((listening) => listening.password('owner'))).size).toBe(1)
})

test('on loopback PostgreSQL listens there alone, on a free port or on the one that was asked for', async () => {
  const [free, given] = [await listenOnLoopback(home), await listenOnLoopback(home, 54_329)]

  expect(free.host).toBe('127.0.0.1')
  expect(free.port).toBeGreaterThan(0)
  expect(free.settings).toMatchObject({ listen_addresses: '127.0.0.1', port: String(free.port) })
  expect(given.port).toBe(54_329)
})
