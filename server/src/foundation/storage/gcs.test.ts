/** Storage in Google Cloud: the contract, what trouble does, and what only Google has, against a fake of ours. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { inspect } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeServiceAccount, startFakeGcs } from '../../../test/gcs-fake.ts'
import { type Config, settings } from '../config/settings.ts'
import { storageContract } from './contract-suite.ts'
import { gcsStorage } from './gcs.ts'
import { gcsAccess } from './gcs-access.ts'
import { type Storage, troubleOf } from './storage.ts'
import { storageTrouble } from './trouble-suite.ts'

type Gcs = Config['storage']['gcs']

const linkOptions = { lifetimeSeconds: 600, fileName: 'vpc-1.2.0.tar.gz' }
const account = makeServiceAccount()
let folder: string
let fake: Awaited<ReturnType<typeof startFakeGcs>>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cadastre-gcs-'))
  await writeFile(join(folder, 'key.json'), JSON.stringify(account.file))
  fake = await startFakeGcs(account)
})
afterAll(async () => {
  await fake.stop()
  await rm(folder, { recursive: true })
})

const gcsSettings = (gcs: Partial<Gcs>): Gcs => settings.parse({ storage: { gcs } }).storage.gcs

/** Of a bucket of its own in the fake. */
const newBucket = (more: Partial<Gcs> = {}): Gcs =>
  gcsSettings({ bucket: fake.newBucket(), credentials_file: join(folder, 'key.json'), endpoint: fake.origin, ...more })

storageContract('Google Cloud', () => gcsStorage(newBucket(), { pageKeys: 5 }))

let troubled: Gcs | undefined
storageTrouble(
  'Google Cloud',
  (origin, silenceMs) => {
    troubled ??= newBucket()
    return gcsStorage({ ...troubled, endpoint: origin }, { silenceMs })
  },
  () => fake.origin,
)

const realBucket = process.env.CADASTRE_TEST_GCS_BUCKET
if (realBucket) {
  const itself = gcsSettings({ bucket: realBucket, prefix: `cadastre-test/${randomUUID()}/` })
  storageContract('Google Cloud itself', () => gcsStorage(itself, { pageKeys: 5 }))
} else test.skip('Google Cloud itself keeps the contract of a storage (CADASTRE_TEST_GCS_BUCKET names no bucket)')

test('objects are named by prefix and key, and listed without the prefix', async () => {
  const settings = newBucket({ prefix: 'cadastre/eu/' })
  const bucket = fake.buckets.get(settings.bucket!)!
  bucket.set('modules/b', { bytes: Buffer.from('x'), generation: '1' })
  const storage = await gcsStorage(settings)

  await putText(storage, 'modules/a')

  expect([...bucket.keys()]).toEqual(['modules/b', 'cadastre/eu/modules/a'])
  expect(await keysOf(storage, '')).toEqual(['modules/a'])
})

test('a link is good for one object and a while, and names the file', async () => {
  const storage = await gcsStorage(newBucket())
  await putText(storage, 'modules/a')
  await putText(storage, 'modules/b')

  const link = (await storage.link('modules/a', linkOptions))!
  const brief = (await storage.link('modules/a', { ...linkOptions, lifetimeSeconds: 1 }))!

  const answer = await fetch(link)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="vpc-1.2.0.tar.gz"')
  expect((await fetch(link.replace('modules/a', 'modules/b'))).status).toBe(403)
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  expect((await fetch(brief)).status).toBe(400)
})

test('a large object goes in pieces, of which Google may keep a part', async () => {
  const slow = await startFakeGcs(account, { keepsOfAPiece: 3 * 1024 * 1024 })
  const storage = await gcsStorage(newBucket({ bucket: slow.newBucket(), endpoint: slow.origin }))
  const bytes = randomBytes(17_000_000)

  await storage.put('modules/a', Readable.from([bytes]), promiseOf(bytes))

  expect((await buffer(await storage.get('modules/a'))).equals(bytes)).toBe(true)
  expect(slow.requests.filter((request) => request.startsWith('PUT'))).toHaveLength(7)
  expect(slow.strange).toEqual([])
  await slow.stop()
})

test('an upload that is given up ends its session', async () => {
  const bytes = randomBytes(20_000_000)
  const storage = await gcsStorage(newBucket())
  const before = fake.openSessions()
  const broken = Readable.from(
    (async function* () {
      yield bytes.subarray(0, 17_000_000)
      throw new Error('the connection was lost')
    })(),
  )

  await expect(storage.put('modules/a', broken, promiseOf(bytes))).rejects.toThrow('the connection was lost')

  await expect.poll(() => fake.openSessions()).toBe(before)
})

test('of two that put the same large object at once, if absent, one does', async () => {
  const storage = await gcsStorage(newBucket())
  const bytes = randomBytes(9_000_000)
  const put = () => storage.putIfAbsent('modules/a', Readable.from([bytes]), promiseOf(bytes))

  const stored = await Promise.all([put(), put()])

  expect(stored.filter((each) => each !== undefined)).toEqual([await storage.head('modules/a')])
})

test('a reader that stops leaves the others alone', async () => {
  const storage = await gcsStorage(newBucket())
  const bytes = randomBytes(10_000_000)
  await storage.put('modules/a', Readable.from([bytes]), promiseOf(bytes))

  const [one, other] = [await storage.get('modules/a'), await storage.get('modules/a')]
  one.destroy()

  expect((await buffer(other)).equals(bytes)).toBe(true)
})

test('a bucket that is not there is no missing object', async () => {
  const storage = await gcsStorage(newBucket({ bucket: 'nowhere' }))

  for (const work of [
    () => storage.head('modules/a'),
    () => storage.get('modules/a'),
    () => storage.delete('modules/a'),
    () => putText(storage, 'modules/a'),
    () => keysOf(storage, 'modules/'),
  ])
    await expect(work()).rejects.toSatisfy((error) => troubleOf(error) === 'unavailable')
})

test('Google is shown the token that its SDK finds, and no other service is', async () => {
  const tokens = createServer((asked, answer) => {
    asked.resume()
    answer.setHeader('content-type', 'application/json')
    answer.end(
      JSON.stringify({ access_token: 'a-token', expires_in: 3600, token_type: 'Bearer', issued_token_type: 'x' }),
    )
  })
  await once(tokens.listen(0, '127.0.0.1'), 'listening')
  const proof = join(folder, 'proof')
  await writeFile(proof, 'of an identity')
  const credentials_file = join(folder, 'identity.json')
  await writeFile(
    credentials_file,
    JSON.stringify({
      type: 'external_account',
      audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/provider',
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: `http://127.0.0.1:${(tokens.address() as AddressInfo).port}/token`,
      credential_source: { file: proof },
    }),
  )

  const ofGoogle = await gcsAccess(gcsSettings({ bucket: 'b', credentials_file }), 5_000).authorization()
  const ofOthers = await gcsAccess(
    gcsSettings({ bucket: 'b', credentials_file, endpoint: fake.origin }),
    5_000,
  ).authorization()

  tokens.close()
  expect(ofGoogle).toMatchObject({ Authorization: 'Bearer a-token' })
  expect(ofOthers).toEqual({})
})

test('where no credentials are found, or wrong ones, that is said without them', async () => {
  const credentials_file = join(folder, 'wrong.json')
  await writeFile(credentials_file, JSON.stringify({ ...account.file, private_key: 'a-secret' }))
  const storage = await gcsStorage(gcsSettings({ bucket: 'b', credentials_file }), { silenceMs: 2_000 })

  const error = await storage.head('modules/a').catch((error) => error)

  expect(troubleOf(error)).toBe('unavailable')
  expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('a-secret')
})

test('the fake was asked for nothing that it does not know', () => {
  expect(fake.strange).toEqual([])
})

async function putText(storage: Storage, key: string) {
  const bytes = Buffer.from('some bytes')
  return storage.put(key, Readable.from([bytes]), promiseOf(bytes))
}

async function keysOf(storage: Storage, prefix: string): Promise<string[]> {
  const keys: string[] = []
  for await (const key of storage.list(prefix)) keys.push(key)
  return keys
}

const promiseOf = (bytes: Buffer) => ({
  sha256: createHash('sha256').update(bytes).digest('hex'),
  sizeBytes: bytes.length,
})
