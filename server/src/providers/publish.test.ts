/** Publishing a provider through the API: file by file, then all checks, then live at once; and never changed again. */
import { request as httpRequest } from 'node:http'
import { armor, enums } from 'openpgp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { zip } from '../../test/archives.ts'
import type { Answer } from '../../test/client.ts'
import { type DistOptions, makeDist, makeSigningKey } from '../../test/provider-dist.ts'
import { expectNothingLeft, finish, putFile, putFiles, versionPath, zipName } from '../../test/provider-uploads.ts'
import { publishProvider, trustKey } from '../../test/published-provider.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'
import { sweep } from '../operations/sweep.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  await trustKey(registry.admin, 'acme')
})
afterAll(() => registry?.stop())

const distOf = (type: string, options: Partial<DistOptions> = {}) =>
  makeDist({ type, version: '1.0.0', platforms: ['linux_amd64'], ...options })

const said = ({ status, json }: Answer) => [status, json.code ?? json.outcome]

const listed = async (type: string): Promise<string[]> =>
  (await registry.anonymous.get(`/v1/providers/acme/${type}/versions`)).json.versions?.map(
    ({ version }: { version: string }) => version,
  )

const factsOf = async (type: string) =>
  (await registry.facts())
    .filter(({ subject }) => subject.startsWith(`acme/${type} `))
    .map(({ kind, subject }) => `${kind} ${subject}`)

describe('what GoReleaser leaves', () => {
  test('is live when every file has arrived and the version is finished', async () => {
    const dist = await makeDist({ type: 'greeter', version: '1.0.0' })
    await putFiles(registry.admin, 'acme', dist)
    const before = await registry.anonymous.get('/v1/providers/acme/greeter/versions')

    const published = await finish(registry.admin, 'acme', dist)

    expect(before.status).toBe(404)
    expect(published.status).toBe(201)
    expect(published.json).toMatchObject({
      outcome: 'published',
      version: { address: 'acme/greeter', version: '1.0.0', state: 'active', protocols: ['6.0'] },
      warnings: [],
    })
    const list = await registry.anonymous.get('/v1/providers/acme/greeter/versions')
    expect(list.json.versions).toMatchObject([
      { version: '1.0.0', platforms: expect.arrayContaining([{ os: 'linux', arch: 'amd64' }]) },
    ])
    const download = await registry.anonymous.get('/v1/providers/acme/greeter/1.0.0/download/linux/amd64')
    expect(download.status).toBe(200)
    for (const [address, name] of [
      [download.json.download_url, zipName(dist)],
      [download.json.shasums_url, dist.sumsName],
      [download.json.shasums_signature_url, dist.signatureName],
    ]) {
      const file = await registry.anonymous.get(address)
      expect([file.status, file.bytes.equals(dist.files.get(name)!)]).toEqual([200, true])
    }
    expect(await factsOf('greeter')).toEqual(['provider.published acme/greeter 1.0.0'])
    expect(await registry.sql('select from staged_files')).toEqual([])
  })

  test('without a manifest speaks protocol 5.0, as every client assumes', async () => {
    const dist = await distOf('plain', { protocols: null })
    await putFiles(registry.admin, 'acme', dist)

    const published = await finish(registry.admin, 'acme', dist)

    expect(published.json.version.protocols).toEqual(['5.0'])
  })

  test('may have its signature in armour; clients get the binary one', async () => {
    const dist = await distOf('armoured')
    const signature = dist.files.get(dist.signatureName)!
    dist.files.set(dist.signatureName, Buffer.from(armor(enums.armor.signature, new Uint8Array(signature)) as string))
    await putFiles(registry.admin, 'acme', dist)

    const published = await finish(registry.admin, 'acme', dist)

    expect(said(published)).toEqual([201, 'published'])
    const { json } = await registry.anonymous.get('/v1/providers/acme/armoured/1.0.0/download/linux/amd64')
    const served = await registry.anonymous.get(json.shasums_signature_url)
    expect(served.bytes.equals(signature)).toBe(true)
  })

  test('may be signed by an expired key, and whoever publishes is told', async () => {
    const key = await makeSigningKey({ expired: true })
    const added = await registry.admin.send('POST', '/api/v1/namespaces/acme/signing-keys', {
      armored: key.armoredPublic,
    })
    const dist = await distOf('expired', { key })
    await putFiles(registry.admin, 'acme', dist)

    const published = await finish(registry.admin, 'acme', dist)

    const warning = `Signing key ${key.keyId} expired on 2020-01-02: terraform accepts it, OpenTofu may be told not to.`
    expect([added.status, added.json.key.expired, added.json.warnings]).toEqual([201, true, [warning]])
    expect([published.status, published.json.warnings]).toEqual([201, [warning]])
  })

  test('is found under the version without v, and the address in lower case', async () => {
    const dist = await distOf('spelt')
    for (const [name, content] of dist.files)
      await registry.admin.send('PUT', `/api/v1/providers/Acme/Spelt/v1.0.0/files/${name}`, content)

    const published = await registry.admin.send('POST', '/api/v1/providers/ACME/SPELT/v1.0.0/publish')

    expect(said(published)).toEqual([201, 'published'])
    expect(published.json.version).toMatchObject({ address: 'acme/spelt', version: '1.0.0' })
    expect(await listed('spelt')).toEqual(['1.0.0'])
  })
})

describe('while files wait', () => {
  test('they are listed, replaced and taken back', async () => {
    const dist = await distOf('waiting')
    const wrong = zip({ 'terraform-provider-waiting': 'an older build' })
    const files = `${versionPath('acme', dist)}/files`
    const first = await putFile(registry.admin, 'acme', dist, zipName(dist), wrong)
    await putFiles(registry.admin, 'acme', dist)

    const waiting = await registry.admin.get(files)
    const taken = await registry.admin.send('DELETE', `${files}/${dist.signatureName}`)
    const again = await registry.admin.send('DELETE', `${files}/${dist.signatureName}`)

    expect(waiting.json.items.map(({ filename }: { filename: string }) => filename)).toEqual(
      [...dist.files.keys()].sort(),
    )
    expect(waiting.json.items.map(({ sha256 }: { sha256: string }) => sha256)).not.toContain(first.json.sha256)
    expect(taken.json.items).toHaveLength(waiting.json.items.length - 1)
    expect(said(again)).toEqual([404, 'file-not-found'])
    expect(said(await finish(registry.admin, 'acme', dist))).toEqual([422, 'signature-missing'])
    await putFiles(registry.admin, 'acme', dist, [dist.signatureName])
    expect(said(await finish(registry.admin, 'acme', dist))).toEqual([201, 'published'])
  })

  test('the sweep leaves them alone for 24 hours, then forgets them with their bytes', async () => {
    const dist = await distOf('forgotten')
    await putFiles(registry.admin, 'acme', dist)
    const back = (hours: number) =>
      registry.sql(`update staged_files set staged_at = now() - $1 * interval '1 hour' where type = 'forgotten'`, [
        hours,
      ])

    await back(23)
    await sweep(registry.app, 0)
    const kept = await registry.sql(`select from staged_files where type = 'forgotten'`)
    await back(25)
    await sweep(registry.app, 0)

    expect(kept).toHaveLength(dist.files.size)
    await expectNothingLeft(registry, 'forgotten')
  })

  test('one that comes again waits from then on', async () => {
    const dist = await distOf('renewed')
    await putFiles(registry.admin, 'acme', dist)
    await registry.sql(`update staged_files set staged_at = now() - interval '25 hours' where type = 'renewed'`)
    await putFiles(registry.admin, 'acme', dist)
    await sweep(registry.app, 0)

    expect(said(await finish(registry.admin, 'acme', dist))).toEqual([201, 'published'])
  })

  test('they go with their namespace', async () => {
    await registry.given.namespace('shortlived')
    const dist = await distOf('orphan')
    await putFiles(registry.admin, 'shortlived', dist, [zipName(dist), dist.sumsName])

    await registry.sql(`delete from namespaces where name = 'shortlived'`)

    await expectNothingLeft(registry, 'orphan')
  })
})

describe('a published version never changes', () => {
  test('the same files again are a repeat', async () => {
    const dist = await publishProvider(registry.admin, 'acme', { type: 'same', version: '1.0.0' })

    const bare = await finish(registry.admin, 'acme', dist)
    await putFiles(registry.admin, 'acme', dist)
    const again = await finish(registry.admin, 'acme', dist)

    expect([bare, again].map(said)).toEqual([
      [200, 'already-published'],
      [200, 'already-published'],
    ])
    expect(await factsOf('same')).toEqual(['provider.published acme/same 1.0.0'])
    expect(await registry.sql(`select from staged_files where type = 'same'`)).toEqual([])
  })

  test('other bytes of any file are a conflict that names the next version', async () => {
    const dist = await publishProvider(registry.admin, 'acme', { type: 'other', version: '1.2.0' })
    const other = await makeDist({ type: 'other', version: '1.2.0', platforms: ['linux_amd64'], protocols: ['5.0'] })
    const newPlatform = zipName(dist, 'freebsd_amd64')
    const changed = new Map(other.files).set(newPlatform, zip({ 'terraform-provider-other': 'x' }))
    changed.set(zipName(dist), zip({ 'terraform-provider-other': 'x' })).delete(other.signatureName)

    const answers = await Promise.all(
      [...changed].map(([name, content]) => putFile(registry.admin, 'acme', dist, name, content)),
    )

    expect(answers.map(({ status, json }) => [status, json.code, json.hint])).toEqual(
      [...changed].map(() => [409, 'version-exists', 'Publish 1.2.1.']),
    )
    expect(await registry.sql(`select from staged_files where type = 'other'`)).toEqual([])
  })

  test('a version that differs only in build metadata is a conflict', async () => {
    await publishProvider(registry.admin, 'acme', { type: 'twin', version: '1.0.0+b1', platforms: ['linux_amd64'] })
    const twin = await distOf('twin', { version: '1.0.0+b2' })

    const sent = await Promise.all([...twin.files.keys()].map((name) => putFile(registry.admin, 'acme', twin, name)))
    const finished = await finish(registry.admin, 'acme', twin)

    expect([...sent, finished].map(said)).toEqual([...sent, finished].map(() => [409, 'version-twin']))
    expect(await listed('twin')).toEqual(['1.0.0+b1'])
    expect(await registry.sql(`select from staged_files where type = 'twin'`)).toEqual([])
  })

  test('the number of a deleted version stays taken', async () => {
    const dist = await publishProvider(registry.admin, 'acme', {
      type: 'deleted',
      version: '1.0.0',
      platforms: ['linux_amd64'],
    })
    await registry.admin.send('DELETE', versionPath('acme', dist))

    const sent = await putFile(registry.admin, 'acme', dist, zipName(dist))
    const finished = await finish(registry.admin, 'acme', dist)

    for (const answer of [sent, finished]) {
      expect(said(answer)).toEqual([409, 'version-exists'])
      expect(answer.json.detail).toBe('Version 1.0.0 of provider acme/deleted was deleted, and its number stays taken.')
    }
    expect(await registry.sql(`select from staged_files where type = 'deleted'`)).toEqual([])
  })
})

test('finished twice at once, a version is published once', async () => {
  const dist = await distOf('race')
  await putFiles(registry.admin, 'acme', dist)

  const answers = await Promise.all(Array.from({ length: 6 }, () => finish(registry.admin, 'acme', dist)))

  expect(answers.map(said).sort()).toEqual([
    ...Array.from({ length: 5 }, () => [200, 'already-published']),
    [201, 'published'],
  ])
  expect(await factsOf('race')).toEqual(['provider.published acme/race 1.0.0'])
})

test('a file that comes while its version is finished is in it, or refused, and never half in it', async () => {
  const dist = await distOf('moving')
  await putFiles(registry.admin, 'acme', dist)
  const other = zip({ 'terraform-provider-moving': 'another build' })

  const [sent, finished] = await Promise.all([
    putFile(registry.admin, 'acme', dist, zipName(dist), other),
    finish(registry.admin, 'acme', dist),
  ])

  expect([200, 409]).toContain(sent.status)
  expect([201, 409, 422]).toContain(finished.status)
  if (finished.status === 201) {
    const { json } = await registry.anonymous.get('/v1/providers/acme/moving/1.0.0/download/linux/amd64')
    expect((await registry.anonymous.get(json.download_url)).bytes.equals(dist.files.get(zipName(dist))!)).toBe(true)
  }
})

test('a publish that names a staged zip does not lose it to the sweep', async () => {
  const dist = await distOf('swept')
  await putFiles(registry.admin, 'acme', dist)
  await registry.sql(`update stored_objects set touched_at = now() - interval '2 hours'`)

  await sweep(registry.app)
  await finish(registry.admin, 'acme', dist)
  await sweep(registry.app)

  const { json } = await registry.anonymous.get('/v1/providers/acme/swept/1.0.0/download/linux/amd64')
  expect((await registry.anonymous.get(json.download_url)).status).toBe(200)
})

test('more than publish.max_waiting_bytes of a namespace does not wait, and what has arrived stays', async () => {
  const small = await startRegistry({ env: { TFR_PUBLISH_MAX_WAITING_BYTES: '600B' } })
  await small.given.namespace('acme')
  const { files } = await makeDist({ type: 'greeter', version: '1.0.0' })
  const put = ([name, bytes]: [string, Buffer]) =>
    small.admin.send('PUT', `/api/v1/providers/acme/greeter/1.0.0/files/${name}`, bytes)
  const [first, second, third] = [...files].filter(([name]) => name.endsWith('.zip'))

  const answers = [await put(first!), await put(second!), await put(third!), await put(first!)]

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 413, 200])
  expect(answers[2]!.json).toMatchObject({ code: 'waiting-too-large' })
  await small.stop()
})

test('one key has at most a hundred uploads under way at once', async () => {
  const own = await startRegistry({ env: { TFR_SERVER_READ_TIMEOUT: '10m' } })
  await own.given.namespace('acme')
  const token = await own.given.key(['providers:write'])
  const path = '/api/v1/providers/acme/greeter/1.0.0/files/terraform-provider-greeter_1.0.0_linux_amd64.zip'
  const begun: ReturnType<typeof beginUpload>[] = []
  // All at once would wait for the connections of a busy machine.
  while (begun.length < 100) {
    for (let more = 0; more < 10; more += 1) begun.push(beginUpload(own.url + path, token))
    await expect.poll(async () => (await own.storedFiles()).length).toBe(begun.length)
  }

  const refused = await own.as(token).send('PUT', path, Buffer.from('x'))
  for (const upload of begun) upload.destroy()

  expect([refused.status, refused.json.code, refused.headers.get('retry-after')]).toEqual([
    429,
    'uploads-too-many',
    '5',
  ])
  await expect
    .poll(() =>
      own
        .as(token)
        .send('PUT', path, Buffer.from('x'))
        .then(({ status }) => status),
    )
    .toBe(422)
  await own.stop()
})

/** Sends the head of an upload and one byte of its body, which the registry keeps in a file of its own. */
function beginUpload(url: string, token: string) {
  const upload = httpRequest(url, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-length': '1000' },
    agent: false,
  })
  upload.on('error', () => {})
  upload.write('x')
  return upload
}
