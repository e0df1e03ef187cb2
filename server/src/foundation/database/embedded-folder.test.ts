/** Where the embedded database lies, for ourselves and for root with an unprivileged user. */
import { chmod, chown, lstat, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { isRoot, removeTemporaryFolders, temporaryFolder, testUser } from '../../../test/embedded.ts'
import { findHome } from './embedded-folder.ts'

const user = testUser
let place: string
let places: { lasting: string; temporary: string }
let said: string[]

beforeEach(async () => {
  place = await temporaryFolder()
  places = { lasting: join(place, 'lasting'), temporary: join(place, 'temporary') }
  await mkdir(places.temporary)
  said = []
})
afterAll(removeTemporaryFolders)

const find = (dataDir: string) => findHome({ dataDir, user, log: (message) => said.push(message) }, places)

test('the database lies in data_dir, in a folder that only its user can enter', async () => {
  const dataDir = join(place, 'data')

  const home = await find(dataDir)

  expect(home).toEqual({ folder: join(dataDir, 'postgres'), log: join(dataDir, 'log', 'postgresql') })
  const { mode, uid } = await lstat(home.folder)
  expect(mode & 0o777).toBe(0o700)
  expect(uid).toBe(user?.uid ?? process.getuid?.())
  expect(said).toEqual([])
})

test('a database folder that was opened to others, as volumes are when they are mounted, is closed again', async () => {
  const dataDir = join(place, 'data')
  const { folder } = await find(dataDir)
  await chmod(folder, 0o2775)

  await find(dataDir)

  expect((await lstat(folder)).mode & 0o7777).toBe(0o700)
})

test('without root the database lies in data_dir even below a closed folder', async () => {
  const dataDir = join(await temporaryFolder(0o700), 'data')

  const home = await findHome({ dataDir, user: undefined, log: (message) => said.push(message) }, places)

  expect(home.folder).toBe(join(dataDir, 'postgres'))
  expect(said).toEqual([])
})

describe.runIf(isRoot)('as root, below a folder that PostgreSQL’s user cannot enter', () => {
  let closed: string
  let dataDir: string

  beforeEach(async () => {
    closed = await temporaryFolder(0o700)
    dataDir = join(closed, 'data')
  })

  test('the database lies outside of data_dir, and a pointer file says where', async () => {
    const home = await find(dataDir)

    expect(home.folder).toMatch(new RegExp(`^${places.lasting}/cadastre-[0-9a-f]{12}-\\w{6}$`))
    expect(home.log).toBe(join(home.folder, 'log'))
    expect(await lstat(home.folder)).toMatchObject({ uid: user!.uid, gid: user!.gid })
    expect(await readFile(join(dataDir, 'postgres.location'), 'utf8')).toBe(`${home.folder}\n`)
    expect(said).toEqual([`The database of ${dataDir} lies in ${home.folder}, where PostgreSQL's user can enter.`])
  })

  test('the pointer file leads every later start to the same folder, also when data_dir has been opened', async () => {
    const first = await find(dataDir)

    const second = await find(dataDir)
    await chmod(closed, 0o755)
    const third = await find(dataDir)

    expect([second, third]).toEqual([first, first])
  })

  test('the database of a temporary data_dir is temporary too', async () => {
    const temporary = join(places.temporary, 'closed')
    await mkdir(temporary, { mode: 0o700 })

    const home = await find(temporary)

    expect(home.folder.startsWith(`${places.temporary}/cadastre-`)).toBe(true)
  })

  test('when the temporary files are closed as well, the database of a temporary data_dir lies among the lasting ones', async () => {
    places.temporary = join(closed, 'temporary')
    dataDir = join(places.temporary, 'data')
    await mkdir(places.temporary)

    const home = await find(dataDir)

    expect(home.folder.startsWith(`${places.lasting}/cadastre-`)).toBe(true)
  })

  test('a data_dir that was deleted and made again begins with an empty database', async () => {
    const first = await find(dataDir)
    await rm(dataDir, { recursive: true })

    const second = await find(dataDir)

    expect(second.folder).not.toBe(first.folder)
  })

  test('several first starts at once use one folder and leave no other', async () => {
    const homes = await Promise.all(Array.from({ length: 6 }, () => find(dataDir)))

    expect(new Set(homes.map((home) => home.folder)).size).toBe(1)
    expect(await readdir(places.lasting)).toHaveLength(1)
    expect(await readdir(dataDir)).toEqual(['postgres.location'])
  })

  test('a pointer file whose folder is gone is refused: an empty database is no substitute', async () => {
    const { folder } = await find(dataDir)
    await rm(folder, { recursive: true })

    const refused = await find(dataDir).catch((error) => error)

    expect(refused).toMatchObject({ reason: 'unavailable', code: 'embedded-folder-gone' })
    expect(refused.message).toContain(folder)
    expect(refused.hint).toContain(join(dataDir, 'postgres.location'))
  })

  test('a database in a data_dir that was closed later is refused with the name of the closed folder', async () => {
    await chmod(closed, 0o755)
    await find(dataDir)
    await chmod(closed, 0o700)

    const refused = await find(dataDir).catch((error) => error)

    expect(refused).toMatchObject({ reason: 'unavailable', code: 'embedded-folder-closed' })
    expect(refused.message).toContain(`${user!.name}, who runs PostgreSQL, cannot enter ${closed}.`)
    expect(refused.hint).toContain(`chmod o+x ${closed}`)
  })

  test('without any open place the closed folder is named', async () => {
    places.lasting = join(closed, 'lasting')

    const refused = await find(dataDir).catch((error) => error)

    expect(refused).toMatchObject({ reason: 'unavailable', code: 'embedded-folder-closed' })
    expect(refused.message).toContain(`${places.lasting} cannot hold the database either`)
    expect(refused.message).toContain(`cannot enter ${closed}.`)
  })

  test('a database of another user is refused with the command that gives it away', async () => {
    await chmod(closed, 0o755)
    const { folder } = await find(dataDir)
    await chown(folder, 54_321, 54_321)

    const refused = await find(dataDir).catch((error) => error)

    expect(refused).toMatchObject({ reason: 'unavailable', code: 'embedded-folder-owner' })
    expect(refused.message).toContain('belongs to the user with id 54321')
    expect(refused.hint).toContain(`chown -R ${user!.name} ${folder}`)
  })
})
