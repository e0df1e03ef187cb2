/** Publishing through both doors: what is accepted, what is refused, and that a refusal leaves nothing behind. */
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { moduleFiles, tarGz, tarGzOf, zip } from '../../test/archives.ts'
import { type Answer, patiently } from '../../test/client.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'
import { sweep } from '../operations/sweep.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
})
afterAll(() => registry.stop())

const main = { name: 'main.tf', content: 'output "one" { value = 1 }\n' }

describe('refused content leaves nothing behind', () => {
  const bomb = () => gzipSync(Buffer.alloc(300_000_000))
  const refused: [string, () => Buffer, number, string][] = [
    ['a path that climbs out', () => tarGzOf([main, { name: '../evil.tf', content: 'x' }]), 422, 'archive-path-parent'],
    ['a path that climbs out of a zip', () => zip(moduleFiles({ '../evil.tf': 'x' })), 422, 'archive-path-parent'],
    ['an absolute path', () => tarGzOf([main, { name: '/etc/evil.tf', content: 'x' }]), 422, 'archive-path-absolute'],
    [
      'a link out of the root',
      () => tarGzOf([main, { name: 'link', type: '2', target: '../../etc/passwd' }]),
      422,
      'archive-link-outside',
    ],
    [
      'an absolute link',
      () => tarGzOf([main, { name: 'link', type: '2', target: '/etc/passwd' }]),
      422,
      'archive-link-outside',
    ],
    ['a device file', () => tarGzOf([main, { name: 'null', type: '3' }]), 422, 'archive-special-file'],
    ['a gzip bomb', bomb, 422, 'archive-ratio'],
    ['an empty file', () => Buffer.alloc(0), 422, 'archive-empty'],
    ['an archive without files', () => tarGzOf([]), 422, 'archive-empty'],
    ['no configuration', () => tarGz({ 'README.md': 'hello' }), 422, 'archive-no-configuration'],
    ['a text', () => Buffer.from('this is no archive, whatever its name says'), 422, 'archive-not-recognised'],
    ['a web page', () => Buffer.from('<!doctype html><title>Sign in</title>'), 422, 'archive-not-recognised'],
    [
      'half an archive',
      () => tarGz(moduleFiles({ 'data.bin': randomBytes(50_000) })).subarray(0, 20_000),
      422,
      'archive-truncated',
    ],
    ['101 MB', () => Buffer.alloc(101_000_000), 413, 'archive-too-large'],
  ]

  test.each(refused)('%s, as the body', async (_name, archive, status, code) => {
    const answer = await registry.admin.publishModule('acme/refused/aws', '1.0.0', archive())

    expect(answer.status).toBe(status)
    expect(answer.json).toMatchObject({ code, status, detail: expect.any(String), errors: [expect.any(String)] })
    await expectNothingLeft('refused')
  })

  test.each(refused)('%s, as a form', async (_name, archive, status, code) => {
    const answer = await publishForm({ name: 'refused' }, archive())

    expect(answer.status).toBe(status)
    expect(answer.json.code).toBe(code)
    await expectNothingLeft('refused')
  })

  test.each([
    ['1.0', 'version-invalid'],
    ['latest', 'version-invalid'],
    ['01.0.0', 'version-invalid'],
    ['1.0.0-', 'version-invalid'],
    ['1.0.0 ', 'version-invalid'],
    ['v', 'version-invalid'],
  ])('version %j', async (version, code) => {
    const answer = await registry.admin.publishModule('acme/refused/aws', version)

    expect(answer.status).toBe(422)
    expect(answer.json.code).toBe(code)
    expect(answer.json.hint).toContain('1.4.0')
    await expectNothingLeft('refused')
  })

  test.each([
    [{ name: 'download' }, 'name-invalid'],
    [{ system: 'my-aws' }, 'system-invalid'],
    [{ system: 'AWS' }, 'system-invalid'],
    [{ name: '-vpc' }, 'name-invalid'],
    [{ name: '' }, 'name-invalid'],
    [{ namespace: 'search' }, 'namespace-invalid'],
  ])('address %j', async (fields, code) => {
    const answer = await publishForm(fields, tarGz(moduleFiles()))

    expect(answer.status).toBe(422)
    expect(answer.json.code).toBe(code)
    await expectNothingLeft('refused')
  })

  test('a namespace that nobody owns', async () => {
    const answer = await registry.admin.publishModule('nobodys/vpc/aws', '1.0.0')

    expect(answer.status).toBe(404)
    expect(answer.json).toMatchObject({
      code: 'namespace-not-found',
      hint: expect.stringContaining('cadastre namespace create nobodys'),
    })
    expect(await registry.storedFiles()).not.toContainEqual(expect.stringContaining('upload'))
  })

  test('forms with parts missing, unknown or twice', async () => {
    const without = new FormData()
    without.set('namespace', 'acme')
    const nowhere = formOf({ name: 'refused' }, tarGz(moduleFiles()))
    nowhere.delete('system')
    nowhere.delete('version')
    const unknown = formOf({ name: 'refused' }, tarGz(moduleFiles()))
    unknown.set('colour', 'red')
    const twice = formOf({ name: 'refused' }, tarGz(moduleFiles()))
    twice.append('file', new Blob(['x']), 'second.tar.gz')
    const answers: Answer[] = []
    for (const form of [without, nowhere, unknown, twice])
      answers.push(await registry.admin.send('POST', '/api/v1/modules', form))
    const noForm = await registry.admin.send('POST', '/api/v1/modules', { name: 'x' })

    expect(answers.map(({ status, json }) => [status, json.code])).toEqual([
      [400, 'file-missing'],
      [400, 'request-malformed'],
      [400, 'form-part-unknown'],
      [400, 'form-part-unknown'],
    ])
    expect(answers[1]!.json.detail).toBe('The form lacks system, version.')
    expect([noForm.status, noForm.json.code]).toEqual([400, 'form-expected'])
    await expectNothingLeft('refused')
  })

  test.each(['PUT', 'POST'])('an upload that is cut in the middle of a %s', async (method) => {
    const uploads = async () => (await registry.storedFiles()).filter((file) => file.includes('uploads'))
    await cutUpload(method, () => expect.poll(uploads).toHaveLength(1))

    await expect.poll(uploads).toEqual([])
    await expectNothingLeft('cut')
  })
})

test('a form where the archive is taken as it is is told how to send it', async () => {
  const body = formOf({}, tarGz(moduleFiles()))

  const refused = await registry.admin.send('PUT', '/api/v1/modules/acme/formed/aws/1.0.0', body)

  expect([refused.status, refused.json.code]).toEqual([422, 'archive-not-recognised'])
  expect(refused.json.hint).toContain('--data-binary')
  await expectNothingLeft('formed')
})

describe('a version never changes', () => {
  test('the same content again is a repeat, in whatever archive it comes', async () => {
    const files = moduleFiles({ 'a.txt': 'a', 'modules/x/main.tf': 'output "x" { value = 1 }\n' })
    const first = await registry.admin.publishModule('acme/same/aws', '1.0.0', tarGz(files))
    const again = await registry.admin.publishModule('acme/same/aws', 'v1.0.0', zip(files))

    expect([first.status, first.json.outcome]).toEqual([201, 'published'])
    expect([again.status, again.json.outcome]).toEqual([200, 'already-published'])
    expect(again.json.version.sha256).toBe(first.json.version.sha256)
    expect((await registry.facts()).filter(({ subject }) => subject === 'acme/same/aws 1.0.0')).toHaveLength(1)
  })

  test('the same content is a repeat, though another zlib packed what is stored', async () => {
    const archive = tarGz(moduleFiles({ 'a.txt': 'packed long ago' }))
    await registry.admin.publishModule('acme/zlib/aws', '1.0.0', archive)
    await registry.sql(
      `update module_versions set sha256 = repeat('f', 64) where module_id = (select id from modules where name = 'zlib')`,
    )

    const again = await registry.admin.publishModule('acme/zlib/aws', '1.0.0', archive)

    expect([again.status, again.json.outcome]).toEqual([200, 'already-published'])
  })

  test('what macOS puts beside files is no content', async () => {
    const plain = await registry.admin.publishModule('acme/mac/aws', '1.0.0', zip(moduleFiles()))
    const packed = zip({
      'net/main.tf': moduleFiles()['main.tf']!,
      'net/.DS_Store': 'x',
      '__MACOSX/net/._main.tf': 'x',
      '._net': 'x',
    })
    const fromMac = await registry.admin.publishModule('acme/mac/aws', '1.0.0', packed)

    expect([plain.status, fromMac.status]).toEqual([201, 200])
  })

  test('other content under the same version is a conflict that names the next one', async () => {
    await registry.admin.publishModule('acme/other/aws', '1.2.0', tarGz(moduleFiles()))
    const answer = await registry.admin.publishModule('acme/other/aws', '1.2.0', tarGz(moduleFiles({ 'b.txt': 'b' })))

    expect(answer.status).toBe(409)
    expect(answer.json).toMatchObject({ code: 'version-exists', hint: 'Publish 1.2.1.' })
  })

  test('a version that differs only in build metadata is a conflict', async () => {
    await registry.admin.publishModule('acme/twin/aws', '1.0.0+b1')
    const answer = await registry.admin.publishModule('acme/twin/aws', '1.0.0+b2')

    expect(answer.status).toBe(409)
    expect(answer.json.code).toBe('version-twin')
    expect((await registry.anonymous.get('/v1/modules/acme/twin/aws/versions')).json.modules[0].versions).toEqual([
      { version: '1.0.0+b1' },
    ])
  })

  test('of 12 that publish one version at once with different content one wins, and its bytes are served', async () => {
    const contents = Array.from({ length: 12 }, (_, index) => `content ${index % 3}`)

    const answers = await Promise.all(
      contents.map((content) =>
        registry.admin.publishModule('acme/race/aws', '1.0.0', tarGz(moduleFiles({ 'a.txt': content }))),
      ),
    )

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(3)
    expect(answers.filter(({ status }) => ![200, 201, 409].includes(status))).toEqual([])
    const winner = answers.find(({ status }) => status === 201)!.json.version
    const download = await registry.anonymous.get('/v1/modules/acme/race/aws/1.0.0/download')
    expect(download.headers.get('x-terraform-get')).toContain(winner.sha256)
  })

  test('a name that differs only in - and _ from one in the namespace is a conflict', async () => {
    await registry.admin.publishModule('acme/my-net/aws', '1.0.0')
    const answer = await registry.admin.publishModule('acme/my_net/aws', '1.0.0')

    expect(answer.status).toBe(409)
    expect(answer.json.code).toBe('module-spelling-taken')
  })

  test('upper case is written small, and read however it is spelt', async () => {
    const published = await registry.admin.publishModule('Acme/VPC-Upper/aws', '1.0.0')
    const list = await registry.anonymous.get('/v1/modules/aCME/vpc-upper/aws/versions')

    expect(published.json.version.address).toBe('acme/vpc-upper/aws')
    expect(list.json.modules[0].versions).toEqual([{ version: '1.0.0' }])
  })
})

describe('what is published', () => {
  test('is whole, whoever asks in the meantime: 40 publishes and readers at once', async () => {
    const versions = Array.from({ length: 40 }, (_, index) => `1.${index}.0`)
    const seen: string[][] = []
    let published = false
    // One after the other: of answers that are under way together the older one may come last.
    const read = async () => {
      while (!published) {
        const { json } = await registry.anonymous.get('/v1/modules/acme/many/aws/versions')
        seen.push(json?.modules?.[0].versions.map((each: { version: string }) => each.version) ?? [])
        await pause(5)
      }
    }

    const reading = read()
    const publish = (version: string) => patiently(() => registry.admin.publishModule('acme/many/aws', version))
    const answers = await Promise.all(versions.map(publish))
    published = true
    await reading
    const { json } = await registry.anonymous.get('/v1/modules/acme/many/aws/versions')

    expect(answers.every(({ status }) => status === 201)).toBe(true)
    expect(json.modules[0].versions.map((each: { version: string }) => each.version)).toEqual(versions.toReversed())
    expect(seen.every((listed, index) => index === 0 || listed.length >= seen[index - 1]!.length)).toBe(true)
  })

  test('comes back byte for byte, with its checksum as ETag, in ranges, and from a form as from a body', async () => {
    const published = await publishForm(
      { name: 'bytes', description: 'A module of bytes.' },
      tarGz(moduleFiles({ 'noise.bin': randomBytes(100_000) })),
    )
    const { sha256, sizeBytes, description } = published.json.version
    const link = (await registry.anonymous.get('/v1/modules/acme/bytes/aws/1.0.0/download')).headers.get(
      'x-terraform-get',
    )!

    const whole = await registry.anonymous.get(link)
    const part = await registry.anonymous.get(link, { range: 'bytes=100-199' })
    const tail = await registry.anonymous.get(link, { range: 'bytes=-10' })
    const beyond = await registry.anonymous.get(link, { range: `bytes=${sizeBytes}-` })
    const known = await registry.anonymous.get(link, { 'if-none-match': `"sha256-${sha256}"` })

    expect(description).toBe('A module of bytes.')
    expect([whole.status, whole.bytes.length]).toEqual([200, sizeBytes])
    expect(whole.headers.get('etag')).toBe(`"sha256-${sha256}"`)
    expect(whole.headers.get('content-encoding')).toBeNull()
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-199/${sizeBytes}`])
    expect(part.bytes.equals(whole.bytes.subarray(100, 200))).toBe(true)
    expect(tail.bytes.equals(whole.bytes.subarray(-10))).toBe(true)
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${sizeBytes}`])
    expect(known.status).toBe(304)
  })
})

describe('the sweep', () => {
  test('removes bytes that lost their version, and none that have one', async () => {
    await registry.admin.publishModule('acme/swept/aws', '1.0.0')
    const before = await registry.storedFiles()
    await registry.sql(`insert into stored_objects (backend, key, sha256, size_bytes, touched_at)
      values ('local', 'modules/00/orphan.tar.gz', repeat('0', 64), 3, now() - interval '2 hours')`)

    const swept = await sweep(registry.app)

    expect(swept).toBe(1)
    expect(await registry.storedFiles()).toEqual(before)
    expect(await registry.sql("select from stored_objects where key = 'modules/00/orphan.tar.gz'")).toHaveLength(0)
  })
})

const fields = { namespace: 'acme', name: 'form', system: 'aws', version: '1.0.0' }

function formOf(changed: Record<string, string>, archive: Buffer): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries({ ...fields, ...changed })) form.set(name, value)
  form.set('file', new Blob([new Uint8Array(archive)]), 'module.tar.gz')
  return form
}

const publishForm = (changed: Record<string, string>, archive: Buffer) =>
  registry.admin.send('POST', '/api/v1/modules', formOf(changed, archive))

/** No row, no fact, no upload, no object without a row. */
async function expectNothingLeft(name: string) {
  const rows = await registry.sql('select from modules where name = $1', [name])
  const facts = (await registry.facts()).filter(({ subject }) => subject.startsWith(`acme/${name}/`))
  const files = await registry.storedFiles()
  const [{ count }] = await registry.sql('select count(*)::int from stored_objects')
  expect({ rows: rows.length, facts: facts.length }).toEqual({ rows: 0, facts: 0 })
  expect(files.filter((file) => file.includes('uploads') || file.includes('incoming'))).toEqual([])
  expect(files).toHaveLength(count)
}

/** Promises 100,000 bytes, sends a tenth, and hangs up when those have arrived. */
function cutUpload(method: string, arrived: () => Promise<unknown>): Promise<void> {
  const { port } = new URL(registry.url)
  const boundary = 'cut'
  const start = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="m.tar.gz"\r\n\r\n`
  const [path, type, body] =
    method === 'PUT'
      ? ['/api/v1/modules/acme/cut/aws/1.0.0', 'application/gzip', '']
      : ['/api/v1/modules', `multipart/form-data; boundary=${boundary}`, start]
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(
        `${method} ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${registry.adminToken}\r\ncontent-type: ${type}\r\ncontent-length: 100000\r\n\r\n${body}`,
      )
      socket.write(tarGz(moduleFiles({ 'noise.bin': randomBytes(10_000) })))
      arrived().then(() => socket.destroy(), reject)
    })
    socket.on('error', reject)
    socket.on('close', () => resolve())
  })
}
