/** A published module says where its code comes from: through both doors, for good, and in everything that speaks of it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { moduleFiles, tarGz } from '../../test/archives.ts'
import { type Answer, expectStatus } from '../../test/client.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
})
afterAll(() => registry.stop())

const commit = '3f2a91c07be5d2a1c6f0e4b7a8d9c3e2f1a0b4d5'
const said = { source: 'https://github.com/acme/infra.git', commit, folder: 'modules/vpc' }
const shown = {
  url: 'https://github.com/acme/infra',
  commit,
  folder: 'modules/vpc',
  page: `https://github.com/acme/infra/tree/${commit}/modules/vpc`,
}

type Fields = Partial<typeof said>

const put = (name: string, version: string, fields: Fields) =>
  registry.admin.send(
    'PUT',
    `/api/v1/modules/acme/${name}/aws/${version}?${new URLSearchParams(fields)}`,
    tarGz(moduleFiles({ version })),
    { 'content-type': 'application/gzip' },
  )

function post(name: string, version: string, fields: Fields): Promise<Answer> {
  const form = new FormData()
  for (const [field, value] of Object.entries({ namespace: 'acme', name, system: 'aws', version, ...fields }))
    form.set(field, value)
  form.set('file', new Blob([new Uint8Array(tarGz(moduleFiles({ version })))]), 'module.tar.gz')
  return registry.admin.send('POST', '/api/v1/modules', form)
}

const get = async (path: string) => expectStatus(await registry.anonymous.get(path), 200).json

describe.each([
  ['raw', put],
  ['form', post],
])('as a %s upload', (door, publish) => {
  test('a version is shown with it, in lists, details and facts', async () => {
    const name = `told-${door}`

    const published = expectStatus(await publish(name, '1.0.0', said), 201)

    expect(published.json.version.source).toEqual(shown)
    expect((await get(`/api/v1/modules/acme/${name}/aws/versions`)).items[0].source).toEqual(shown)
    expect(await get(`/api/v1/modules/acme/${name}/aws/1.0.0`)).toMatchObject({ source: shown, sourceUrl: shown.url })
    expect((await get(`/api/v1/modules/acme/${name}/aws`)).sourceUrl).toBe(shown.url)
    expect((await registry.facts()).at(-1)).toMatchObject({
      kind: 'module.published',
      details: { source: shown.url, commit, folder: 'modules/vpc' },
    })
  })

  test('a version of which nobody says it has none', async () => {
    const published = expectStatus(await publish(`silent-${door}`, '1.0.0', { source: '' }), 201)

    expect(published.json.version.source).toBeNull()
    expect((await get(`/api/v1/modules/acme/silent-${door}/aws`)).sourceUrl).toBeNull()
    expect(await get(`/api/v1/modules/acme/silent-${door}/aws/1.0.0`)).toMatchObject({ source: null, sourceUrl: null })
  })

  test.each<[Fields, string]>([
    [{ source: 'https://me:s3cret@github.com/acme/infra' }, 'source must be without a user name, password or token'],
    [{ source: 'https://gitlab.com/oauth2:s3cret/infra' }, 'source must be without a user name, password or token'],
    [{ source: 'https://github.com/acme/infra?token=s3cret' }, 'source must be without ? and #'],
    [{ source: 'git@github.com:acme/infra.git' }, 'source must begin with https://'],
    [{ source: 'https://github.com/acme/\u0000infra' }, 'source must be without spaces'],
    [{ source: shown.url, commit: 'main' }, 'commit must be the id of a commit'],
    [{ source: shown.url, folder: '../..' }, 'folder must be a path below the root'],
    [{ folder: 'modules/vpc' }, 'folder says nothing without source'],
  ])('%j is refused, and nothing of it is kept or said', async (fields, wrong) => {
    const answer = await publish(`refused-${door}`, '1.0.0', fields)

    expect([answer.status, answer.json.code]).toEqual([400, 'request-malformed'])
    expect(answer.json.detail).toContain(wrong)
    expect(answer.text).not.toContain('s3cret')
    expect(await registry.sql('select from modules where name like $1', ['refused-%'])).toEqual([])
    expect(JSON.stringify(await registry.sql('select * from audit_logs'))).not.toContain('s3cret')
    expect((await registry.storedFiles()).filter((file) => file.includes('uploads'))).toEqual([])
  })
})

test('the same content with another source is a repeat: the first said it', async () => {
  await put('first', '1.0.0', said)
  await put('mute', '1.0.0', {})

  const other = await put('first', '1.0.0', { source: 'https://gitlab.com/others/infra' })
  const late = await put('mute', '1.0.0', said)

  expect([other.status, other.json.outcome, other.json.version.source]).toEqual([200, 'already-published', shown])
  expect([late.status, late.json.outcome, late.json.version.source]).toEqual([200, 'already-published', null])
})

test('a module comes from where its newest version says, while that can be installed', async () => {
  const source = async () => (await get('/api/v1/modules/acme/moved/aws')).sourceUrl
  const seen: (string | null)[] = []
  for (const [version, from] of [
    ['1.0.0', 'https://github.com/acme/old'],
    ['1.1.0', 'https://github.com/acme/new'],
    ['2.0.0-rc.1', 'https://github.com/acme/next'],
    ['1.2.0', ''],
  ] as const) {
    expectStatus(await put('moved', version, { source: from }), 201)
    seen.push(await source())
  }
  await registry.admin.send('DELETE', '/api/v1/modules/acme/moved/aws/1.1.0')
  seen.push(await source())
  await registry.admin.send('POST', '/api/v1/modules/acme/moved/aws/1.1.0/restore')
  seen.push(await source())

  expect(seen.map((url) => url?.slice('https://github.com/acme/'.length))).toEqual([
    'old',
    'new',
    'new',
    'new',
    'old',
    'new',
  ])
  expect((await get('/api/v1/modules/acme/moved/aws/1.0.0')).sourceUrl).toBe('https://github.com/acme/old')
})

test('a version that does not say it is shown with what another one said, by its number', async () => {
  for (const [version, from] of [
    ['1.0.0', ''],
    ['1.1.0', 'https://github.com/acme/new'],
    ['1.2.0', ''],
  ] as const)
    expectStatus(await put('shy', version, { source: from }), 201)

  const shownOf = async (version: string) => {
    const { source, sourceUrl, sourceVersion } = await get(`/api/v1/modules/acme/shy/aws${version}`)
    return [source === undefined ? 'of the module' : (source?.url ?? null), sourceUrl, sourceVersion]
  }
  expect(await shownOf('')).toEqual(['of the module', 'https://github.com/acme/new', '1.1.0'])
  expect(await shownOf('/1.2.0')).toEqual([null, 'https://github.com/acme/new', '1.1.0'])
  expect(await shownOf('/1.1.0')).toEqual(['https://github.com/acme/new', 'https://github.com/acme/new', '1.1.0'])
  const markdown = async (version: string) =>
    expectStatus(await registry.admin.get(`/modules/acme/shy/aws/${version}.md`), 200).text
  expect(await markdown('1.2.0')).toContain(
    '\nSource: [github.com/acme/new](<https://github.com/acme/new>), as of 1.1.0\n',
  )
  expect(await markdown('1.1.0')).toContain('\nSource: [github.com/acme/new](<https://github.com/acme/new>)\n')
})

test('its Markdown says it', async () => {
  await put('written', '1.0.0', said)
  await put('written', '1.1.0', { source: 'https://git.example.com/a_b_(c)' })

  const [first, second] = [
    await registry.anonymous.get('/modules/acme/written/aws/1.0.0.md'),
    await registry.anonymous.get('/modules/acme/written/aws/1.1.0.md'),
  ]

  expect(first.text).toContain(`Source: [github.com/acme/infra//modules/vpc @ 3f2a91c](<${shown.page}>)\n`)
  expect(second.text).toContain('Source: [git.example.com/a\\_b\\_(c)](<https://git.example.com/a_b_(c)>)\n')
})

test('programs made for the public registry read it of each version', async () => {
  await put('asked', '1.0.0', { source: 'https://github.com/acme/old' })
  await put('asked', '1.1.0', said)

  expect((await get('/v1/modules/acme/asked/aws')).source).toBe(shown.url)
  expect((await get('/v1/modules/acme/asked/aws/1.0.0')).source).toBe('https://github.com/acme/old')
})

test('tools that read the catalogue with SQL read it', async () => {
  await put('queried', '1.0.0', said)

  expect(await registry.sql(`select source_url from catalogue.modules where name = 'queried'`)).toEqual([
    { source_url: shown.url },
  ])
})
