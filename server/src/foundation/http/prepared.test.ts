/** Prepared documents: the form that the client can read, or word that it has it already. */
import { gunzipSync } from 'node:zlib'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { type PreparedDocument, prepareDocument, preparedBytes, sendPrepared } from './prepared.ts'

const value = { modules: [{ versions: Array.from({ length: 50 }, (_, index) => ({ version: `1.${index}.0` })) }] }
const text = JSON.stringify(value)
const document = () => prepareDocument(value)

async function ask(headers: Record<string, string>, prepared: PreparedDocument = document(), staleMs = 0) {
  const http = Fastify({ genReqId: () => 'request-1' })
  http.get('/', (request, reply) => sendPrepared(request, reply, prepared, staleMs))
  return http.inject({ method: headers.method === 'HEAD' ? 'HEAD' : 'GET', url: '/', headers })
}

test('the same value gives the same tag, another value another', () => {
  expect(document().etag).toBe(document().etag)
  expect(document().etag).toMatch(/^"[\w-]{22}"$/)
  expect(prepareDocument({ ...value, more: 1 }).etag).not.toBe(document().etag)
})

test('it is counted with both of its forms', () => {
  const prepared = document()

  expect(preparedBytes(prepared)).toBe(prepared.plain.length + prepared.gzip.length)
  expect(preparedBytes({ ...prepared, plain: null })).toBe(prepared.plain.length + prepared.gzip.length)
  expect(preparedBytes({ ...prepared, gzip: null })).toBe(prepared.plain.length)
})

test.each([
  undefined,
  '',
  'identity',
  'br',
  'deflate, br',
  'gzip;q=0',
  'gzip; q=0.0',
  'br, gzip;q=0',
  'gzip ; q=0, br',
  'gzipped',
])('who accepts %j gets it plain', async (accepted) => {
  const answer = await ask(accepted === undefined ? {} : { 'accept-encoding': accepted })

  expect(answer.statusCode).toBe(200)
  expect(answer.body).toBe(text)
  expect(answer.headers).toMatchObject({
    'content-type': 'application/json',
    'content-length': String(text.length),
    etag: document().etag,
    vary: 'accept-encoding, origin',
    'x-request-id': 'request-1',
  })
  expect(answer.headers).not.toHaveProperty('content-encoding')
  expect(answer.headers).not.toHaveProperty('x-cadastre-stale')
})

test.each(['gzip', 'gzip, deflate, br', 'br;q=1.0, gzip;q=0.8, *;q=0.1', 'gzip;q=0.001', 'deflate,gzip'])(
  'who accepts %j gets it packed',
  async (accepted) => {
    const answer = await ask({ 'accept-encoding': accepted })

    expect(answer.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-length': String(answer.rawPayload.length),
      vary: 'accept-encoding, origin',
    })
    expect(gunzipSync(answer.rawPayload).toString()).toBe(text)
  },
)

test('a document of which one form is kept can be had in both', async () => {
  const [packed, plain] = [
    { ...document(), plain: null },
    { ...document(), gzip: null },
  ]

  expect((await ask({}, packed)).body).toBe(text)
  expect((await ask({ 'accept-encoding': 'gzip' }, plain)).body).toBe(text)
  expect(packed.plain).toEqual(Buffer.from(text))
})

test.each([
  ['the tag', (etag: string) => etag],
  ['the tag, weak', (etag: string) => `W/${etag}`],
  ['several', (etag: string) => `"other", W/"another",${etag}`],
  ['whatever there is', () => '*'],
])('who has %s is told so', async (_what, tags) => {
  const answer = await ask({ 'if-none-match': tags(document().etag), 'accept-encoding': 'gzip' })

  expect(answer.statusCode).toBe(304)
  expect(answer.rawPayload).toHaveLength(0)
  expect(answer.headers).toMatchObject({ etag: document().etag, vary: 'accept-encoding, origin' })
})

test.each(['"other"', 'W/"other"', document().etag.slice(1, -1), `"x${document().etag.slice(1)}`, ''])(
  'who has %s gets the document',
  async (tag) => {
    expect((await ask({ 'if-none-match': tag })).statusCode).toBe(200)
  },
)

test('HEAD gets the headers alone', async () => {
  const answer = await ask({ method: 'HEAD' })

  expect(answer.headers).toMatchObject({ 'content-length': String(text.length), etag: document().etag })
  expect(answer.rawPayload).toHaveLength(0)
})

test('the age of what is served without the database is told in whole seconds', async () => {
  expect((await ask({}, document(), 1)).headers).toMatchObject({ 'x-cadastre-stale': '1' })
  expect((await ask({}, document(), 61_000)).headers).toMatchObject({ 'x-cadastre-stale': '61' })
})
