/** Folders that are not as GoReleaser leaves them: pipes, links and giants in place of files. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Dist, makeDist, makeSigningKey, writeDist } from '../../server/test/provider-dist.ts'
import { type Desk, desk } from './cadastre.ts'

let here: Desk
let dist: Dist
let folder: string
beforeEach(async () => {
  // Nothing listens there: all of this is found out before anybody is asked.
  here = desk({ TFR_CLI_HOST: 'http://127.0.0.1:9', TFR_CLI_TOKEN: 'tfr_token' })
  folder = join(here.folder, 'dist')
  dist = await makeDist({ type: 'greeter', version: '1.0.0', platforms: ['linux_amd64'] })
  await writeDist(dist, folder)
})
afterEach(() => here.clear())

const publish = () => here.run(['publish', 'provider', folder, '--namespace', 'acme'])
const manifestName = 'terraform-provider-greeter_1.0.0_manifest.json'

test.each([
  ['SHA256SUMS', () => dist.sumsName, 'shasums-missing'],
  ['the signature', () => dist.signatureName, 'signature-missing'],
  ['the manifest', () => manifestName, 'manifest-missing'],
])('a pipe in place of %s is not waited for', async (_what, nameOf, code) => {
  const path = join(folder, nameOf())
  rmSync(path)
  execFileSync('mkfifo', [path])

  const { json } = await here.run(['publish', 'provider', folder, '--namespace', 'acme', '--json'])

  expect(json.error.code).toBe(code)
})

test('sign waits for no pipe, and writes its files in their place', async () => {
  const key = await makeSigningKey()
  here.write({ 'key.asc': key.armoredPrivate })
  for (const name of [dist.sumsName, dist.signatureName, manifestName]) rmSync(join(folder, name))
  for (const name of [dist.sumsName, dist.signatureName, manifestName, 'terraform-registry-manifest.json'])
    execFileSync('mkfifo', [join(folder, name)])

  const { code, err } = await here.run(['sign', 'provider', folder, '--key', 'key.asc'])

  expect(code, err).toBe(0)
  expect(readFileSync(join(folder, dist.sumsName), 'utf8')).toMatch(/^[0-9a-f]{64} {2}terraform-provider-greeter_1/)
})

test('a pipe that is called like the notes of GoReleaser is not waited for', async () => {
  rmSync(join(folder, 'metadata.json'))
  execFileSync('mkfifo', [join(folder, 'metadata.json')])

  expect(await publish()).toMatchObject({ code: 7, err: expect.stringContaining('http://127.0.0.1:9') })
})

test('a SHA256SUMS of gigabytes is not read', async () => {
  truncateSync(join(folder, dist.sumsName), 6_000_000_000)

  const { code, err } = await publish()

  expect([code, err]).toEqual([6, expect.stringContaining('is larger than 256 KiB')])
})

test('sign replaces links, and writes nothing where they lead', async () => {
  const key = await makeSigningKey()
  const keyFile = join(here.folder, 'key.asc')
  const outside = join(here.folder, 'outside')
  const elsewhere = join(here.folder, 'elsewhere')
  writeFileSync(keyFile, key.armoredPrivate)
  writeFileSync(outside, 'precious')
  writeFileSync(join(folder, 'terraform-registry-manifest.json'), dist.files.get(manifestName)!)
  for (const name of [dist.sumsName, dist.signatureName, manifestName]) rmSync(join(folder, name))
  symlinkSync(outside, join(folder, dist.signatureName))
  symlinkSync(elsewhere, join(folder, manifestName))

  const { code, err } = await here.run(['sign', 'provider', folder, '--key', keyFile, '--yes'])

  expect(code, err).toBe(0)
  expect([readFileSync(outside, 'utf8'), existsSync(elsewhere)]).toEqual(['precious', false])
})
