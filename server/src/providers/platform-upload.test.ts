/** Publishing as forms, one per platform: what waits, what goes live, what is refused. */
import { armor, enums } from 'openpgp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { moduleFiles, tarGz, zip } from '../../test/archives.ts'
import type { Answer } from '../../test/client.ts'
import { type Dist, type DistOptions, makeDist, makeSigningKey } from '../../test/provider-dist.ts'
import {
  cutUpload,
  expectNothingLeft,
  finish,
  type Parts,
  platformForm,
  putFiles,
  sendForm,
  zipName,
} from '../../test/provider-uploads.ts'
import { trustKey } from '../../test/published-provider.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  await registry.given.namespace('hidden', 'private')
  await trustKey(registry.admin, 'acme')
})
afterAll(() => registry?.stop())

const distOf = (type: string, options: Partial<DistOptions> = {}) =>
  makeDist({ type, version: '1.0.0', platforms: ['linux_amd64'], ...options })

const said = ({ status, json }: Answer) => [status, json.code ?? json.outcome]

const send = (dist: Dist, platform: string, parts?: Parts, client = registry.admin) =>
  sendForm(client, platformForm('acme', dist, platform, parts))

/** Sums, signature and manifest. */
const smallParts = (dist: Dist): Parts => ({
  shasums: dist.files.get(dist.sumsName),
  shasums_signature: dist.files.get(dist.signatureName),
  manifest: dist.files.get(dist.sumsName.replace('SHA256SUMS', 'manifest.json')),
})

test('a version goes live with the last of its forms, and each says what it waits for', async () => {
  const platforms = ['linux_amd64', 'darwin_arm64', 'windows_amd64']
  const dist = await makeDist({ type: 'pipeline', version: '1.0.0', platforms })

  const first = await send(dist, 'linux_amd64')
  const second = await send(dist, 'darwin_arm64', smallParts(dist))
  const before = await registry.anonymous.get('/v1/providers/acme/pipeline/versions')
  const last = await send(dist, 'windows_amd64')
  const again = await send(dist, 'linux_amd64', smallParts(dist))

  expect(said(first)).toEqual([202, 'waiting'])
  expect(first.json).toMatchObject({ version: null, missing: [dist.sumsName, dist.signatureName] })
  expect(said(second)).toEqual([202, 'waiting'])
  expect(second.json.missing).toEqual([zipName(dist, 'windows_amd64')])
  expect(before.status).toBe(404)
  expect(said(last)).toEqual([201, 'published'])
  expect(last.json.version.platforms.map(({ platform }: { platform: string }) => platform).sort()).toEqual(
    platforms.toSorted(),
  )
  expect(said(again)).toEqual([200, 'already-published'])
  expect(await registry.sql(`select from staged_files where type = 'pipeline'`)).toEqual([])
})

test('forms that arrive at once publish the version once', async () => {
  const platforms = ['linux_amd64', 'linux_arm64', 'darwin_arm64', 'windows_amd64']
  const dist = await makeDist({ type: 'together', version: '1.0.0', platforms })

  const answers = await Promise.all(platforms.map((platform) => send(dist, platform, smallParts(dist))))
  const afterwards = await send(dist, 'linux_amd64')

  expect(answers.filter(({ status }) => ![200, 201, 202].includes(status)).map(said)).toEqual([])
  expect(answers.filter(({ json }) => json.outcome === 'published')).toHaveLength(1)
  expect(said(afterwards)).toEqual([200, 'already-published'])
})

test.each([
  ['fields', (dist: Dist) => textsOf(smallParts(dist))],
  ['fields whose line ends the client wrote as CRLF', (dist: Dist) => withCrLf(textsOf(smallParts(dist)))],
  ['files', smallParts],
])('sums, signature and manifest as %s, with the key of the namespace', async (how, partsOf) => {
  const dist = await distOf(`as-${how.toLowerCase().replaceAll(/[^a-z]/g, '')}`)
  const { armoredPublic } = await makeSigningKey()
  const isFiles = how === 'files'
  const signature = dist.files.get(dist.signatureName)!
  // As a text field it can only come in armour.
  const armoured = armor(enums.armor.signature, new Uint8Array(signature)) as string

  const answer = await send(dist, 'linux_amd64', {
    ...partsOf(dist),
    shasums_signature: isFiles ? signature : armoured,
    gpg_public_key: isFiles ? Buffer.from(armoredPublic) : armoredPublic,
  })

  expect(said(answer)).toEqual([201, 'published'])
})

const textsOf = (parts: Parts): Parts =>
  Object.fromEntries(Object.entries(parts).map(([name, content]) => [name, content?.toString()]))
const withCrLf = (parts: Parts): Parts =>
  Object.fromEntries(
    Object.entries(parts).map(([name, content]) => [name, content?.toString().replaceAll('\n', '\r\n')]),
  )

describe('refused, and nothing is kept', () => {
  const refused: [string, Parts | (() => Promise<Parts>), number, string][] = [
    [
      'with a key that is not of the namespace',
      async () => ({ gpg_public_key: (await makeSigningKey({ name: 'somebody' })).armoredPublic }),
      422,
      'signing-key-foreign',
    ],
    ['with a key that is none', { gpg_public_key: 'the key' }, 422, 'key-unreadable'],
    [
      'with a private key',
      async () => ({ gpg_public_key: (await makeSigningKey()).armoredPrivate }),
      422,
      'key-private',
    ],
    ['with an unknown field', { colour: 'red' }, 400, 'form-part-unknown'],
    ['with an unknown file', { colour: Buffer.from('red') }, 400, 'form-part-unknown'],
    ['with the zip as a field', { file: 'PK' }, 400, 'form-part-unknown'],
    ['without a file', { file: undefined }, 400, 'request-malformed'],
    ['without os and arch', { os: undefined, arch: undefined }, 400, 'request-malformed'],
    ['with an empty type', { type: '' }, 400, 'request-malformed'],
    ['with upper-case os', { os: 'Linux' }, 422, 'file-name-unexpected'],
    ['with a path for an arch', { arch: '../x' }, 422, 'file-name-unexpected'],
    ['with a wrong version', { version: '1.0' }, 422, 'version-invalid'],
    ['with a wrong type', { type: 'terraform-provider-x' }, 422, 'type-invalid'],
    ['with a reserved namespace', { namespace: 'search' }, 422, 'namespace-invalid'],
    ['into a namespace that nobody owns', { namespace: 'nobodys' }, 404, 'namespace-not-found'],
    ['with a module', { file: tarGz(moduleFiles()) }, 422, 'zip-not-recognised'],
    ['with a zip without the provider', { file: zip({ 'README.md': 'hello' }) }, 422, 'zip-without-provider'],
    ['with sums that are too long', { shasums: 'x'.repeat(300_000) }, 400, 'form-too-large'],
    ['with sums that are too long, as a file', { shasums: Buffer.alloc(300_000) }, 413, 'file-too-large'],
  ]

  test.each(refused)('%s', async (_name, partsOf, status, code) => {
    const dist = await distOf('refused')
    const parts = typeof partsOf === 'function' ? await partsOf() : partsOf

    const answer = await send(dist, 'linux_amd64', parts)

    expect(said(answer)).toEqual([status, code])
    await expectNothingLeft(registry, 'refused')
  })

  test('with a part twice', async () => {
    const dist = await distOf('refused')
    const forms = ['file', 'os', 'shasums'].map((part) => {
      const form = platformForm('acme', dist, 'linux_amd64', smallParts(dist))
      form.append(part, part === 'os' ? 'linux' : new Blob(['x']))
      return form
    })

    const answers = await Promise.all(forms.map((form) => sendForm(registry.admin, form)))

    expect(answers.map(said)).toEqual(forms.map(() => [400, 'form-part-unknown']))
    await expectNothingLeft(registry, 'refused')
  })

  test('with sums that clients stumble over: the zip waits, the sums do not', async () => {
    const dist = await distOf('refused')

    const answer = await send(dist, 'linux_amd64', { shasums: `${dist.sums}\n` })

    expect(said(answer)).toEqual([422, 'shasums-line'])
    await expectNothingLeft(registry, 'refused', [zipName(dist)])
  })

  test('with the signature of a stranger: what came waits until the key is there', async () => {
    const key = await makeSigningKey({ name: 'to come' })
    const dist = await distOf('stranger', { key })

    const refused = await send(dist, 'linux_amd64', smallParts(dist))
    const shown = await registry.anonymous.get('/v1/providers/acme/stranger/versions')
    await trustKey(registry.admin, 'acme', key)
    const published = await finish(registry.admin, 'acme', dist)

    expect([said(refused), shown.status, said(published)]).toEqual([
      [422, 'signature-unknown-key'],
      404,
      [201, 'published'],
    ])
  })

  test('by who may not publish there', async () => {
    const dist = await distOf('refused')
    const clients = [
      registry.anonymous,
      registry.as(await registry.given.key(['providers:read'])),
      registry.as(await registry.given.key(['providers:write'], { namespaces: ['hidden'] })),
    ]

    const answers = await Promise.all(clients.map((client) => send(dist, 'linux_amd64', {}, client)))

    expect(answers.map(said)).toEqual([
      [401, 'sign-in-needed'],
      [403, 'scope-needed'],
      [403, 'scope-needed'],
    ])
    await expectNothingLeft(registry, 'refused')
  })

  test('in a namespace that they may not see', async () => {
    const dist = await distOf('refused')
    const client = registry.as(await registry.given.key(['providers:write'], { namespaces: ['acme'] }))

    const answer = await sendForm(client, platformForm('hidden', dist, 'linux_amd64'))

    expect(said(answer)).toEqual([404, 'namespace-not-found'])
    await expectNothingLeft(registry, 'refused')
  })

  test('what is no form, or one that is cut', async () => {
    const noForm = await registry.admin.send('POST', '/api/v1/providers', { type: 'refused' })
    const start = '--cut\r\ncontent-disposition: form-data; name="file"; filename="x.zip"\r\n\r\n'
    const head = 'POST /api/v1/providers HTTP/1.1\r\ncontent-type: multipart/form-data; boundary=cut'
    const uploads = () => registry.storedFiles().then((files) => files.filter((file) => file.includes('uploads')))
    const arrived = () => expect.poll(uploads).toHaveLength(1)
    const sent = Buffer.from(`${start}${'x'.repeat(10_000)}`)
    await cutUpload(registry.url, registry.adminToken, head, sent, 100_000, arrived)

    await expect.poll(uploads).toEqual([])
    expect(said(noForm)).toEqual([400, 'form-expected'])
    await expectNothingLeft(registry, 'refused')
  })
})

describe('a platform that comes twice', () => {
  test('with the same bytes is no work', async () => {
    const dist = await distOf('twice')

    const answers = [await send(dist, 'linux_amd64'), await send(dist, 'linux_amd64')]

    expect(answers.map(said)).toEqual([
      [202, 'waiting'],
      [202, 'waiting'],
    ])
  })

  test('with other bytes is a conflict, however close behind, and PUT replaces it', async () => {
    const dist = await distOf('differs')
    const builds = Array.from({ length: 4 }, (_, index) => zip({ 'terraform-provider-differs': `build ${index}` }))

    const answers = await Promise.all(builds.map((file) => send(dist, 'linux_amd64', { file })))
    const later = await send(dist, 'linux_amd64')
    await putFiles(registry.admin, 'acme', dist)
    const published = await finish(registry.admin, 'acme', dist)

    expect(answers.map(said).sort()).toEqual([[202, 'waiting'], ...Array(3).fill([409, 'file-differs'])])
    expect(said(later)).toEqual([409, 'file-differs'])
    expect(later.json.hint).toContain(`DELETE /api/v1/providers/acme/differs/1.0.0/files/${zipName(dist)}`)
    expect(said(published)).toEqual([201, 'published'])
  })

  test('with other bytes after the version went live is a conflict', async () => {
    const dist = await distOf('live')
    await send(dist, 'linux_amd64', smallParts(dist))

    const answers = [
      await send(dist, 'linux_amd64', { file: zip({ 'terraform-provider-live': 'another build' }) }),
      await send(dist, 'freebsd_amd64', { file: zip({ 'terraform-provider-live': 'another platform' }) }),
    ]

    expect(answers.map(said)).toEqual([
      [409, 'version-exists'],
      [409, 'version-exists'],
    ])
  })
})
