/** A published provider says where its code comes from: with the step that publishes it, or with the forms of its platforms. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectStatus } from '../../test/client.ts'
import { type Dist, type DistOptions, makeDist } from '../../test/provider-dist.ts'
import { type Parts, platformForm, putFiles, sendForm, versionPath } from '../../test/provider-uploads.ts'
import { trustKey } from '../../test/published-provider.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  await trustKey(registry.admin, 'acme')
})
afterAll(() => registry?.stop())

const commit = '3f2a91c07be5d2a1c6f0e4b7a8d9c3e2f1a0b4d5'
const said = { source: 'https://github.com/acme/terraform-provider-greeter', commit }
const shown = { url: said.source, commit, folder: '', page: `${said.source}/tree/${commit}` }

const distOf = (type: string, options: Partial<DistOptions> = {}) =>
  makeDist({ type, version: '1.0.0', platforms: ['linux_amd64'], ...options })

async function publish(dist: Dist, from: Partial<typeof said> = {}) {
  await putFiles(registry.admin, 'acme', dist)
  return registry.admin.send('POST', `${versionPath('acme', dist)}/publish?${new URLSearchParams(from)}`)
}

const smallParts = (dist: Dist): Parts => ({
  shasums: dist.files.get(dist.sumsName),
  shasums_signature: dist.files.get(dist.signatureName),
  manifest: dist.files.get(dist.sumsName.replace('SHA256SUMS', 'manifest.json')),
})

const get = async (path: string) => expectStatus(await registry.anonymous.get(path), 200).json

describe('said when the version is published', () => {
  test('it is shown with the version, its provider, its list and its fact', async () => {
    const published = expectStatus(await publish(await distOf('told'), said), 201)

    expect(published.json.version.source).toEqual(shown)
    expect((await get('/api/v1/providers/acme/told/1.0.0')).source).toEqual(shown)
    expect((await get('/api/v1/providers/acme/told/versions')).items[0].source).toEqual(shown)
    expect((await get('/api/v1/providers/acme/told')).sourceUrl).toBe(shown.url)
    expect((await registry.facts()).at(-1)).toMatchObject({ kind: 'provider.published', details: said })
  })

  test.each([{}, { source: '' }])('%j says nothing', async (from) => {
    const dist = await distOf(`silent-${Object.keys(from).length}`)

    const published = expectStatus(await publish(dist, from), 201)

    expect(published.json.version.source).toBeNull()
    expect((await get(`/api/v1/providers/acme/${dist.type}`)).sourceUrl).toBeNull()
  })

  test('credentials are refused, nothing is live, and the files stay for another attempt', async () => {
    const dist = await distOf('refused')

    const refused = await publish(dist, { source: 'https://s3cret@github.com/acme/x' })

    expect([refused.status, refused.json.code]).toEqual([400, 'request-malformed'])
    expect(refused.text).not.toContain('s3cret')
    expect((await registry.anonymous.get('/v1/providers/acme/refused/versions')).status).toBe(404)
    expect((await publish(dist, said)).json.version.source).toEqual(shown)
  })

  test('the same version with another source is a repeat: the first said it', async () => {
    const dist = await distOf('first')
    await publish(dist, said)

    const again = await publish(dist, { source: 'https://gitlab.com/others/greeter' })

    expect([again.status, again.json.outcome, again.json.version.source]).toEqual([200, 'already-published', shown])
  })
})

describe('said with forms', () => {
  test('by one of them, it is that of the version', async () => {
    const dist = await distOf('forms', { platforms: ['linux_amd64', 'darwin_arm64'] })

    const first = await sendForm(
      registry.admin,
      platformForm('acme', dist, 'linux_amd64', { ...smallParts(dist), ...said }),
    )
    const last = await sendForm(registry.admin, platformForm('acme', dist, 'darwin_arm64'))

    expect([first.status, last.status, last.json.version.source]).toEqual([202, 201, shown])
  })

  test('by a form that comes again, it counts from then on', async () => {
    const dist = await distOf('again', { platforms: ['linux_amd64', 'darwin_arm64'] })
    await sendForm(registry.admin, platformForm('acme', dist, 'linux_amd64', smallParts(dist)))
    await sendForm(registry.admin, platformForm('acme', dist, 'linux_amd64', said))

    const last = await sendForm(registry.admin, platformForm('acme', dist, 'darwin_arm64'))

    expect(last.json.version.source).toEqual(shown)
  })

  test('the form that makes the version live is believed', async () => {
    const dist = await distOf('last', { platforms: ['linux_amd64', 'darwin_arm64'] })
    const other = { ...smallParts(dist), source: 'https://gitlab.com/others/greeter' }
    await sendForm(registry.admin, platformForm('acme', dist, 'linux_amd64', other))

    const last = await sendForm(registry.admin, platformForm('acme', dist, 'darwin_arm64', said))

    expect(last.json.version.source).toEqual(shown)
  })

  test('badly, it is refused, and nothing waits', async () => {
    const dist = await distOf('badly')

    const refused = await sendForm(
      registry.admin,
      platformForm('acme', dist, 'linux_amd64', { ...said, commit: 'main' }),
    )

    expect([refused.status, refused.json.code]).toEqual([400, 'request-malformed'])
    expect(refused.json.detail).toContain('commit must be the id of a commit')
    expect(await registry.sql(`select from staged_files where type = 'badly'`)).toEqual([])
    expect((await registry.storedFiles()).filter((file) => file.includes('uploads'))).toEqual([])
  })
})

test('a provider comes from where its newest version says, while that can be installed', async () => {
  const source = async () => (await get('/api/v1/providers/acme/moved')).sourceUrl
  for (const [version, from] of [
    ['1.0.0', 'https://github.com/acme/old'],
    ['1.1.0', 'https://github.com/acme/new'],
    ['1.2.0', ''],
  ] as const)
    await publish(await distOf('moved', { version }), { source: from })
  const before = await source()
  expect((await get('/api/v1/providers/acme/moved')).sourceVersion).toBe('1.1.0')
  await registry.admin.send('DELETE', '/api/v1/providers/acme/moved/1.1.0')

  expect([before, await source()]).toEqual(['https://github.com/acme/new', 'https://github.com/acme/old'])
})

test('programs made for the public registry, and tools that read SQL, read it of each version', async () => {
  await publish(await distOf('asked'), { source: 'https://github.com/acme/old' })
  await publish(await distOf('asked', { version: '1.1.0' }), said)

  expect((await get('/v1/providers/acme/asked')).source).toBe(shown.url)
  expect((await get('/v1/providers/acme/asked/1.0.0')).source).toBe('https://github.com/acme/old')
  expect((await get('/v2/providers/acme/asked')).data.attributes.source).toBe(shown.url)
  expect(
    await registry.sql(`select version, source_url from catalogue.providers where name = 'asked' order by version`),
  ).toEqual([
    { version: '1.0.0', source_url: 'https://github.com/acme/old' },
    { version: '1.1.0', source_url: shown.url },
  ])
})
