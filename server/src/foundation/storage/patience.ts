/** How long a store over the network is waited for, and what becomes of bytes that do not come to their end. */
import { type ClientRequest, Agent as HttpAgent, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { Readable } from 'node:stream'
import { storageError } from './storage.ts'

const connectMs = 5_000

// Balancers forget connections after minutes, and some of them say nothing of it.
const idleMs = 30_000

/** Of an agent that hands requests to sockets; not in the types of Node, and what every agent of others overrides. */
type Adding = { addRequest(request: ClientRequest, ...rest: unknown[]): void }

/** An agent whose requests end with an error when the service does not accept or is silent for so long. */
export function patientAgent(protocol: string, silenceMs: number): HttpAgent {
  const options = { keepAlive: true, timeout: idleMs }
  const agent = protocol === 'http:' ? new HttpAgent(options) : new HttpsAgent(options)
  const adding = agent as unknown as Adding
  const { addRequest } = adding
  adding.addRequest = (request, ...rest) => {
    limitPatience(request, silenceMs)
    addRequest.call(agent, request, ...rest)
  }
  return agent
}

function limitPatience(request: ClientRequest, silenceMs: number): void {
  let answer: IncomingMessage | undefined
  request.once('response', (response) => {
    answer = response
  })
  request.once('socket', (socket) => {
    // Of the socket, since a request tells its first timeout only.
    let wasSlow = false
    const onSilence = () => {
      // The bytes are there, and whoever reads them takes their time: the store is not the one that is silent. Nor can
      // that be told of a reader who came back only now.
      const isSlow = answer !== undefined && (answer.isPaused() || answer.readableLength > 0)
      if (!isSlow && !wasSlow) return request.destroy(timedOut(`the service was silent for ${silenceMs} ms`))
      wasSlow = isSlow
      return socket.setTimeout(silenceMs)
    }
    socket.setTimeout(silenceMs).on('timeout', onSilence)
    request.once('close', () => socket.off('timeout', onSilence))
    if (!socket.connecting) return
    const giveUp = setTimeout(
      () => request.destroy(timedOut(`no connection within ${connectMs} ms`)),
      Math.min(connectMs, silenceMs),
    )
    socket.once('connect', () => clearTimeout(giveUp))
    request.once('close', () => clearTimeout(giveUp))
  })
}

/** For what has no socket of ours to watch. The work itself goes on. */
export async function withinMs<Result>(ms: number, what: string, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(timedOut(`no ${what} within ${ms} ms`)), ms)
  })
  return Promise.race([work, silence]).finally(() => clearTimeout(timer))
}

/** Not under a code that SDKs take for a reason to try again: whoever asked has waited long enough. */
const timedOut = (message: string) => Object.assign(new Error(message), { code: 'SILENT' })

/** Passes on what a store sends. Fewer or more bytes than said, or a break, end it with an error and not quietly. */
export function wholeStream(source: Readable, sizeBytes: number, place: string): Readable {
  let received = 0
  let ended = false
  const broken = (cause?: unknown) =>
    storageError('unavailable', `reading ${place} broke off after ${received} of ${sizeBytes} bytes`, cause)
  const whole = new Readable({
    read: () => void source.resume(),
    destroy(error, done) {
      source.destroy()
      done(error)
    },
  })
  source
    .on('data', (chunk: Buffer) => {
      received += chunk.length
      if (received > sizeBytes) whole.destroy(broken())
      else if (!whole.push(chunk)) source.pause()
    })
    .once('end', () => {
      ended = true
      if (received === sizeBytes) whole.push(null)
      else whole.destroy(broken())
    })
    .on('error', (error) => whole.destroy(broken(plainCause(error))))
    .once('close', () => {
      if (!ended) whole.destroy(broken())
    })
    .pause()
  return whole
}

/** What an SDK says of an error, without the request that hangs on it: that one knows keys and tokens. */
export function plainCause(error: unknown): Error {
  const { name, code, statusCode, message } = error as Error & { code?: unknown; statusCode?: unknown }
  const first = String(message).split('\n', 1)[0]!.replace(/\?\S+/g, '?…').slice(0, 300)
  return new Error([name, statusCode, code, first].filter((part) => part !== undefined && part !== '').join(' '))
}
