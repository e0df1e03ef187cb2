/** Platforms of catalogued versions: whichever way they are kept, they say what the source says, and changes are counted alike. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importFiles, providerFile, type WrittenProvider } from '../../../test/catalogue/imported.ts'
import { copyOfTemplate, type TestDatabase } from '../../../test/database.ts'
import { startRegistry, type TestRegistry } from '../../../test/registry.ts'
import { migrateDown, migrateUp } from '../../foundation/database/migrate.ts'
import { listedPlatforms } from '../../providers/catalogued-platforms.ts'
import type { SourcePlatform } from '../../upstream/source.ts'

let database: TestDatabase
let registry: TestRegistry
beforeAll(async () => {
  database = await copyOfTemplate()
  registry = await startRegistry({ database })
})
afterAll(() => registry.stop())

const release = 'https://releases.example/v1'
const shasumsUrl = `${release}/SHA256SUMS`
const on = (os: string, arch: string, more: Partial<SourcePlatform> = {}): SourcePlatform => {
  const filename = `terraform-provider-x_1.0.0_${os}_${arch}.zip`
  const sha256 = 'a'.repeat(64)
  return { os, arch, filename, downloadUrl: `${release}/${filename}`, sha256, h1: '', sizeBytes: null, ...more }
}
const unnamed = { filename: '', downloadUrl: '', sha256: '' }

test.each<[string, SourcePlatform[], boolean]>([
  ['that follow the rule', [on('linux', 'amd64'), on('darwin', 'arm64')], true],
  ['with hashes and sizes of some', [on('linux', 'amd64', { h1: 'h1:x', sizeBytes: 1 }), on('linux', 'arm')], true],
  ['of which names alone are told', [on('linux', 'amd64', unnamed), on('linux', 'arm', unnamed)], true],
  ['of which one has no archive', [on('linux', 'amd64'), on('linux', 'arm', unnamed)], false],
  ['of which one lies elsewhere', [on('linux', 'amd64', { downloadUrl: 'https://other.example/x.zip' })], false],
  ['of which one is called otherwise', [on('linux', 'amd64'), on('linux', 'arm', { filename: 'arm.zip' })], false],
  ['of two versions', [on('linux', 'arm'), on('linux', 'amd64', { filename: 'x_2.0.0_linux_amd64.zip' })], false],
  ['that are not plain words', [on('linux_musl', 'amd64')], false],
])('platforms %s', (_, platforms, areListed) => {
  expect(listedPlatforms({ platforms, shasumsUrl }) !== undefined).toBe(areListed)
})

test('whatever is listed comes back as it was', async () => {
  const word = fc.stringMatching(/^[a-z0-9]{1,8}$/)
  const sum = fc.stringMatching(/^[0-9a-f]{64}$/)
  const size = fc.option(fc.nat())
  const platform = fc.tuple(word, word, sum, fc.string({ maxLength: 9, unit: 'grapheme-ascii' }), size)
  await fc.assert(
    fc.asyncProperty(fc.array(platform, { minLength: 1, maxLength: 19 }), async (all) => {
      const platforms = all.map(([os, arch, sha256, h1, sizeBytes]) => on(os, arch, { sha256, h1, sizeBytes }))
      const { names, prefix, sums, h1s, sizes } = listedPlatforms({ platforms, shasumsUrl })!

      const rows = await registry.sql(
        'select * from listed_platforms($1::text[], $2::text, $3::bytea, $4::text[], $5::bigint[]) order by position',
        [names, prefix, sums, h1s, sizes],
      )

      expect(
        rows.map((row) => ({ ...row, size_bytes: row.size_bytes === null ? null : Number(row.size_bytes) })),
      ).toEqual(
        platforms.map(({ os, arch, filename, sha256, h1, sizeBytes }, position) => ({
          ...{ os, arch, filename, download_url: '', sha256, h1, size_bytes: sizeBytes, position },
        })),
      )
    }),
    { numRuns: 50 },
  )
})

const address = 'acme/greeter'
const hostname = 'registry.example.com'
const take = (...versions: WrittenProvider[]) =>
  importFiles(registry, { 'providers/a/acme/greeter.json': providerFile(address, versions) }, { hostname })

/** Kept as rows or as a list, and what they are. */
const platformsHere = async () => ({
  rows: (await registry.sql('select count(*)::int as rows from provider_platforms'))[0].rows,
  platforms: (
    await registry.sql(
      `select version, json_agg(os || '_' || arch || ' ' || size_bytes order by x.position) as on
       from provider_versions v join provider_version_platforms x on x.provider_version_id = v.id group by 1 order by 1`,
    )
  ).map(({ version, on }) => [version, ...on].join(' ')),
})

test('a version goes from a list to rows and back as its source goes, and what has changed is counted alike', async () => {
  const [listed, odd] = [{ size: 1 }, { size: 1, download_url: 'https://elsewhere.example/x.zip' }]
  const both = ['linux_amd64', 'darwin_arm64']
  const version = (platform: object, platforms = both) => ({ version: '1.0.0', platforms, platform })

  const first = await take(version(listed))
  expect(first.report.platforms).toEqual({ new: 2, changed: 0, gone: 0 })
  expect(await platformsHere()).toEqual({ rows: 0, platforms: ['1.0.0 linux_amd64 1 darwin_arm64 1'] })

  const elsewhere = await take(version(odd))
  expect(elsewhere.report).toMatchObject({ platforms: { new: 0, changed: 2, gone: 0 }, versions: { changed: 0 } })
  expect((await platformsHere()).rows).toBe(2)

  const back = await take(version(listed, ['darwin_arm64', 'windows_amd64']))
  expect(back.report).toMatchObject({ platforms: { new: 1, changed: 1, gone: 1 }, versions: { changed: 0 } })
  expect(await platformsHere()).toEqual({ rows: 0, platforms: ['1.0.0 darwin_arm64 1 windows_amd64 1'] })

  const more = await take({ ...version(odd, ['plan9_arm']), version: '2.0.0' }, version(listed, ['darwin_arm64']))
  expect(more.report).toMatchObject({ platforms: { new: 1, gone: 1 }, versions: { new: 1, gone: 0 } })
  expect(await platformsHere()).toEqual({ rows: 1, platforms: ['1.0.0 darwin_arm64 1', '2.0.0 plan9_arm 1'] })
})

test('what an older server has written as rows is answered, and kept as a list when it comes again', async () => {
  await take({ version: '1.0.0', platforms: ['linux_amd64', 'linux_arm'] })
  const package1 = `/v1/upstream/${hostname}/providers/${address}/1.0.0/download/linux/arm`
  const listed = await registry.admin.get(package1)
  const steps = { applicationRole: database.application.user! }

  // Back to where platforms were rows, and on again.
  await migrateDown(database.owner, { to: '0008_module_knowledge' })
  const asRows = await registry.sql('select os, arch, filename, sha256, position from provider_platforms order by id')
  await migrateUp(database.owner, steps)
  await take({ version: '1.0.0', platforms: ['linux_amd64', 'linux_arm', 'linux_arm64'] })

  expect(asRows.map(({ os, arch, filename }) => `${os} ${arch} ${filename}`)).toEqual([
    'linux amd64 terraform-provider-greeter_1.0.0_linux_amd64.zip',
    'linux arm terraform-provider-greeter_1.0.0_linux_arm.zip',
  ])
  expect((await platformsHere()).rows).toBe(0)
  expect(listed.json).toMatchObject({ os: 'linux', arch: 'arm', shasum: '1'.repeat(64) })
  expect((await registry.admin.get(package1)).json).toEqual(listed.json)
})
