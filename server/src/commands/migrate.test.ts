/** `cadastre migrate up|down|status` on a database of its own. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { cadastre } from '../../test/command.ts'
import { copyOfTemplate, databaseUrl, type TestDatabase } from '../../test/database.ts'
import { query, removeTemporaryFolders, temporaryFolder } from '../../test/embedded.ts'
import { knownMigrations } from '../foundation/database/migrate.ts'

let cwd: string
let steps: string[]
let database: TestDatabase

beforeAll(async () => {
  cwd = await temporaryFolder()
  steps = await knownMigrations()
})
afterAll(removeTemporaryFolders)
beforeEach(async () => {
  database = await copyOfTemplate()
})
afterEach(() => database?.drop())

const migrate = (args: string[], env = {}) =>
  cadastre(['migrate', ...args], {
    cwd,
    env: {
      TFR_DATABASE_URL: databaseUrl(database.application),
      TFR_DATABASE_MIGRATION_URL: databaseUrl(database.owner),
      ...env,
    },
  })

test('status lists every step with the time when it was applied, or as pending', async () => {
  await migrate(['down', '--yes'])

  const { code, stdout, stderr } = await migrate(['status'])

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'))
  expect(lines.map(([name]) => name)).toEqual(steps)
  expect(lines.at(-1)).toEqual([steps.at(-1), 'pending'])
  expect(lines[0]![1]).toMatch(/^\d{4}-\d\d-\d\dT/)
})

test('status --json is one document', async () => {
  const { stdout } = await migrate(['status', '--json'])

  const document = JSON.parse(stdout)
  expect(document).toMatchObject({ schema: 'cadastre.migrate.status.v1', ok: true })
  expect(document.data.map(({ name }: { name: string }) => name)).toEqual(steps)
})

test('status works for the application role, which may not apply anything', async () => {
  const application = { TFR_DATABASE_MIGRATION_URL: undefined }
  await migrate(['down', '--yes'])

  const status = await migrate(['status'], application)
  const up = await migrate(['up'], application)

  expect(status).toMatchObject({ code: 0, stdout: expect.stringContaining(`${steps.at(-1)}\tpending`) })
  expect(up).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('The user lacks a right') })
})

test('up applies what is missing, gives the application its rights, and does nothing the second time', async () => {
  await migrate(['down', '--to', '0001_registry', '--yes'])

  const first = await migrate(['up'])
  const second = await migrate(['up'])

  expect(first).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringContaining('Applied 0002_jobs, 0003_catalogue'),
  })
  expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining('is up to date.') })
  expect(await query(database.application, 'select from cache')).toEqual([])
})

test('down says what would be lost and does nothing, until --yes', async () => {
  const refused = await migrate(['down'])
  const before = (await migrate(['status'])).stdout
  const done = await migrate(['down', '--yes'])

  expect(refused).toMatchObject({ code: 6, stdout: '' })
  expect(refused.stderr).toContain(`This takes back ${steps.at(-1)}`)
  expect(refused.stderr).toContain('their tables and everything in them are lost')
  expect(refused.stderr).toContain('Say --yes to do it.')
  expect(before).not.toContain('pending')
  expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining(`Took back ${steps.at(-1)}`) })
  expect((await migrate(['status'])).stdout).toContain(`${steps.at(-1)}\tpending`)
})

test('down --to takes back every later step, and up brings them all again', async () => {
  const down = await migrate(['down', '--to', '0001_registry', '--yes'])
  const up = await migrate(['up'])

  const later = steps.slice(1)
  expect(later.slice(0, 2)).toEqual(['0002_jobs', '0003_catalogue'])
  expect(down.stdout).toContain(`Took back ${later.toReversed().join(', ')} on `)
  expect(up.stdout).toContain(`Applied ${later.join(', ')} to `)
})

test('down refuses a step that is not there, and says when nothing is left', async () => {
  const unknown = await migrate(['down', '--to', '0000_nothing', '--yes'])
  for (const _ of steps) await migrate(['down', '--yes'])

  const nothing = await migrate(['down', '--yes'])

  expect(unknown).toMatchObject({
    code: 6,
    stderr: expect.stringContaining('No applied migration is called 0000_nothing'),
  })
  expect(nothing).toMatchObject({ code: 0, stdout: expect.stringContaining('has no step to take back') })
})

test('a newer schema is left alone', async () => {
  await query(database.owner, "insert into schema_migrations values ('9999_later', now()::text)")

  const outcome = await migrate(['up'])

  expect(outcome).toMatchObject({ code: 7, stdout: '', stderr: expect.stringContaining('newer schema (9999_later)') })
})

test('a database that cannot be reached is named, without the password', async () => {
  const outcome = await migrate(['status'], { TFR_DATABASE_MIGRATION_URL: 'postgresql://owner:hush@127.0.0.1:1/name' })

  expect(outcome).toMatchObject({ code: 7, stderr: expect.stringContaining('owner@127.0.0.1:1/name') })
  expect(outcome.stderr).not.toContain('hush')
})

test('the embedded database is migrated in data_dir', async () => {
  const dataDir = await temporaryFolder()
  const env = { TFR_DATABASE_URL: undefined, TFR_DATABASE_MIGRATION_URL: undefined, TFR_DATA_DIR: dataDir }

  const up = await migrate(['up'], env)
  const status = await migrate(['status'], env)

  expect(up).toMatchObject({ code: 0, stdout: `Applied ${steps.join(', ')} to the embedded database in ${dataDir}.\n` })
  expect(status.stdout).not.toContain('pending')
})
