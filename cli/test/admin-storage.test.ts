/** `cadastre admin storage`: trying the stores, and moving every archive into another one while it is served. */
import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sweep } from '../../server/src/operations/sweep.ts'
import { expectStatus } from '../../server/test/client.ts'
import { makeDist, makeSigningKey } from '../../server/test/provider-dist.ts'
import { startRegistry, type TestRegistry } from '../../server/test/registry.ts'
import { type S3rver, startS3rver } from '../../server/test/s3rver.ts'
import { type Desk, desk } from './cadastre.ts'

let s3: S3rver
let registry: TestRegistry
let here: Desk
beforeAll(async () => {
  s3 = await startS3rver()
  registry = await startRegistry({
    env: {
      TFR_STORAGE_S3_ENDPOINT: s3.endpoint,
      TFR_STORAGE_S3_BUCKET: s3.bucket,
      TFR_STORAGE_S3_ACCESS_KEY_ID: s3.accessKeyId,
      TFR_STORAGE_S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
    },
  })
  here = desk({ TFR_CLI_HOST: registry.url, TFR_CLI_TOKEN: registry.adminToken })
  await registry.given.namespace('acme')
  expectStatus(await registry.admin.publishModule('acme/vpc/aws', '1.0.0'), 201)
  await publishGreeter()
})
afterAll(async () => {
  here?.clear()
  await registry?.stop()
  await s3?.stop()
})

async function publishGreeter() {
  const dist = await makeDist({ type: 'greeter', version: '1.0.0' })
  const { armoredPublic: armored } = await makeSigningKey()
  expectStatus(await registry.admin.send('POST', '/api/v1/namespaces/acme/signing-keys', { armored }), 201)
  const folder = '/api/v1/providers/acme/greeter/1.0.0'
  for (const [name, bytes] of dist.files)
    expectStatus(await registry.admin.send('PUT', `${folder}/files/${name}`, bytes), 200)
  expectStatus(await registry.admin.send('POST', `${folder}/publish`), 201)
}

const moduleLink = async () =>
  expectStatus(await registry.anonymous.get('/v1/modules/acme/vpc/aws/1.0.0/download'), 204).headers.get(
    'x-terraform-get',
  )!
const zipLink = async () =>
  expectStatus(await registry.anonymous.get('/v1/providers/acme/greeter/1.0.0/download/linux/amd64'), 200).json
    .download_url as string

test('every store that the settings name is tried, and whoever may not look after them is refused', async () => {
  const tried = await here.run(['admin', 'storage', 'test', '--json'])
  const refused = await here.run(['admin', 'storage', 'test', '--token', await registry.given.key(['modules:write'])])

  expect(tried.code).toBe(0)
  expect(tried.json.data.items).toMatchObject([
    { backend: 'local', isDefault: true, ok: true, objects: 5 },
    { backend: 's3', isDefault: false, ok: true, objects: 0 },
  ])
  expect(refused).toMatchObject({ code: 3, err: expect.stringContaining('admin') })
})

test('a store of which the settings say nothing is refused before anything moves', async () => {
  const refused = await here.run(['admin', 'storage', 'migrate', '--to', 'gcs'])

  expect(refused).toMatchObject({ code: 6, err: expect.stringContaining('Fill in storage.gcs') })
  expect(await here.run(['admin', 'storage', 'migrate', '--to', 'tape'])).toMatchObject({ code: 2 })
})

test('every archive moves; addresses of before keep working, and those of after lead to the new store', async () => {
  const [module, zip] = [await moduleLink(), await zipLink()]

  const moved = await here.run(['admin', 'storage', 'migrate', '--to', 's3'])

  expect(moved).toMatchObject({ code: 0, out: expect.stringMatching(/^s3\t5\t0\t0\t\d+\n$/) })
  expectStatus(await registry.anonymous.get(module), 200)
  expectStatus(await registry.anonymous.get(zip), 200)
  for (const link of [await moduleLink(), await zipLink()]) {
    const redirected = expectStatus(await registry.anonymous.get(link), 302)
    const answer = await fetch(redirected.headers.get('location')!)
    expect(answer.status).toBe(200)
    await answer.arrayBuffer()
  }
})

test('moved once more there is nothing to do; the old bytes go with the sweep, back again everything is local', async () => {
  const again = await here.run(['admin', 'storage', 'migrate', '--to', 's3'])
  await sweep(registry.app, 0)
  const afterSweep = (await registry.storedFiles()).length
  const back = await here.run(['admin', 'storage', 'migrate', '--to', 'local', '--json'])

  expect(again.err).toContain('Everything lies in s3 already.')
  expect(afterSweep).toBe(0)
  expect(back.json.data).toMatchObject({ to: 'local', moved: 5, failed: 0, remaining: 0 })
  expectStatus(await registry.anonymous.get(await zipLink()), 200)
})

test('an archive that was altered is not moved and is named; the others are', async () => {
  await sweep(registry.app, 0)
  const files = await registry.storedFiles()
  const [archive] = await registry.sql<{ key: string }>(
    `select key from stored_objects where backend = 'local' and key like 'modules/%'`,
  )
  await writeFile(files.find((file) => file.endsWith(archive!.key))!, 'something else')

  const moved = await here.run(['admin', 'storage', 'migrate', '--to', 's3', '--json'])

  expect(moved.code).toBe(7)
  expect(moved.json.data).toMatchObject({ moved: 4, failed: 1, remaining: 1 })
  expect(moved.json.data.failures).toEqual([expect.stringContaining('not what was published')])
  const refused = await registry.anonymous.get(await moduleLink())
  expect(refused).toMatchObject({ status: 503, json: { code: 'archive-altered' } })
})
