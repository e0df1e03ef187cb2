/**
 * Requests to Google Cloud Storage. The Google SDK finds the credentials and signs links; the bytes do not go through it,
 * since it closes the connections of every transfer when one of them breaks off, and waits without an end.
 */
import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { patientAgent } from './patience.ts'

export type GcsRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** an address, or what follows the endpoint */
  path: string
  query?: Record<string, string | undefined>
  headers?: Record<string, string | number>
  body?: Buffer
  /** how often it is sent until it is answered as it should be; three times unless said */
  attempts?: number
}

/** Google answers, but not with what was asked for. */
export type GcsRefusal = Error & { statusCode: number }

export type GcsHttp = {
  /** The answer with its body still to come. @throws GcsRefusal, or what the network says, after three attempts */
  open(request: GcsRequest, accepted?: number[]): Promise<IncomingMessage>
  /** The same with its body, read as JSON where there is some. */
  ask(request: GcsRequest, accepted?: number[]): Promise<{ answer: IncomingMessage; json: Record<string, unknown> }>
}

const firstPauseMs = 200
const passing = [408, 429, 500, 502, 503, 504]

/** @param authorization what a request has to carry to be let in */
export function gcsHttp(
  endpoint: string,
  authorization: () => Promise<Record<string, string>>,
  silenceMs: number,
): GcsHttp {
  const { protocol } = new URL(endpoint)
  const agent = patientAgent(protocol, silenceMs)

  async function send({ method, path, query = {}, headers = {}, body }: GcsRequest): Promise<IncomingMessage> {
    const url = new URL(path, endpoint)
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value)
    const rights = await authorization()
    const takesBody = method === 'POST' || method === 'PUT'
    const request = (url.protocol === 'http:' ? httpRequest : httpsRequest)(url, {
      method,
      agent,
      headers: { ...rights, ...headers, ...(takesBody && { 'content-length': body?.length ?? 0 }) },
    })
    // Of a connection that breaks while nobody waits for its answer any more.
    request.on('error', () => {})
    request.end(body)
    const [answer] = (await once(request, 'response')) as [IncomingMessage]
    return answer
  }

  async function accept(request: GcsRequest, accepted: number[]): Promise<IncomingMessage> {
    const answer = await send(request)
    if (accepted.includes(answer.statusCode!)) return answer
    throw await refusal(answer)
  }

  return {
    open: (request, accepted = [200]) => attempt(request.attempts, () => accept(request, accepted)),

    ask: (request, accepted = [200]) =>
      attempt(request.attempts, async () => {
        const answer = await accept(request, accepted)
        const body = await text(answer)
        return { answer, json: body === '' ? {} : JSON.parse(body) }
      }),
  }
}

/** Runs `work` until it does not fail, or fails in a way that stays so, or has failed so many times. */
export async function attempt<Result>(attempts = 3, work: (tried: number) => Promise<Result>): Promise<Result> {
  for (let tried = 1; ; tried++) {
    try {
      return await work(tried)
    } catch (error) {
      const { statusCode, code } = error as { statusCode?: number; code?: string }
      const passes = statusCode === undefined ? code !== 'SILENT' : passing.includes(statusCode)
      if (tried >= attempts || !passes) throw error
      await setTimeout(firstPauseMs * 2 ** (tried - 1))
    }
  }
}

async function refusal(answer: IncomingMessage): Promise<GcsRefusal> {
  // What was not asked for, such as all of an object in place of a range, may be long.
  if (answer.statusCode! < 300) answer.destroy()
  const body = await text(answer).catch(() => '')
  const said = /"message":\s*"([^"\\]+)/.exec(body)?.[1] ?? body.slice(0, 200)
  return Object.assign(new Error(said || answer.statusMessage), { statusCode: answer.statusCode! })
}
