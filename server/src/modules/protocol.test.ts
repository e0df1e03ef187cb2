/** What terraform and tofu are told about modules, as they ask it. */
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

let registry: TestRegistry
let now = Date.now()
beforeAll(async () => {
  registry = await startRegistry({ clock: () => now })
  await registry.given.namespace('acme')
})
afterAll(() => registry.stop())

test('a published version is listed and can be downloaded without a token', async () => {
  await registry.admin.publishModule('acme/vpc/aws', '1.2.0')

  const list = await registry.anonymous.get('/v1/modules/acme/vpc/aws/versions')
  const download = await registry.anonymous.get('/v1/modules/acme/vpc/aws/1.2.0/download')
  const archive = await registry.anonymous.get(download.headers.get('x-terraform-get')!)

  expect(list.json).toEqual({ modules: [{ source: 'acme/vpc/aws', versions: [{ version: '1.2.0' }] }] })
  expect(download.status).toBe(204)
  expect(archive.status).toBe(200)
  expect(gunzipSync(archive.bytes).toString()).toContain('main.tf')
  expect(await registry.facts()).toContainEqual(
    expect.objectContaining({ kind: 'module.published', subject: 'acme/vpc/aws 1.2.0' }),
  )
})

test('a second server process lists a version that the first has published', async () => {
  const other = await registry.another()
  await other.anonymous.get('/v1/modules/acme/shared/aws/versions')
  await registry.admin.publishModule('acme/shared/aws', '1.0.0')

  await expect
    .poll(() => other.anonymous.get('/v1/modules/acme/shared/aws/versions').then(({ json }) => json))
    .toMatchObject({
      modules: [{ versions: [{ version: '1.0.0' }] }],
    })
})

describe('signed addresses', () => {
  const linkOf = async (version = '1.2.0') =>
    (await registry.anonymous.get(`/v1/modules/acme/vpc/aws/${version}/download`)).headers.get('x-terraform-get')!

  test('work without a token, with a wrong one, and with the parameters that clients add or move', async () => {
    const link = await linkOf()
    const [path, query] = link.split('?') as [string, string]
    const moved = `${path}?terraform-get=1&${query.split('&').reverse().join('&')}`

    const answers = [
      await registry.anonymous.get(link),
      await registry.anonymous.get(link, { authorization: 'Bearer nonsense' }),
      await registry.anonymous.get(moved),
      await registry.anonymous.get(`${link}&archive=tar.gz&checksum=sha256:00`),
    ]

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  })

  test.each([
    [
      'another signature',
      (link: string) => link.replace(/signature=./, (start) => (start.endsWith('A') ? 'signature=B' : 'signature=A')),
    ],
    ['no signature', (link: string) => link.replace(/&?signature=[^&]*/, '')],
    ['a later end', (link: string) => link.replace(/expires=\d+/, 'expires=99999999999')],
    ['another version', (link: string) => link.replace('/1.2.0/', '/1.3.0/')],
    ['another checksum', (link: string) => link.replace(/[0-9a-f]{64}/, 'f'.repeat(64))],
    ['a parameter more', (link: string) => `${link}&x=1`],
    ['no query at all', (link: string) => link.split('?')[0]!],
  ])('with %s are refused, and say nothing about what is there', async (_name, change) => {
    const answer = await registry.anonymous.get(change(await linkOf()))

    expect([answer.status, answer.json.code]).toEqual([403, 'link-invalid'])
  })

  test('live for at least fifteen minutes, and then say how to get a new one', async () => {
    const link = await linkOf()

    now += 15 * 60_000
    const soon = await registry.anonymous.get(link)
    now += 6 * 60_000
    const late = await registry.anonymous.get(link)
    const renewed = await registry.anonymous.get(await linkOf())

    expect(soon.status).toBe(200)
    expect([late.status, late.json.code]).toEqual([403, 'link-expired'])
    expect(late.json.errors[0]).toContain('terraform init')
    expect(renewed.status).toBe(200)
  })
})

test('a download is counted at the answered look-up, with who asked and with what', async () => {
  await registry.admin.publishModule('acme/counted/aws', '1.0.0')
  const path = '/v1/modules/acme/counted/aws/1.0.0/download'

  await registry.anonymous.get(path, { 'user-agent': 'Terraform/1.11.4' })
  await registry.admin.get(path, { 'user-agent': 'OpenTofu/1.9.0' })
  await registry.admin.get(path, { 'user-agent': 'OpenTofu/1.9.0' })
  await registry.anonymous.head(path)
  await registry.anonymous.get('/v1/modules/acme/counted/aws/2.0.0/download')

  const events = () =>
    registry.sql(`select e.client, e.api_key_id is not null as known, sum(e.downloads)::int as downloads
      from download_events e join module_versions v on v.id = e.module_version_id join modules m on m.id = v.module_id
      where m.name = 'counted' group by 1, 2 order by 1`)
  await expect.poll(events).toEqual([
    { client: 'opentofu', known: true, downloads: 2 },
    { client: 'terraform', known: false, downloads: 1 },
  ])
  expect((await registry.anonymous.get('/api/v1/modules/acme/counted/aws')).json.downloads).toBe(3)
})

test('no answer holds the token that was sent', async () => {
  const paths = [
    '/v1/modules/acme/vpc/aws/versions',
    '/v1/modules/acme/vpc/aws/1.2.0/download',
    '/v1/modules/acme/nothing/aws/versions',
    '/api/v1/whoami',
  ]

  const answers = await Promise.all(paths.map((path) => registry.admin.get(path)))

  for (const answer of answers) {
    expect(answer.text).not.toContain(registry.adminToken)
    expect(JSON.stringify([...answer.headers])).not.toContain(registry.adminToken)
  }
})
