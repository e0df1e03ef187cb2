/** Questions to another registry, asked with patience: throttled, and again when it failed, but not for ever. */
import { setTimeout } from 'node:timers/promises'
import { bytesOf, type Egress } from '../foundation/egress.ts'
import { Refusal } from '../foundation/refusal.ts'
import { waitAsked } from './retry-after.ts'
import type { Throttle } from './throttle.ts'

export type Manners = {
  throttle: Throttle
  /** how often a question is asked before it is given up */
  tries: number
  /** before the second try; each one after that waits twice as long */
  firstWaitMs?: number
  /** how long one answer may take */
  timeoutMs?: number
  /** The operator named this host: it may lie in a private network. */
  trusted?: boolean
  counts: Counts
}

/** What was asked so far, for reports. */
export type Counts = { requests: number; failed: number; notModified: number; bytes: number }

/** `text` is empty when nothing has changed or nothing is there. */
export type Answer<T> =
  | { kind: 'read'; value: T; text: string; headers: Headers }
  | { kind: 'not-modified' }
  | { kind: 'missing' }

const longestWaitMs = 5 * 60_000
const longestBackoffMs = 30_000
const defaultFirstWaitMs = 500
const maxAnswerBytes = 64 * 1024 * 1024
const defaultTimeoutMs = 60_000

/**
 * @param read throws when the text is not what was asked for, as of an answer that broke off
 * @throws Refusal upstream-failing; what the egress refuses for good
 */
export async function askPatiently<T>(
  egress: Egress,
  url: URL,
  headers: Record<string, string>,
  read: (text: string) => T,
  manners: Manners,
): Promise<Answer<T>> {
  for (let tried = 1; ; tried += 1) {
    const outcome = await manners.throttle.run(() => askOnce(egress, url, headers, read, manners))
    if (outcome.kind !== 'failed') return outcome
    manners.counts.failed += 1
    const waitMs = Math.max(outcome.waitMs ?? 0, backoffMs(tried, manners.firstWaitMs))
    if (tried === manners.tries) throw failing(url, `${outcome.why}, ${tried} times`)
    if (waitMs > longestWaitMs) throw failing(url, `${outcome.why}, and asks not to be asked for ${seconds(waitMs)}`)
    if (outcome.waitMs !== undefined) manners.throttle.hold(outcome.waitMs)
    await setTimeout(waitMs)
  }
}

type Failed = { kind: 'failed'; why: string; waitMs?: number }

async function askOnce<T>(
  egress: Egress,
  url: URL,
  headers: Record<string, string>,
  read: (text: string) => T,
  { trusted, counts, throttle, timeoutMs = defaultTimeoutMs }: Manners,
): Promise<Answer<T> | Failed> {
  counts.requests += 1
  let answer: Response
  let text = ''
  try {
    answer = await egress.fetch(url, { headers, trusted, timeoutMs, maxBytes: maxAnswerBytes })
    if (answer.status === 200) text = (await bytesOf(answer)).toString('utf8')
    else await answer.body?.cancel()
  } catch (error) {
    if (error instanceof Refusal && error.code === 'upstream-unreachable') return { kind: 'failed', why: error.message }
    throw error
  }
  const waitMs = waitAsked(answer.headers, Date.now())
  if (answer.status === 200) {
    counts.bytes += Buffer.byteLength(text)
    if (waitMs) throttle.hold(Math.min(waitMs, longestWaitMs))
    try {
      return { kind: 'read', value: read(text), text, headers: answer.headers }
    } catch (error) {
      return { kind: 'failed', why: `answered what cannot be read (${(error as Error).message.slice(0, 200)})` }
    }
  }
  if (answer.status === 304) {
    counts.notModified += 1
    return { kind: 'not-modified' }
  }
  if (answer.status === 404 || answer.status === 410) return { kind: 'missing' }
  if (answer.status === 429 || answer.status === 408 || answer.status >= 500)
    return { kind: 'failed', why: `answered ${answer.status}`, waitMs }
  throw failing(url, `answered ${answer.status}`)
}

/** Between half and all of it, so that those who failed together do not come back together. */
function backoffMs(tried: number, firstWaitMs = defaultFirstWaitMs): number {
  return Math.min(longestBackoffMs, firstWaitMs * 2 ** (tried - 1)) * (0.5 + Math.random() / 2)
}

const seconds = (ms: number) => `${Math.ceil(ms / 1000)} s`

const failing = ({ host, pathname, search }: URL, what: string) =>
  new Refusal(
    'unavailable',
    'upstream-failing',
    `${host} could not be asked for ${pathname}${search}: it ${what}.`,
    'What was taken before is kept. Try again later, with --resume, or ask more slowly (upstream.requests_per_second).',
  )
