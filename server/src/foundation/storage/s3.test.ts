/** The S3 driver against s3rver; what s3rver cannot do, up to the request that the driver sends. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type S3rver, startS3rver } from '../../../test/s3rver.ts'
import { settings as schema } from '../config/settings.ts'
import { storageContract } from './contract-suite.ts'
import { s3Storage } from './s3.ts'
import { troubleOf } from './storage.ts'
import { storageTrouble } from './trouble-suite.ts'

let s3: S3rver
beforeAll(async () => {
  s3 = await startS3rver()
})
afterAll(() => s3.stop())

const leave: (() => unknown)[] = []
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const each of leave.splice(0)) await each()
})

const ofS3 = (more: object) => schema.parse({ storage: { s3: more } }).storage.s3

const ofS3rver = (more = {}) =>
  ofS3({
    endpoint: s3.endpoint,
    bucket: s3.bucket,
    access_key_id: s3.accessKeyId,
    secret_access_key: s3.secretAccessKey,
    ...more,
  })

storageContract('S3 (s3rver)', () => s3Storage(ofS3rver({ prefix: 'cadastre/' }), { pageKeys: 5 }), {
  putIfAbsent: 's3rver ignores If-None-Match',
  firstByte: 's3rver takes 0 for no end',
  sameTime: 's3rver writes into the object itself',
})

storageTrouble(
  'S3 (s3rver)',
  (endpoint, silenceMs) => s3Storage(ofS3rver({ endpoint }), { silenceMs }),
  () => s3.endpoint,
)

type Asked = { method: string; url: URL; headers: IncomingMessage['headers']; body: string }
type Answer = { status?: number; headers?: Record<string, string>; body?: string }

/** A service that answers as it is told, and remembers what it was asked. */
async function serviceThat(answers: (asked: Asked) => Answer) {
  const asked: Asked[] = []
  const server = createServer(async (request, reply) => {
    const url = new URL(request.url!, 'http://service')
    const now = { method: request.method!, url, headers: request.headers, body: await text(request) }
    asked.push(now)
    const { status = 200, headers, body } = answers(now)
    reply.writeHead(status, headers).end(body)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  leave.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { asked, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

const keys = { access_key_id: 'AKIATEST', secret_access_key: 'a-secret-that-nobody-should-see' }
const x = { sha256: '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881', sizeBytes: 1 }

test('two registries with different prefixes share a bucket without seeing each other', async () => {
  const [one, other] = [await s3Storage(ofS3rver({ prefix: 'one/' })), await s3Storage(ofS3rver({ prefix: 'other/' }))]
  await one.put('modules/a', Readable.from([Buffer.from('x')]), x)

  const listed: string[] = []
  for await (const key of one.list('modules/')) listed.push(key)

  expect(listed).toEqual(['modules/a'])
  expect(await other.head('modules/a')).toBeUndefined()
})

test('a link names the file, ends after its lifetime, and has no secret in it', async () => {
  const storage = await s3Storage(ofS3({ endpoint: 'http://127.0.0.1:1', bucket: 'b', prefix: 'p/', ...keys }))

  const link = new URL((await storage.link('modules/a', { lifetimeSeconds: 900, fileName: 'vpc.tar.gz' }))!)

  expect(link.pathname).toBe('/b/p/modules/a')
  expect(link.searchParams.get('response-content-disposition')).toBe('attachment; filename="vpc.tar.gz"')
  expect(link.searchParams.get('X-Amz-Expires')).toBe('900')
  expect(link.href).not.toContain(keys.secret_access_key)
})

test('without an endpoint a bucket of AWS is addressed by its name, in the region of the environment', async () => {
  vi.stubEnv('AWS_REGION', 'eu-central-1')
  const storage = await s3Storage(ofS3({ bucket: 'archives', ...keys }))

  const link = await storage.link('modules/a', { lifetimeSeconds: 900, fileName: 'a' })

  expect(new URL(link!).hostname).toBe('archives.s3.eu-central-1.amazonaws.com')
})

test('put if absent asks the service to mind what is there, and takes its refusal for an answer', async () => {
  const service = await serviceThat(() => ({ status: 412, body: '<Error><Code>PreconditionFailed</Code></Error>' }))
  const storage = await s3Storage(ofS3({ endpoint: service.endpoint, bucket: 'b', ...keys }))

  const put = await storage.putIfAbsent('modules/a', Readable.from([Buffer.from('x')]), x)

  expect(put).toBeUndefined()
  expect(service.asked).toMatchObject([{ method: 'PUT', headers: { 'if-none-match': '*' } }])
})

test('the sweep aborts uploads that began long ago, page by page, and leaves those that may still run', async () => {
  const upload = (id: string, hoursAgo: number) =>
    `<Upload><Key>p/modules/${id}</Key><UploadId>${id}</UploadId><Initiated>${new Date(Date.now() - hoursAgo * 3_600_000).toISOString()}</Initiated></Upload>`
  const page = (uploads: string, more = '') =>
    `<ListMultipartUploadsResult>${uploads}${more}</ListMultipartUploadsResult>`
  const next =
    '<IsTruncated>true</IsTruncated><NextKeyMarker>k</NextKeyMarker><NextUploadIdMarker>u</NextUploadIdMarker>'
  const service = await serviceThat(({ method, url }) => {
    if (method === 'DELETE') {
      return url.searchParams.get('uploadId') === 'gone'
        ? { status: 404, body: '<Error><Code>NoSuchUpload</Code></Error>' }
        : { status: 204 }
    }
    return {
      body: url.searchParams.has('key-marker')
        ? page(upload('gone', 3))
        : page(upload('old', 2) + upload('new', 0), next),
    }
  })
  const storage = await s3Storage(ofS3({ endpoint: service.endpoint, bucket: 'b', prefix: 'p/', ...keys }))

  const swept = await storage.sweepUnfinished(3_600_000)

  expect(swept).toBe(2)
  const aborted = service.asked.filter(({ method }) => method === 'DELETE')
  expect(aborted.map(({ url }) => url.pathname)).toEqual(['/b/p/modules/old', '/b/p/modules/gone'])
  expect(service.asked[0]!.url.searchParams.get('prefix')).toBe('p/')
})

test('an upload that breaks after its first parts is aborted', async () => {
  const started = '<InitiateMultipartUploadResult><UploadId>begun</UploadId></InitiateMultipartUploadResult>'
  const service = await serviceThat(({ method }) => ({
    headers: { etag: '"1"' },
    body: method === 'POST' ? started : '',
  }))
  const storage = await s3Storage(ofS3({ endpoint: service.endpoint, bucket: 'b', ...keys }))
  const broken = Readable.from(
    (function* () {
      for (let piece = 0; piece < 20; piece += 1) yield Buffer.alloc(1024 * 1024)
      throw new Error('the connection was lost')
    })(),
  )

  const putting = storage.put('modules/a', broken, { ...x, sizeBytes: 30 * 1024 * 1024 })

  await expect(putting).rejects.toThrow('the connection was lost')
  const last = service.asked.at(-1)!
  expect([last.method, last.url.searchParams.get('uploadId')]).toEqual(['DELETE', 'begun'])
})

const sessionOf = (action: string) =>
  `<${action}Response><${action}Result><Credentials><AccessKeyId>ASIASESSION</AccessKeyId><SecretAccessKey>of-the-session</SecretAccessKey><SessionToken>session-token</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></${action}Result></${action}Response>`

test('assume_role asks the token service for the role, with the keys that are given, and comes with what it gets', async () => {
  const tokens = await serviceThat(() => ({ body: sessionOf('AssumeRole') }))
  const bucket = await serviceThat(() => ({ status: 404 }))
  vi.stubEnv('AWS_ENDPOINT_URL_STS', tokens.endpoint)
  const role = { auth_method: 'assume_role', role_arn: 'arn:aws:iam::123456789012:role/registry' }
  const storage = await s3Storage(ofS3({ endpoint: bucket.endpoint, bucket: 'b', ...keys, ...role }))

  await storage.head('modules/a')
  await storage.head('modules/a')

  expect(tokens.asked).toHaveLength(1)
  expect(tokens.asked[0]!.headers.authorization).toContain('Credential=AKIATEST/')
  expect(Object.fromEntries(new URLSearchParams(tokens.asked[0]!.body))).toMatchObject({
    Action: 'AssumeRole',
    RoleArn: role.role_arn,
    RoleSessionName: 'cadastre',
  })
  expect(bucket.asked[0]!.headers.authorization).toContain('Credential=ASIASESSION/')
  expect(bucket.asked[0]!.headers['x-amz-security-token']).toBe('session-token')
})

test('web_identity hands the token of its file to the token service, and no key', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cadastre-token-'))
  leave.push(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'token'), 'token-of-the-pod')
  const tokens = await serviceThat(() => ({ body: sessionOf('AssumeRoleWithWebIdentity') }))
  const bucket = await serviceThat(() => ({ status: 404 }))
  vi.stubEnv('AWS_ENDPOINT_URL_STS', tokens.endpoint)
  vi.stubEnv('AWS_WEB_IDENTITY_TOKEN_FILE', join(folder, 'token'))
  vi.stubEnv('AWS_ROLE_ARN', 'arn:aws:iam::123456789012:role/pod')
  const storage = await s3Storage(ofS3({ endpoint: bucket.endpoint, bucket: 'b', auth_method: 'web_identity' }))

  await storage.head('modules/a')

  expect(Object.fromEntries(new URLSearchParams(tokens.asked[0]!.body))).toMatchObject({
    Action: 'AssumeRoleWithWebIdentity',
    RoleArn: 'arn:aws:iam::123456789012:role/pod',
    WebIdentityToken: 'token-of-the-pod',
  })
  expect(tokens.asked[0]!.headers.authorization).toBeUndefined()
  expect(bucket.asked[0]!.headers.authorization).toContain('Credential=ASIASESSION/')
})

test.each([
  [{ status: 403, body: '<Error><Code>AccessDenied</Code></Error>' }, 'the service refuses access (403 AccessDenied)'],
  [{ status: 404, body: '<Error><Code>NoSuchBucket</Code></Error>' }, 'there is no bucket b'],
  [{ status: 400, body: '<Error><Code>ExpiredToken</Code></Error>' }, 'the service answered 400 ExpiredToken'],
])('what is wrong with access is said, and not taken for a missing object: %j', async (answer, said) => {
  const service = await serviceThat(() => answer)
  const storage = await s3Storage(ofS3({ endpoint: service.endpoint, bucket: 'b', ...keys }))

  const error = await storage.get('modules/a').catch((thrown: Error) => thrown)

  expect(troubleOf(error)).toBe('unavailable')
  expect((error as Error).message).toBe(`modules/a cannot be had from S3: ${said}`)
  expect(JSON.stringify(error) + (error as Error).stack + (error as Error).cause).not.toContain(keys.secret_access_key)
})

test('credentials that are nowhere are said to be missing', async () => {
  const storage = await s3Storage(ofS3({ endpoint: 'http://127.0.0.1:1', bucket: 'b', auth_method: 'web_identity' }))

  const error = await storage.head('modules/a').catch((thrown: Error) => thrown)

  expect(troubleOf(error)).toBe('unavailable')
  expect((error as Error).message).toContain('the place that storage.s3.auth_method names has no credentials')
})

test('other bytes than those of the range are not passed on', async () => {
  const service = await serviceThat(() => ({ headers: { etag: '"1"' }, body: 'the whole object' }))
  const storage = await s3Storage(ofS3({ endpoint: service.endpoint, bucket: 'b', ...keys }))

  const reading = storage.get('modules/a', { range: { start: 4, end: 8 } })

  await expect(reading).rejects.toThrow('other bytes than those of the range')
})
