/** Downloads over time: what is counted, in which day of UTC it lies, and what is told of it. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importFiles, moduleFile, publicHost } from '../../test/catalogue/imported.ts'
import { expectStatus } from '../../test/client.ts'
import { copyOfTemplate } from '../../test/database.ts'
import { query } from '../../test/embedded.ts'
import { publishProvider, trustKey } from '../../test/published-provider.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'
import { migrateDown, migrateUp } from '../foundation/database/migrate.ts'

const now = Date.parse('2026-03-04T12:00:00Z')
const versions = ['1.0.0', '1.1.0', '2.0.0', '2.1.0-rc.1'] as const

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry({ clock: () => now })
  const { admin, given } = registry
  await given.namespace('acme')
  for (const version of versions) expectStatus(await admin.publishModule('acme/vpc/aws', version), 201)
  await registry.sql(
    `update module_versions set published_at = timestamptz '2026-02-02T23:30:00Z' where version = '1.0.0'`,
  )
  await registry.sql(
    `update module_versions set published_at = timestamptz '2026-03-01T00:30:00Z' where version <> '1.0.0'`,
  )
  await downloaded('1.0.0', '2026-02-01', 'terraform', 5)
  await downloaded('1.0.0', '2026-03-01', 'opentofu', 3)
  await downloaded('1.1.0', '2026-03-01', 'terraform', 10)
  await downloaded('1.1.0', '2026-03-02', 'terraform', 20)
  await downloaded('2.0.0', '2026-03-04', 'other', 100)
  await downloaded('2.1.0-rc.1', '2026-03-04', 'opentofu', 1)
})
afterAll(() => registry?.stop())

const downloaded = (version: string, day: string, client: 'terraform' | 'opentofu' | 'other', downloads: number) =>
  registry.sql(
    `insert into module_downloads_by_day (module_id, version_id, day, ${client})
     select v.module_id, v.id, $2, $3 from module_versions v join modules m on m.id = v.module_id
     where m.name = 'vpc' and m.hostname = 'self' and v.version = $1`,
    [version, day, downloads],
  )

const path = '/api/v1/modules/acme/vpc/aws/downloads'
const ask = async (query: string) => expectStatus(await registry.anonymous.get(`${path}?${query}`), 200).json

test('without a word it is the last thirty days, day by day', async () => {
  const told = await ask('')

  expect(told).toMatchObject({ by: 'day', split: 'none', from: '2026-02-03', to: '2026-03-04', total: 134 })
  expect(told.periods).toHaveLength(30)
  expect(told.downloads.slice(-5)).toEqual([0, 13, 20, 0, 101])
  expect([told.series, told.others]).toEqual([[], null])
})

test.each([
  [
    'major',
    [
      { name: '2', total: 101, downloads: [0, 0, 101] },
      { name: '1', total: 38, downloads: [5, 13, 20] },
    ],
  ],
  [
    'version',
    [
      { name: '2.0.0', total: 100, downloads: [0, 0, 100] },
      { name: '1.1.0', total: 30, downloads: [0, 10, 20] },
      { name: '1.0.0', total: 8, downloads: [5, 3, 0] },
      { name: '2.1.0-rc.1', total: 1, downloads: [0, 0, 1] },
    ],
  ],
  [
    'client',
    [
      { name: 'other', total: 100, downloads: [0, 0, 100] },
      { name: 'terraform', total: 35, downloads: [5, 10, 20] },
      { name: 'opentofu', total: 4, downloads: [0, 3, 1] },
    ],
  ],
])('split by %s, most downloads first, by week and by month', async (split, series) => {
  const byWeek = await ask(`by=week&from=2026-02-01&split=${split}`)
  const byMonth = await ask(`by=month&from=2026-02-01&split=${split}`)

  // Weeks end on Sunday, as 1 February and 1 March do.
  expect(byWeek.periods).toEqual(['2026-01-26', '2026-02-02', '2026-02-09', '2026-02-16', '2026-02-23', '2026-03-02'])
  expect(
    byWeek.series.map(({ name, total, downloads: [first, , , , fifth, sixth] }: (typeof byWeek)['series'][number]) => ({
      name,
      total,
      downloads: [first, fifth, sixth],
    })),
  ).toEqual(series)
  expect(byMonth.downloads).toEqual([5, 134])
  expect(byMonth.total).toBe(139)
})

test('what is past the limit is one sum, so that nothing is missing from the whole', async () => {
  const told = await ask('by=month&from=2026-02-01&split=version&limit=1')

  expect(told.series.map(({ name }: { name: string }) => name)).toEqual(['2.0.0'])
  expect(told.others).toEqual({ count: 3, total: 39, downloads: [5, 34] })
  expect([told.total, told.downloads]).toEqual([139, [5, 134]])
})

test('of two with as many downloads the newer one has the series, version and major alike', async () => {
  const numbers = ['9.0.0-rc.1', '9.0.0', '10.0.0', '10.9.0', '10.10.0-rc.9', '10.10.0-rc.10']
  for (const version of numbers) expectStatus(await registry.admin.publishModule('acme/even/aws', version), 201)
  await registry.sql(
    `insert into module_downloads_by_day (module_id, version_id, day, terraform)
     select v.module_id, v.id, '2026-03-01', case when v.core like '9.%' then 4 else 2 end
     from module_versions v join modules m on m.id = v.module_id where m.name = 'even'`,
  )
  const even = async (query: string) => {
    const { series, others, total } = expectStatus(
      await registry.anonymous.get(`/api/v1/modules/acme/even/aws/downloads?${query}`),
      200,
    ).json
    return [series.map(({ name }: { name: string }) => name), others?.count, total]
  }

  expect(await even('split=version&limit=4')).toEqual([['9.0.0', '9.0.0-rc.1', '10.10.0-rc.10', '10.10.0-rc.9'], 2, 16])
  expect(await even('split=major')).toEqual([['10', '9'], undefined, 16])
  expect(await even('split=major&limit=1')).toEqual([['10'], 1, 16])
})

test('versions are named on the day that they were published, in UTC', async () => {
  expect((await ask('from=2026-02-02&to=2026-02-02')).published).toEqual([
    { version: '1.0.0', publishedAt: '2026-02-02T23:30:00.000Z' },
  ])
  expect((await ask('from=2026-02-28&to=2026-02-28')).published).toEqual([])
  expect((await ask('from=2026-03-01')).published.map(({ version }: { version: string }) => version)).toEqual([
    '1.1.0',
    '2.0.0',
    '2.1.0-rc.1',
  ])
})

test('what a deleted version was downloaded stays, and it is no longer named as published, until it is restored', async () => {
  const version = '/api/v1/modules/acme/vpc/aws/2.0.0'
  const before = await ask('split=version')

  expectStatus(await registry.admin.send('DELETE', version), 200)
  const deleted = await ask('split=version')
  expectStatus(await registry.admin.send('POST', `${version}/restore`), 200)
  const restored = await ask('split=version')

  const { published, ...numbers } = deleted
  expect({ ...before, published: [] }).toEqual({ ...numbers, published: [] })
  expect(published.map(({ version }: { version: string }) => version)).not.toContain('2.0.0')
  expect(restored).toEqual(before)
})

test.each([
  ['from=2026-03-05', 422, 'time-range-invalid'],
  ['from=2026-03-02&to=2026-03-01', 422, 'time-range-invalid'],
  ['from=2020-01-01', 422, 'time-range-too-long'],
  ['to=0000-01-01', 422, 'time-range-invalid'],
  ['to=0001-01-05', 422, 'time-range-invalid'],
  ['by=week&from=0000-01-01&to=0000-01-09', 422, 'time-range-invalid'],
  ['by=year', 400, 'request-malformed'],
  ['split=platform', 400, 'request-malformed'],
  ['from=yesterday', 400, 'request-malformed'],
  ['from=2026-02-30', 400, 'request-malformed'],
  ['limit=501', 400, 'request-malformed'],
  ['limit=0', 400, 'request-malformed'],
])('%s is refused', async (query, status, code) => {
  const answer = await registry.anonymous.get(`${path}?${query}`)

  expect([answer.status, answer.json.code]).toEqual([status, code])
})

test('of what another registry publishes nothing is counted, and no noughts are told', async () => {
  await importFiles(registry, { 'modules/o/open/vpc/aws.json': moduleFile('v1.0.0') }, { visibility: 'public' })

  const catalogued = await registry.admin.get(`/api/v1/catalogue/${publicHost}/modules/open/vpc/aws/downloads`)
  const asOurs = await registry.admin.get('/api/v1/modules/open/vpc/aws/downloads')

  expect([catalogued.status, asOurs.status]).toEqual([404, 404])
})

// Fourteen hours ahead of UTC, and ten behind it: one of the two has another day now.
test.each(['Pacific/Kiritimati', 'Pacific/Honolulu'])(
  'clients are counted on the day of UTC, where the database is in %s, module and provider alike',
  async (zone) => {
    const database = await copyOfTemplate()
    await query(database.superuser, `alter database ${database.superuser.database} set timezone = '${zone}'`)
    const counting = await startRegistry({ database })
    await counting.given.namespace('acme')
    expectStatus(await counting.admin.publishModule('acme/vpc/aws', '1.0.0'), 201)
    await trustKey(counting.admin, 'acme')
    await publishProvider(counting.admin, 'acme', { type: 'greeter', version: '1.0.0' })
    const get = (path: string, userAgent: string) => counting.anonymous.get(path, { 'user-agent': userAgent })

    await get('/v1/modules/acme/vpc/aws/1.0.0/download', 'Terraform/1.11.4')
    await get('/v1/modules/acme/vpc/aws/1.0.0/download', 'OpenTofu/1.9.0')
    await get('/v1/providers/acme/greeter/1.0.0/download/linux/amd64', 'Terraform/1.11.4')
    await get('/v1/providers/acme/greeter/1.0.0/download/darwin/arm64', 'Terraform/1.11.4')

    const told = async (of: string) => {
      const { periods, downloads, ...rest } = (await counting.anonymous.get(`/api/v1/${of}/downloads?split=client`))
        .json
      const day = periods[downloads.findIndex((count: number) => count > 0)]
      return { day, series: rest.series.map(({ name, total }: { name: string; total: number }) => `${name} ${total}`) }
    }
    const day = new Date().toISOString().slice(0, 10)
    await expect.poll(() => told('modules/acme/vpc/aws')).toEqual({ day, series: ['terraform 1', 'opentofu 1'] })
    await expect.poll(() => told('providers/acme/greeter')).toEqual({ day, series: ['terraform 2'] })
    await counting.stop()
  },
)

test('what was counted before there were days is summed up when the schema is brought forward', async () => {
  const database = await copyOfTemplate()
  const env = { TFR_SECURITY_ENCRYPTION_KEY: randomBytes(32).toString('base64') }
  const first = await startRegistry({ env, database: { ...database, drop: async () => {} } })
  await first.given.namespace('acme')
  expectStatus(await first.admin.publishModule('acme/vpc/aws', '1.0.0'), 201)
  await trustKey(first.admin, 'acme')
  await publishProvider(first.admin, 'acme', { type: 'greeter', version: '1.0.0' })
  await first.stop()
  await migrateDown(database.owner, { to: '0013_described_by_readme' })
  await query(database.superuser, `alter database ${database.superuser.database} set timezone = 'Pacific/Honolulu'`)
  await query(
    database.owner,
    `insert into download_events (occurred_at, client, downloads, module_version_id)
       select e.occurred_at, e.client, e.downloads, id from module_versions, (values
         (timestamptz '2026-01-31T23:59:59Z', 'terraform', 1), ('2026-02-01T00:00:00Z', 'terraform', 2),
         ('2026-02-01T23:59:59Z', 'terraform', 4), ('2026-02-01T12:00:00Z', 'opentofu', 8)) as e (occurred_at, client, downloads);
     insert into download_events (occurred_at, client, downloads, provider_platform_id)
       select timestamptz '2026-02-01T00:00:00Z', 'terraform', 16, id from provider_platforms;
     insert into download_events (occurred_at, downloads, module_version_id) values ('2026-02-01T00:00:00Z', 1, 987654)`,
  )

  await migrateUp(database.owner, { applicationRole: database.application.user })

  const second = await startRegistry({ env, database, clock: () => now })
  const told = async (of: string) =>
    expectStatus(await second.admin.get(`/api/v1/${of}/downloads?from=2026-01-31&to=2026-02-02&split=client`), 200).json
  expect((await told('modules/acme/vpc/aws')).series).toEqual([
    { name: 'opentofu', total: 8, downloads: [0, 8, 0] },
    { name: 'terraform', total: 7, downloads: [1, 6, 0] },
  ])
  const platforms = (await second.sql('select count(*)::int as count from provider_platforms'))[0].count
  expect((await told('providers/acme/greeter')).downloads).toEqual([0, 16 * platforms, 0])
  await second.stop()
})
