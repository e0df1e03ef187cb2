/** Who runs PostgreSQL, and where that user can go. */
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { removeTemporaryFolders, temporaryFolder } from '../../../test/embedded.ts'
import { closedFolder, type ServerUser, serverUser, spawnAs } from './embedded-user.ts'

const [ownUid, ownGid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0]
const stranger: ServerUser = { name: 'stranger', uid: 54_321, gid: 54_321 }

let folder: string
let passwd: string

beforeAll(async () => {
  folder = await temporaryFolder()
  passwd = join(folder, 'passwd')
  await writeFile(
    passwd,
    'root:x:0:0::/root:/bin/sh\nnobody:*:-2:-2::/:\npostgres:x:101:104::/:/bin/sh\ntoor:x:0:0::/:\n',
  )
})
afterEach(() => void vi.restoreAllMocks())
afterAll(removeTemporaryFolders)

test('without root PostgreSQL runs as ourselves, whatever user is named', async () => {
  startedAs(1000)

  expect(await serverUser('postgres', passwd)).toBeUndefined()
  expect(await serverUser('no such user', passwd)).toBeUndefined()
})

test('as root PostgreSQL runs as the named user', async () => {
  startedAs(0)

  const user = await serverUser('postgres', passwd)

  expect(user).toEqual({ name: 'postgres', uid: 101, gid: 104 })
  expect(spawnAs(user)).toEqual({ uid: 101, gid: 104 })
})

test('an id that macOS writes as -2 is the number that the kernel shows, and goes back to the C library with its sign', async () => {
  startedAs(0)

  const user = await serverUser('nobody', passwd)

  expect(user).toEqual({ name: 'nobody', uid: 4_294_967_294, gid: 4_294_967_294 })
  expect(spawnAs(user)).toEqual({ uid: -2, gid: -2 })
})

test.each([
  ['a user that the machine does not have', 'postmaster', 'no user called postmaster'],
  ['root', 'root', 'The user root is root'],
  ['root under another name', 'toor', 'The user toor is root'],
])('as root %s is refused', async (_, name, sentence) => {
  startedAs(0)

  const refused = await serverUser(name, passwd).catch((error) => error)

  expect(refused).toMatchObject({ reason: 'unavailable', code: 'embedded-user' })
  expect(refused.message).toContain(sentence)
  expect(refused.hint).toContain('database.embedded.user')
})

test.each([
  ['the owner', { uid: ownUid, gid: 54_321 }, 0o100],
  ['a member of the group', { uid: 54_321, gid: ownGid }, 0o010],
  ['everybody else', { uid: 54_321, gid: 54_321 }, 0o001],
])('%s needs a right of their own to enter a folder', async (_, ids, right) => {
  const user = { name: 'someone', ...ids }
  const [open, closed] = [await folderWith(right), await folderWith(0o777 & ~right)]

  expect(await closedFolder(open, user)).toBeUndefined()
  expect(await closedFolder(closed, user)).toBe(closed)

  // Only so that whoever runs the test may remove them again.
  await Promise.all([open, closed].map((each) => chmod(each, 0o700)))
})

test('the first closed folder on the way down is named', async () => {
  const above = await folderWith(0o700)
  await mkdir(join(above, 'open', 'open'), { recursive: true })

  expect(await closedFolder(join(above, 'open', 'open'), stranger)).toBe(above)
})

test('a link does not lead past a closed folder', async () => {
  const above = await folderWith(0o700)
  await mkdir(join(above, 'open'))
  const link = join(folder, 'link')
  await symlink(join(above, 'open'), link)

  expect(await closedFolder(link, stranger)).toBe(above)
})

test('nothing is closed to ourselves', async () => {
  expect(await closedFolder(await folderWith(0o700), undefined)).toBeUndefined()
})

function startedAs(uid: number): void {
  vi.spyOn(process, 'getuid').mockReturnValue(uid)
}

let made = 0
async function folderWith(mode: number): Promise<string> {
  made += 1
  const path = join(folder, `folder-${made}`)
  await mkdir(path)
  await chmod(path, mode)
  return path
}
