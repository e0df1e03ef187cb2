/** Where the PostgreSQL programs are run from, with the links that an npm package cannot hold. */
import { chmod, chown, cp, lstat, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { isRoot, removeTemporaryFolders, temporaryFolder, testUser } from '../../../test/embedded.ts'
import { findBinaries, packageFolder } from './embedded-binaries.ts'
import { makeData } from './embedded-cluster.ts'
import { findHome } from './embedded-folder.ts'
import { listenOnSocket } from './embedded-listening.ts'

const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
const user = testUser
let folder: string

beforeEach(async () => {
  folder = await temporaryFolder()
})
afterAll(removeTemporaryFolders)

test('a platform without binaries is refused, and told to bring a PostgreSQL server', () => {
  const find = () => packageFolder('linux-s390x')

  expect(find).toThrow('There is no embedded PostgreSQL for linux-s390x')
  expect(find).toThrow(
    expect.objectContaining({ code: 'embedded-unsupported', hint: expect.stringContaining('TFR_DATABASE_URL') }),
  )
})

test('library links that are missing are made, and the programs run with them', async () => {
  await cp(packageFolder(platform), folder, { recursive: true, verbatimSymlinks: true })
  const links = await linksOf(folder)
  for (const link of links) await rm(join(folder, link), { force: true })

  const binaries = await findBinaries(user, [], folder)

  expect(binaries.postgres).toBe(join(folder, 'native', 'bin', 'postgres'))
  for (const link of links) expect((await lstat(join(folder, link))).isSymbolicLink()).toBe(true)
  const data = await makeDatabaseWith(binaries)
  expect((await readFile(join(data, 'PG_VERSION'), 'utf8')).trim()).toBe(binaries.major)
})

test('starts at once make the missing links together', async () => {
  const installed = await smallPackage(folder)

  const found = await Promise.all(Array.from({ length: 6 }, () => findBinaries(user, [], installed)))

  expect(new Set(found.map((binaries) => binaries.postgres)).size).toBe(1)
  expect(await readFile(join(installed, 'native', 'lib', 'libpq.so'), 'utf8')).toBe('a library')
})

test('version and major version are those of the package', async () => {
  const binaries = await findBinaries(user, [], await smallPackage(folder))

  expect(binaries).toMatchObject({ version: '17.10.0-test', major: '17' })
})

describe.runIf(isRoot)('as root, when the installation lies below a folder that PostgreSQL’s user cannot enter', () => {
  let installed: string
  let place: string

  beforeEach(async () => {
    installed = await smallPackage(await temporaryFolder(0o700))
    place = join(folder, 'place')
  })

  test('the programs are copied to the first place where that user can go', async () => {
    const closed = join(await temporaryFolder(0o700), 'closed')

    const binaries = await findBinaries(user, [closed, place], installed)

    expect(binaries.postgres).toBe(join(place, `postgresql-17.10.0-test-${platform}`, 'native', 'bin', 'postgres'))
    expect((await stat(binaries.postgres)).mode & 0o777).toBe(0o755)
    expect(await readFile(join(place, `postgresql-17.10.0-test-${platform}`, 'native/lib/libpq.so'), 'utf8')).toBe(
      'a library',
    )
  })

  test('a copy can be read by that user even when the installation was made with a strict umask', async () => {
    for (const path of ['native', 'native/bin', 'native/lib', 'native/bin/postgres', 'native/lib/libpq.so.5.17'])
      await chmod(join(installed, path), 0o700)

    const binaries = await findBinaries(user, [place], installed)

    for (const path of await readdir(place, { recursive: true }))
      expect((await stat(join(place, path))).mode & 0o005, path).not.toBe(0)
    expect(binaries.initdb.startsWith(place)).toBe(true)
  })

  test('starts at once share one whole copy and leave no other', async () => {
    const found = await Promise.all(Array.from({ length: 6 }, () => findBinaries(user, [place], installed)))

    expect(new Set(found.map((binaries) => binaries.postgres)).size).toBe(1)
    expect(await readdir(place)).toEqual([`postgresql-17.10.0-test-${platform}`])
  })

  test('links that are missing in the copy are made again', async () => {
    const copy = join(place, `postgresql-17.10.0-test-${platform}`)
    await findBinaries(user, [place], installed)
    await rm(join(copy, 'native/lib/libpq.so'))

    await findBinaries(user, [place], installed)

    expect(await readFile(join(copy, 'native/lib/libpq.so'), 'utf8')).toBe('a library')
  })

  test('programs that somebody else put there are not run', async () => {
    const copy = join(place, `postgresql-17.10.0-test-${platform}`)
    await mkdir(copy, { recursive: true })
    await writeFile(join(copy, 'postgres'), 'another program')
    await chown(copy, 54_321, 54_321)
    const link = join(folder, 'other')
    await mkdir(link)
    await symlink(copy, join(link, `postgresql-17.10.0-test-${platform}`))

    const refused = await findBinaries(user, [place, link], installed).catch((error) => error)

    expect(refused).toMatchObject({ reason: 'unavailable', code: 'embedded-binaries-closed' })
  })

  test.each([
    ['belongs to somebody else', (path: string) => chown(path, 54_321, 54_321)],
    ['may be written by everybody', (path: string) => chmod(path, 0o777)],
  ])('no copy is made in a folder that %s, who could exchange it', async (_, change) => {
    await mkdir(place)
    await change(place)

    const refused = await findBinaries(user, [place], installed).catch((error) => error)

    expect(refused).toMatchObject({ code: 'embedded-binaries-closed' })
    expect(await readdir(place)).toEqual([])
  })

  test('without any open place the closed folder is named', async () => {
    const closed = join(installed, 'closed')

    const refused = await findBinaries(user, [closed], installed).catch((error) => error)

    expect(refused).toMatchObject({ reason: 'unavailable', code: 'embedded-binaries-closed' })
    expect(refused.message).toContain(
      `The user ${user!.name}, who runs PostgreSQL, cannot enter ${join(installed, '..')}`,
    )
    expect(refused.message).toContain(closed)
    expect(refused.hint).toContain('TFR_DATABASE_URL')
  })
})

/** What a package looks like, without its 60 MB. */
async function smallPackage(parent: string): Promise<string> {
  const installed = join(parent, 'package')
  for (const each of ['bin', 'lib']) await mkdir(join(installed, 'native', each), { recursive: true })
  await writeFile(join(installed, 'package.json'), '{ "version": "17.10.0-test" }')
  await writeFile(join(installed, 'native', 'bin', 'postgres'), 'a program', { mode: 0o755 })
  await writeFile(join(installed, 'native', 'lib', 'libpq.so.5.17'), 'a library')
  const links = [{ source: 'native/lib/libpq.so.5.17', target: 'native/lib/libpq.so' }]
  await writeFile(join(installed, 'native', 'pg-symlinks.json'), JSON.stringify(links))
  return installed
}

async function linksOf(installed: string): Promise<string[]> {
  const links: { target: string }[] = JSON.parse(await readFile(join(installed, 'native', 'pg-symlinks.json'), 'utf8'))
  return links.map((link) => link.target)
}

async function makeDatabaseWith(binaries: Awaited<ReturnType<typeof findBinaries>>): Promise<string> {
  const home = await findHome({ dataDir: join(await temporaryFolder(), 'data'), user, log: () => undefined })
  const data = join(home.folder, 'data')
  await makeData({ binaries, user, home, data }, await listenOnSocket(home.folder, user))
  return data
}
