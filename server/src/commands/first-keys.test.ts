/** The first admin key: told to the operator before it counts, in a file that nobody else can read. */
import { chmod, lstat, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'
import { adminTokenFile, prepareFirstUse, writeSecret } from './first-keys.ts'

let registry: TestRegistry
let file: string
beforeAll(async () => {
  registry = await startRegistry()
  file = adminTokenFile(registry.app.config.data_dir)
})
afterAll(() => registry.stop())
beforeEach(async () => {
  await registry.sql('delete from api_keys')
  await rm(file, { recursive: true, force: true })
})

const keys = () => registry.sql("select from api_keys where 'admin' = any(scopes)")
const tokenInFile = async () => (await readFile(file, 'utf8')).trim()

test('it lies in data_dir, for its owner alone, and is an admin', async () => {
  await prepareFirstUse(registry.app)

  expect((await lstat(file)).mode & 0o777).toBe(0o600)
  expect((await registry.as(await tokenInFile()).get('/api/v1/api-keys')).status).toBe(200)
})

test('while it cannot be told to anybody none is made, and the next start makes it', async () => {
  await mkdir(join(file, 'in the way'), { recursive: true })

  const failed = await prepareFirstUse(registry.app).catch((error) => error)
  const madeThen = await keys()
  await rm(file, { recursive: true })
  await prepareFirstUse(registry.app)

  expect(failed).toBeInstanceOf(Error)
  expect(madeThen).toEqual([])
  expect((await registry.as(await tokenInFile()).get('/api/v1/api-keys')).status).toBe(200)
})

test('several first starts at once make one', async () => {
  await Promise.all([1, 2, 3, 4].map(() => prepareFirstUse(registry.app)))

  expect(await keys()).toHaveLength(1)
  expect((await registry.as(await tokenInFile()).get('/api/v1/api-keys')).status).toBe(200)
})

test('it is made beside keys of people who may not administer the platform, and not beside one of who may', async () => {
  const viewer = await registry.sql("insert into users (email) values ('viewer@acme.example') returning id")
  await registry.sql(
    "insert into api_keys (user_id, name, key_hash, key_prefix, scopes, created_by) values ($1, 'theirs', sha256('theirs'), 'tfr_', '{admin}', 'viewer')",
    [viewer[0].id],
  )

  await prepareFirstUse(registry.app)
  const besideViewer = await tokenInFile()
  await registry.sql('delete from api_keys where user_id is null')
  await registry.sql("insert into platform_members (user_id, role) values ($1, 'admin')", [viewer[0].id])
  await prepareFirstUse(registry.app)

  expect(besideViewer).toMatch(/^tfr_/)
  expect(await tokenInFile()).toBe(besideViewer)
  expect(await keys()).toHaveLength(1)
})

test('a secret replaces what lies in its place: a file that others may read, or a link to somewhere else', async () => {
  const folder = registry.app.config.data_dir
  const [open, link, target] = [join(folder, 'open'), join(folder, 'link'), join(folder, 'target')]
  for (const path of [open, target]) await writeFile(path, 'old')
  await chmod(open, 0o644)
  await symlink(target, link)

  for (const path of [open, link]) await writeSecret(path, 'secret')

  for (const path of [open, link]) {
    expect(await readFile(path, 'utf8')).toBe('secret')
    expect((await lstat(path)).mode & 0o777).toBe(0o600)
  }
  expect(await readFile(target, 'utf8')).toBe('old')
  expect(await readdir(folder)).not.toContainEqual(expect.stringMatching(/^(open|link)\./))
})
