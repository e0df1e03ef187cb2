/** What is refused when a provider is published, file by file, and that a refusal leaves nothing behind. */
import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tarGz, zip, zipOf } from '../../test/archives.ts'
import type { Answer } from '../../test/client.ts'
import { type Dist, type DistOptions, makeDist, makeSigningKey, sign } from '../../test/provider-dist.ts'
import {
  cutUpload,
  expectNothingLeft,
  finish,
  finishOrWait,
  putFile,
  putFiles,
  zipName,
} from '../../test/provider-uploads.ts'
import { trustKey } from '../../test/published-provider.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

const maxZipBytes = 20_000_000

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry({ env: { TFR_PUBLISH_MAX_PROVIDER_BYTES: String(maxZipBytes) } })
  for (const name of ['acme', 'my_space']) await registry.given.namespace(name)
  await trustKey(registry.admin, 'acme')
})
afterAll(() => registry?.stop())

const distOf = (options: Partial<DistOptions> = {}) =>
  makeDist({ type: 'refused', version: '1.0.0', platforms: ['linux_amd64'], ...options })

const said = ({ status, json }: Answer) => [status, json?.code]

const binary = { 'terraform-provider-refused_v1.0.0': '#!/bin/sh\n' }

describe('a SHA256SUMS that clients stumble over is not taken', () => {
  const refused: [string, (sums: string) => string, string][] = [
    ['with a blank line at its end', (sums) => `${sums}\n`, 'shasums-line'],
    ['with a blank line in its middle', (sums) => sums.replace('\n', '\n\n'), 'shasums-line'],
    ['with * before a name', (sums) => sums.replace('  ', ' *'), 'shasums-line'],
    ['with * behind two spaces', (sums) => sums.replace('  ', '  *'), 'shasums-line'],
    ['with a path', (sums) => sums.replace('  ', '  ./'), 'shasums-line'],
    ['with a path out of the folder', (sums) => sums.replace('  ', '  ../dist/'), 'shasums-line'],
    ['with CRLF', (sums) => sums.replaceAll('\n', '\r\n'), 'shasums-line'],
    ['with upper-case checksums', (sums) => sums.replace(/^[0-9a-f]+/, (hash) => hash.toUpperCase()), 'shasums-line'],
    ['that is empty', () => '', 'shasums-empty'],
    ['of another type', (sums) => sums.replaceAll('provider-refused', 'provider-greeter'), 'shasums-filename'],
    ['of another version', (sums) => sums.replaceAll('_1.0.0_', '_1.0.1_'), 'shasums-filename'],
    ['that names itself', (sums) => sums.replace('linux_amd64.zip', 'SHA256SUMS'), 'shasums-filename'],
    ['without zips', (sums) => sums.split('\n').slice(1).join('\n'), 'shasums-without-zips'],
    ['that names a file twice', (sums) => sums + sums, 'shasums-duplicate'],
  ]

  test.each(refused)('%s', async (_name, change, code) => {
    const dist = await distOf()

    const answer = await putFile(registry.admin, 'acme', dist, dist.sumsName, Buffer.from(change(dist.sums)))

    expect(said(answer)).toEqual([422, code])
    expect(answer.json).toMatchObject({ detail: expect.any(String), hint: expect.any(String) })
    await expectNothingLeft(registry, 'refused')
  })
})

test('who signed is judged before the zips have arrived, so that nobody sends them for nothing', async () => {
  const key = await makeSigningKey({ name: 'somebody' })
  const [foreign, own] = [await distOf({ type: 'judged', key }), await distOf({ type: 'judged', version: '1.0.1' })]
  for (const dist of [foreign, own]) {
    for (const name of [dist.sumsName, dist.signatureName])
      expect((await putFile(registry.admin, 'acme', dist, name)).status).toBe(200)
  }

  const [refused, goingOn] = [await finish(registry.admin, 'acme', foreign), await finish(registry.admin, 'acme', own)]

  expect(said(refused)).toEqual([422, 'signature-unknown-key'])
  expect(refused.json.detail).toMatch(/^The signature is by [0-9A-F]{16}; registered keys: [0-9A-F]{16}\.$/)
  expect(said(goingOn)).toEqual([422, 'zip-missing'])
})

describe('who asks before the zips are sent', () => {
  const attempts = (type: string) =>
    registry.sql<{ code: string }>(
      "select details->>'code' as code from audit_logs where outcome = 'refused' and subject like $1 order by id",
      [`acme/${type} %`],
    )
  const smallFilesOf = (dist: Dist) => [...dist.files.keys()].filter((name) => !name.endsWith('.zip'))

  test('is told what is missing, which is no refused attempt, and goes live with the same question', async () => {
    const dist = await distOf({ type: 'asked' })
    await putFiles(registry.admin, 'acme', dist, smallFilesOf(dist))

    const waiting = await finishOrWait(registry.admin, 'acme', dist)
    await putFiles(registry.admin, 'acme', dist, [zipName(dist)])
    const attempted = await attempts('asked')
    const published = await finishOrWait(registry.admin, 'acme', dist)
    const again = await finishOrWait(registry.admin, 'acme', dist)

    expect(waiting.status).toBe(202)
    expect(waiting.json).toEqual({ outcome: 'waiting', missing: [zipName(dist)], version: null, warnings: [] })
    expect(attempted).toEqual([])
    expect([published, again].map(({ status, json }) => [status, json.outcome])).toEqual([
      [201, 'published'],
      [200, 'already-published'],
    ])
  })

  test('is refused for the small files, and that is an attempt', async () => {
    const type = 'asked-wrongly'
    const foreign = await distOf({ type, key: await makeSigningKey({ name: 'somebody' }) })
    const unsigned = await distOf({ type, version: '1.0.1' })
    unsigned.files.delete(unsigned.signatureName)
    const otherManifest = await distOf({ type, version: '1.0.2' })
    otherManifest.files.set(
      `terraform-provider-${type}_1.0.2_manifest.json`,
      Buffer.from('{"version":1,"metadata":{"protocol_versions":["5.0"]}}'),
    )
    const dists = [foreign, unsigned, otherManifest]
    for (const dist of dists) await putFiles(registry.admin, 'acme', dist, smallFilesOf(dist))

    const answers: Answer[] = []
    for (const dist of dists) answers.push(await finishOrWait(registry.admin, 'acme', dist))
    const unasked = await finish(registry.admin, 'acme', otherManifest)

    const codes = ['signature-unknown-key', 'signature-missing', 'zip-differs']
    expect(answers.map(said)).toEqual(codes.map((code) => [422, code]))
    expect(said(unasked)).toEqual([422, 'zip-differs'])
    expect((await attempts(type)).map(({ code }) => code)).toEqual([...codes, 'zip-differs'])
  })
})

describe('what arrived and does not fit together is not published', () => {
  const refused: [string, (dist: Dist) => void | Promise<void>, string][] = [
    ['a zip is missing', (dist) => void dist.files.delete(zipName(dist)), 'zip-missing'],
    ['the manifest is missing', (dist) => void dist.files.delete(manifestName), 'zip-missing'],
    ['the sums are missing', (dist) => void dist.files.delete(dist.sumsName), 'shasums-missing'],
    ['the signature is missing', (dist) => void dist.files.delete(dist.signatureName), 'signature-missing'],
    ['there is nothing', (dist) => dist.files.clear(), 'shasums-missing'],
    [
      'a zip is not named',
      (dist) => void dist.files.set(zipName(dist, 'linux_arm'), dist.files.get(zipName(dist))!),
      'zip-not-named',
    ],
    ['a zip has other bytes', (dist) => void dist.files.set(zipName(dist), zip(binary)), 'zip-differs'],
    ['the manifest has other bytes', (dist) => void dist.files.set(manifestName, manifestOf('5.0')), 'zip-differs'],
    [
      'a key signed that is not of the namespace',
      async (dist) => signedBy(dist, Buffer.from(dist.sums), await makeSigningKey({ name: 'somebody' })),
      'signature-unknown-key',
    ],
    [
      'the sums were changed after they were signed',
      (dist) => void dist.files.set(dist.sumsName, Buffer.from(dist.sums.split('\n').reverse().join('\n').trim())),
      'signature-wrong',
    ],
    [
      'the signature is of something else',
      async (dist) => signedBy(dist, randomBytes(100), await makeSigningKey()),
      'signature-wrong',
    ],
  ]

  test.each(refused)('%s', async (_name, change, code) => {
    const dist = await distOf()
    await change(dist)
    await putFiles(registry.admin, 'acme', dist)

    const answer = await finish(registry.admin, 'acme', dist)

    expect(said(answer)).toEqual([422, code])
    expect(answer.json.hint).toEqual(expect.any(String))
    await expectNothingLeft(registry, 'refused', [...dist.files.keys()])
  })

  test('the manifest is not named', async () => {
    const dist = await distOf({ protocols: null })
    dist.files.set(manifestName, manifestOf('6.0'))
    await putFiles(registry.admin, 'acme', dist)

    const answer = await finish(registry.admin, 'acme', dist)

    expect(said(answer)).toEqual([422, 'zip-not-named'])
    await expectNothingLeft(registry, 'refused', [...dist.files.keys()])
  })

  const manifestName = 'terraform-provider-refused_1.0.0_manifest.json'
  const manifestOf = (protocol: string) =>
    Buffer.from(JSON.stringify({ version: 1, metadata: { protocol_versions: [protocol] } }))
  const signedBy = async (dist: Dist, content: Buffer, key: Awaited<ReturnType<typeof makeSigningKey>>) =>
    void dist.files.set(dist.signatureName, await sign(content, key))
})

test.each([
  ['that is empty', Buffer.alloc(0), 'signature-empty'],
  ['that is a text', Buffer.from('signed, the releases team\n'), 'signature-unreadable'],
  // No packet begins with a byte below 128, and of one that is random to its first byte some are told something else.
  ['that is random', Buffer.concat([Buffer.of(42), randomBytes(118)]), 'signature-unreadable'],
])('a signature %s is not taken', async (_name, content, code) => {
  const dist = await distOf()

  const answer = await putFile(registry.admin, 'acme', dist, dist.signatureName, content)

  expect(said(answer)).toEqual([422, code])
  await expectNothingLeft(registry, 'refused')
})

test.each([
  ['that is no JSON', 'protocols: 6', 422, 'manifest-invalid'],
  ['of an unknown protocol', '{"version":1,"metadata":{"protocol_versions":["7.0"]}}', 422, 'manifest-protocol'],
  ['that is empty', '', 422, 'manifest-invalid'],
  ['of 300 KB', ' '.repeat(300_000), 413, 'file-too-large'],
])('a manifest %s is not taken', async (_name, content, status, code) => {
  const dist = await distOf()
  const name = dist.sumsName.replace('SHA256SUMS', 'manifest.json')

  const answer = await putFile(registry.admin, 'acme', dist, name, Buffer.from(content))

  expect(said(answer)).toEqual([status, code])
  await expectNothingLeft(registry, 'refused')
})

describe('a zip is not taken', () => {
  const many = () => {
    const files = Array.from({ length: 100_000 }, (_, index) => ({ name: `docs/${index}`, method: 0 }))
    // The directory's own count has 16 bits.
    return zipOf([{ name: 'terraform-provider-refused', content: 'x' }, ...files], { count: 100_001 & 0xffff })
  }
  const refused: [string, () => Buffer, number, string][] = [
    ['without a binary', () => zip({ 'README.md': 'hello' }), 422, 'zip-without-provider'],
    ['with its binary in a folder', () => zip({ 'dist/terraform-provider-refused': 'x' }), 422, 'zip-without-provider'],
    [
      'with the binary of another provider',
      () => zip({ 'terraform-provider-other': 'x' }),
      422,
      'zip-without-provider',
    ],
    ['with .. in a path', () => zip({ ...binary, '../evil': 'x' }), 422, 'archive-path-parent'],
    ['with an absolute path', () => zip({ ...binary, '/etc/evil': 'x' }), 422, 'archive-path-absolute'],
    ['with 100,000 entries', many, 413, 'archive-too-many-entries'],
    ['that is a text', () => Buffer.from('this is no zip, whatever its name says'), 422, 'zip-not-recognised'],
    ['that is a tar.gz', () => tarGz(binary), 422, 'zip-not-recognised'],
    ['that is empty', () => Buffer.alloc(0), 422, 'zip-not-recognised'],
    ['cut in half', () => zip({ ...binary, noise: randomBytes(50_000) }).subarray(0, 25_000), 422, 'archive-truncated'],
    ['larger than the limit', () => Buffer.alloc(maxZipBytes + 1), 413, 'archive-too-large'],
  ]

  test.each(refused)('%s', async (_name, content, status, code) => {
    const dist = await distOf()

    const answer = await putFile(registry.admin, 'acme', dist, zipName(dist), content())

    expect(said(answer)).toEqual([status, code])
    await expectNothingLeft(registry, 'refused')
  })

  test('larger than the limit, which nobody announced', async () => {
    const dist = await distOf()

    const { status, text } = await putChunked(`${registry.url}${pathOf(dist, zipName(dist))}`, maxZipBytes + 100_000)

    expect([status, JSON.parse(text).code]).toEqual([413, 'archive-too-large'])
    await expectNothingLeft(registry, 'refused')
  })

  test('that was cut on the way', async () => {
    const dist = await distOf()

    const head = `PUT ${pathOf(dist, zipName(dist))} HTTP/1.1`
    const uploads = () => registry.storedFiles().then((files) => files.filter((file) => file.includes('uploads')))
    const arrived = () => expect.poll(uploads).toHaveLength(1)
    await cutUpload(registry.url, registry.adminToken, head, randomBytes(10_000), 100_000, arrived)

    await expect.poll(uploads).toEqual([])
    await expectNothingLeft(registry, 'refused')
  })

  test('in a form', async () => {
    const dist = await distOf()
    const form = new FormData()
    form.set('file', new Blob([new Uint8Array(dist.files.get(zipName(dist))!)]))

    const answer = await registry.admin.send('PUT', pathOf(dist, zipName(dist)), form)

    expect(said(answer)).toEqual([400, 'archive-in-form'])
    await expectNothingLeft(registry, 'refused')
  })
})

test.each([
  'terraform-provider-refused_1.0.1_linux_amd64.zip',
  'terraform-provider-other_1.0.0_linux_amd64.zip',
  'terraform-provider-refused_v1.0.0_linux_amd64.zip',
  'terraform-provider-refused_1.0.0_Linux_amd64.zip',
  'terraform-provider-refused_1.0.0_linux.zip',
  'terraform-provider-refused_1.0.0_linux_amd64.tar.gz',
  'terraform-provider-refused_1.0.0_SHA256SUMS.asc',
  '../terraform-provider-refused_1.0.0_linux_amd64.zip',
  'SHA256SUMS',
])('%s is no file of version 1.0.0', async (name) => {
  const answer = await putFile(registry.admin, 'acme', await distOf(), name, zip(binary))

  expect(said(answer)).toEqual([422, 'file-name-unexpected'])
  expect(answer.json.hint).toContain('terraform-provider-refused_1.0.0_linux_amd64.zip')
  await expectNothingLeft(registry, 'refused')
})

test.each([
  ['acme', 'terraform-provider-refused', '1.0.0', 'terraform-provider-'],
  ['acme', 'download', '1.0.0', 'reserved word'],
  ['acme', 'my_type', '1.0.0', 'single -'],
  ['acme', 'my--type', '1.0.0', 'single -'],
  ['acme', '-type', '1.0.0', 'single -'],
  ['search', 'refused', '1.0.0', 'reserved word'],
  ['my_space', 'refused', '1.0.0', 'terraform refuses _'],
  ['acme', 'refused', '1.0', 'SemVer'],
  ['acme', 'refused', 'latest', 'SemVer'],
  ['acme', 'refused', '1.0.0-01', 'SemVer'],
])('no provider is published as %s/%s %s', async (namespace, type, version, says) => {
  const name = `terraform-provider-${type}_${version}_linux_amd64.zip`

  const sent = await registry.admin.send(
    'PUT',
    `/api/v1/providers/${namespace}/${type}/${version}/files/${name}`,
    zip(binary),
  )
  const finished = await finish(registry.admin, namespace, { type, version })

  for (const answer of [sent, finished]) {
    expect([400, 422]).toContain(answer.status)
    expect(`${answer.json.detail} ${answer.json.hint}`).toContain(says)
  }
  await expectNothingLeft(registry, type)
})

describe('who may not publish leaves nothing', () => {
  const nobodys = { namespace: 'nobodys', status: 404, code: 'namespace-not-found' }

  test('into a namespace that nobody owns', async () => {
    const dist = await distOf()

    const answers = [
      await putFile(registry.admin, 'nobodys', dist, zipName(dist)),
      await finish(registry.admin, 'nobodys', dist),
    ]

    for (const answer of answers) {
      expect(said(answer)).toEqual([nobodys.status, nobodys.code])
      expect(answer.json.hint).toContain('cadastre namespace create nobodys')
    }
    await expectNothingLeft(registry, 'refused')
  })

  test.each([
    ['without a key', async () => undefined, 401, 'sign-in-needed'],
    ['with a key for reading', () => registry.given.key(['providers:read']), 403, 'scope-needed'],
    ['with a key for modules', () => registry.given.key(['modules:write']), 403, 'scope-needed'],
    [
      'with a key for another namespace',
      () => registry.given.key(['providers:write'], { namespaces: ['my_space'] }),
      403,
      'scope-needed',
    ],
  ])('%s', async (_name, keyOf, status, code) => {
    const dist = await distOf()
    const token = await keyOf()
    const client = token === undefined ? registry.anonymous : registry.as(token)
    await putFiles(registry.admin, 'acme', dist)

    const answers = [
      await putFile(client, 'acme', dist, zipName(dist), zip(binary)),
      await client.send('DELETE', pathOf(dist, zipName(dist))),
      await client.get(pathOf(dist, '').slice(0, -1)),
      await finish(client, 'acme', dist),
    ]

    expect(answers.map(said)).toEqual(answers.map(() => [status, code]))
    await expectNothingLeft(registry, 'refused', [...dist.files.keys()])
  })
})

const pathOf = ({ type, version }: Dist, name: string) => `/api/v1/providers/acme/${type}/${version}/files/${name}`

function putChunked(url: string, bytes: number): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${registry.adminToken}`, 'transfer-encoding': 'chunked' }
    const sending = request(url, { method: 'PUT', headers }, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode!, text }))
    })
    // The server hangs up on what it no longer wants; the answer has been read by then, or there is none.
    sending.on('error', reject)
    sending.end(Buffer.alloc(bytes))
  })
}
