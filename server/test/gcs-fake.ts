/**
 * A fake of Google Cloud Storage, of which there is no emulator: uploads at once and in sessions, reads of ranges and
 * generations, lists in pages, signed addresses. What it does not know it answers with 500, and keeps in `strange`.
 */
import { createHash, createVerify, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

type FakeObject = { bytes: Buffer; generation: string }
type Session = {
  bucket: string
  query: URLSearchParams
  received: Buffer
  sizeBytes: number | undefined
  done?: Buffer
}

type Call = { url: URL; asked: IncomingMessage; answer: ServerResponse; body: Buffer }

/** As the file of a service account has it, with a key that was made for this run. */
export type ServiceAccount = { file: object; publicKey: KeyObject }

export function makeServiceAccount(): ServiceAccount {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const file = {
    type: 'service_account',
    project_id: 'cadastre-test',
    client_email: 'registry@cadastre-test.iam.gserviceaccount.com',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  }
  return { file, publicKey }
}

/** @param keepsOfAPiece how many bytes of each piece of a session it keeps, as Google may */
export async function startFakeGcs(account: ServiceAccount, { keepsOfAPiece = Number.POSITIVE_INFINITY } = {}) {
  const buckets = new Map<string, Map<string, FakeObject>>()
  const sessions = new Map<string, Session>()
  const requests: string[] = []
  const strange: string[] = []
  let generation = Date.now() * 1000

  const server = createServer(async (asked, answer) => {
    const url = new URL(asked.url!, `http://${asked.headers.host}`)
    const body = await buffer(asked).catch(() => undefined)
    if (body === undefined) return
    requests.push(`${asked.method} ${url.pathname}${url.search}`)
    if (await handle({ url, asked, answer, body })) return
    strange.push(requests.at(-1)!)
    refuse(answer, 500, `this fake does not know ${requests.at(-1)}`)
  })

  /** @returns whether the request was one that the fake knows */
  function handle(call: Call): boolean {
    const { url, asked } = call
    const [, upload, bucketName, objectName] =
      /^(\/upload)?\/storage\/v1\/b\/([^/]+)\/o(?:\/([^/]+))?$/.exec(url.pathname) ?? []
    if (bucketName === undefined) return asked.method === 'GET' && signedRead(call)
    if (upload && url.searchParams.has('upload_id')) return inSession(call)
    const bucket = buckets.get(bucketName)
    if (!bucket) return refuse(call.answer, 404, 'The specified bucket does not exist.')
    if (upload) return asked.method === 'POST' && startUpload(call, bucketName)
    if (objectName === undefined) return asked.method === 'GET' && list(call, bucket)
    const name = decodeURIComponent(objectName)
    const object = bucket.get(name)
    if (!object) return refuse(call.answer, 404, `No such object: ${bucketName}/${name}`)
    if (!generationMatches(url.searchParams, object)) return refuse(call.answer, 412, 'conditionNotMet')
    if (asked.method === 'DELETE') {
      bucket.delete(name)
      call.answer.writeHead(204).end()
      return true
    }
    if (asked.method !== 'GET') return false
    if (url.searchParams.get('alt') === 'media') return sendBytes(call, object)
    return sendJson(call.answer, described(name, object))
  }

  function startUpload({ url, answer, asked, body }: Call, bucket: string): boolean {
    const kind = url.searchParams.get('uploadType')
    if (kind === 'media') return store(answer, bucket, url.searchParams, body)
    // A session begins with a description in JSON or with nothing.
    if (kind !== 'resumable' || (asked.headers['content-type'] ?? 'application/json') !== 'application/json')
      return false
    const id = randomUUID()
    const sizeBytes = asked.headers['x-upload-content-length']
    sessions.set(id, {
      bucket,
      query: url.searchParams,
      received: Buffer.alloc(0),
      sizeBytes: sizeBytes === undefined ? undefined : Number(sizeBytes),
    })
    answer.writeHead(200, { location: `${url.origin}${url.pathname}?uploadType=resumable&upload_id=${id}` }).end()
    return true
  }

  /** https://cloud.google.com/storage/docs/performing-resumable-uploads */
  function inSession({ url, asked, answer, body }: Call): boolean {
    const id = url.searchParams.get('upload_id')!
    const session = sessions.get(id)
    if (!session) return refuse(answer, 404, 'no such session')
    if (asked.method === 'DELETE') {
      sessions.delete(id)
      answer.writeHead(499).end()
      return true
    }
    if (asked.method !== 'PUT') return false
    const [, start, end, total] = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+)$/.exec(asked.headers['content-range'] ?? '') ?? []
    if (total === undefined || (session.sizeBytes !== undefined && session.sizeBytes !== Number(total))) return false
    if (session.done) {
      answer.writeHead(200, { 'content-type': 'application/json' }).end(session.done)
      return true
    }
    if (start !== undefined) {
      const isLast = Number(end) + 1 === Number(total)
      if (Number(end) - Number(start) + 1 !== body.length || Number(start) > session.received.length) return false
      if (!isLast && body.length % (256 * 1024) !== 0) return false
      const added = body.subarray(session.received.length - Number(start)).subarray(0, keepsOfAPiece)
      session.received = Buffer.concat([session.received, added])
    }
    if (session.received.length === Number(total))
      return store(answer, session.bucket, session.query, session.received, (json) => {
        session.done = json
      })
    const range = session.received.length > 0 ? { range: `bytes=0-${session.received.length - 1}` } : {}
    answer.writeHead(308, range).end()
    return true
  }

  function store(
    answer: ServerResponse,
    bucketName: string,
    query: URLSearchParams,
    bytes: Buffer,
    stored: (json: Buffer) => void = () => {},
  ): boolean {
    const bucket = buckets.get(bucketName)!
    const name = query.get('name')!
    if (!generationMatches(query, bucket.get(name))) return refuse(answer, 412, 'conditionNotMet')
    const object = { bytes, generation: String(generation++) }
    bucket.set(name, object)
    stored(Buffer.from(JSON.stringify(described(name, object))))
    return sendJson(answer, described(name, object))
  }

  function list({ url, answer }: Call, bucket: Map<string, FakeObject>): boolean {
    const { prefix = '', maxResults = '1000', pageToken = '' } = Object.fromEntries(url.searchParams)
    const names = [...bucket.keys()].filter((name) => name.startsWith(prefix) && name > pageToken).sort()
    const page = names.slice(0, Number(maxResults))
    return sendJson(answer, {
      ...(page.length > 0 && { items: page.map((name) => described(name, bucket.get(name)!)) }),
      ...(names.length > page.length && { nextPageToken: page.at(-1) }),
    })
  }

  /** https://cloud.google.com/storage/docs/authentication/signatures */
  function signedRead(call: Call): boolean {
    const { url, answer } = call
    const signature = url.searchParams.get('X-Goog-Signature')
    if (!signature) return false
    const given = url.search.slice(1).split('&')
    const signed = given
      .filter((part) => !part.startsWith('X-Goog-Signature='))
      .sort()
      .join('&')
    const canonical = ['GET', url.pathname, signed, `host:${url.hostname}\n`, 'host', 'UNSIGNED-PAYLOAD'].join('\n')
    const date = url.searchParams.get('X-Goog-Date')!
    const scope = url.searchParams.get('X-Goog-Credential')!.split('/').slice(1).join('/')
    const text = ['GOOG4-RSA-SHA256', date, scope, createHash('sha256').update(canonical).digest('hex')].join('\n')
    const isRight = createVerify('RSA-SHA256').update(text).verify(account.publicKey, Buffer.from(signature, 'hex'))
    if (!isRight) return refuse(answer, 403, 'SignatureDoesNotMatch')
    const signedAt = Date.parse(date.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'))
    if (signedAt + Number(url.searchParams.get('X-Goog-Expires')) * 1000 <= Date.now())
      return refuse(answer, 400, 'ExpiredToken')
    const [, bucketName, name] = /^\/([^/]+)\/(.+)$/.exec(decodeURIComponent(url.pathname))!
    const object = buckets.get(bucketName!)?.get(name!)
    if (!object) return refuse(answer, 404, 'NoSuchKey')
    const disposition = url.searchParams.get('response-content-disposition')
    if (disposition) answer.setHeader('content-disposition', disposition)
    return sendBytes(call, object)
  }

  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    buckets,
    /** what was asked, and what of it the fake did not know */
    requests,
    strange,
    openSessions: () => [...sessions.values()].filter(({ done }) => done === undefined).length,
    newBucket(): string {
      const name = `b-${randomUUID()}`
      buckets.set(name, new Map())
      return name
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

const described = (name: string, { bytes, generation }: FakeObject) => ({
  name,
  size: String(bytes.length),
  generation,
})

function generationMatches(query: URLSearchParams, object: FakeObject | undefined): boolean {
  const wanted = query.get('ifGenerationMatch')
  return wanted === null || wanted === (object?.generation ?? '0')
}

function sendBytes({ asked, answer }: Call, { bytes, generation }: FakeObject): boolean {
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(asked.headers.range ?? '') ?? []
  const part = start === undefined ? bytes : bytes.subarray(Number(start), Number(end) + 1)
  answer.writeHead(start === undefined ? 200 : 206, {
    'content-length': part.length,
    'x-goog-generation': generation,
    ...(start !== undefined && { 'content-range': `bytes ${start}-${end}/${bytes.length}` }),
  })
  answer.end(part)
  return true
}

function sendJson(answer: ServerResponse, json: object): boolean {
  answer.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' }).end(JSON.stringify(json))
  return true
}

function refuse(answer: ServerResponse, code: number, message: string): boolean {
  answer.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { code, message } }))
  return true
}
