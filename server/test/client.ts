/** Requests to a registry as a program makes them, with a token or without, and what came back. */
import { setTimeout as pause } from 'node:timers/promises'
import { moduleFiles, tarGz } from './archives.ts'

export type Answer = {
  status: number
  headers: Headers
  text: string
  bytes: Buffer
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever came
  json: any
}

export type Client = {
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  head(path: string, headers?: Record<string, string>): Promise<Answer>
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** `acme/vpc/aws`, `1.0.0`; a small module unless an archive is given */
  /** @param said beside the archive, such as its source */
  publishModule(address: string, version: string, archive?: Buffer, said?: Record<string, string>): Promise<Answer>
}

export function clientOf(url: string, token?: string): Client {
  const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }
  async function send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const isBytes = Buffer.isBuffer(body) || body instanceof FormData || typeof body === 'string'
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...authorization,
        ...(body !== undefined && !isBytes ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      body: body === undefined ? undefined : isBytes ? (body as string) : JSON.stringify(body),
    })
    const bytes = Buffer.from(await response.arrayBuffer())
    const text = bytes.toString()
    return { status: response.status, headers: response.headers, bytes, text, json: asJson(text) }
  }
  return {
    get: (path, headers) => send('GET', path, undefined, headers),
    head: (path, headers) => send('HEAD', path, undefined, headers),
    send,
    publishModule: (address, version, archive = tarGz(moduleFiles({ 'version.txt': version })), said = {}) =>
      send('PUT', `/api/v1/modules/${address}/${encodeURIComponent(version)}?${new URLSearchParams(said)}`, archive, {
        'content-type': 'application/gzip',
      }),
  }
}

export function expectStatus(answer: Answer, status: number): Answer {
  if (answer.status !== status) throw new Error(`expected ${status}, got ${answer.status}: ${answer.text}`)
  return answer
}

/** Asks again while the answer is that the registry has too much to do, as a client does. */
export async function patiently(ask: () => Promise<Answer>): Promise<Answer> {
  let answer = await ask()
  while (answer.status === 503 && answer.headers.has('retry-after')) {
    await pause(500)
    answer = await ask()
  }
  return answer
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
