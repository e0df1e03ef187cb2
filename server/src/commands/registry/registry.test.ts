/** `cadastre registry import|verify|export` as they are typed. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalogueFolder } from '../../../test/catalogue/given.ts'
import { cadastre } from '../../../test/command.ts'
import { copyOfTemplate, databaseUrl, type TestDatabase } from '../../../test/database.ts'
import { removeTemporaryFolders, temporaryFolder } from '../../../test/embedded.ts'

let cwd: string
let database: TestDatabase
beforeAll(async () => {
  cwd = await temporaryFolder()
  database = await copyOfTemplate()
})
afterAll(async () => {
  await database.drop()
  await removeTemporaryFolders()
})

const registry = (...args: string[]) =>
  cadastre(['registry', ...args], { cwd, env: { TFR_DATABASE_URL: databaseUrl(database.application) } })

test('an import says how far it is on stderr, and what it found on stdout', async () => {
  const { code, stdout, stderr } = await registry('import', catalogueFolder)

  expect(code).toBe(0)
  expect(stderr).toMatch(/^(Importing: \d+0 %, \d+ of \d+\n)+$/)
  expect(stdout).toMatch(/^modules\t[1-9]\d* new\t0 changed\t0 gone\t0 unchanged$/m)
  expect(stdout).toMatch(/^providers\t[1-9]\d* new\t/m)
  expect(stdout).toMatch(/^odd\t0$/m)
})

test('with --json it is one document', async () => {
  const { stdout } = await registry('import', catalogueFolder, '--json')

  expect(JSON.parse(stdout)).toMatchObject({
    schema: 'cadastre.registry.import.v1',
    ok: true,
    data: { report: { modules: { new: 0 }, versions: { new: 0 } }, problems: [] },
  })
})

test('verify ends with 0 where nothing differs, and with 6 where something does', async () => {
  const well = await registry('verify', catalogueFolder)
  expect(well).toMatchObject({ code: 0, stdout: expect.stringContaining('compared in full\t') })

  await mkdir(join(cwd, 'other/modules/a/acme/vpc'), { recursive: true })
  await writeFile(join(cwd, 'other/modules/a/acme/vpc/aws.json'), '{"versions":[{"version":"1.0.0"}]}')
  const differing = await registry('verify', 'other', '--only', 'modules')
  expect(differing).toMatchObject({ code: 6, stderr: expect.stringContaining('differs from this source') })
  expect(differing.stdout).toContain('differs\tmodules/a/acme/vpc/aws.json\tis not in the catalogue')
})

test('an export writes what was read, into an empty folder alone', async () => {
  expect(await registry('export', 'copy')).toMatchObject({ code: 0, stdout: expect.stringContaining('Wrote ') })

  const path = 'providers/h/hashicorp/random.json'
  expect(JSON.parse(await readFile(join(cwd, 'copy', path), 'utf8'))).toEqual(
    JSON.parse(await readFile(join(catalogueFolder, path), 'utf8')),
  )
  expect(await registry('export', 'copy')).toMatchObject({ code: 5 })
})

test.each([
  [['import', 'nowhere'], 4, 'nowhere'],
  [['import', catalogueFolder, '--hostname', 'no host'], 6, 'is no host name'],
  [['import', catalogueFolder, '--hostname', 'self'], 6, 'is no host name'],
  [['verify', catalogueFolder, '--hostname', 'unknown.example.com'], 4, 'was imported'],
  [['export', 'new', '--hostname', 'unknown.example.com'], 4, 'was imported'],
  [['import', catalogueFolder, '--only', 'keys'], 2, "'keys' is invalid"],
])('%j ends with %i and says why', async (args, code, sentence) => {
  expect(await registry(...(args as string[]))).toMatchObject({
    code,
    stderr: expect.stringContaining(sentence as string),
  })
})
