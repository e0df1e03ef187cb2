/** Another registry, asked whether what it said before is still true, so that what has not changed is not sent again. */
import type * as z from 'zod'
import type { Db } from '../foundation/database/database.ts'
import type { Egress } from '../foundation/egress.ts'
import { findKept, type KeptAnswer, keepAnswer, keepLonger } from './cache-queries.ts'
import { askPatiently, type Counts, type Manners } from './patient-fetch.ts'
import { throttle } from './throttle.ts'

export type Upstream = {
  address: URL
  atOnce: number
  counts: Counts
  /**
   * @param path below the address of the registry, or a whole address
   * @returns undefined: it has no such thing
   * @throws Refusal upstream-failing
   */
  ask<Shape extends z.ZodType>(path: string, shape: Shape): Promise<z.output<Shape> | undefined>
}

export type UpstreamManners = {
  requestsPerSecond: number
  concurrency: number
  tries: number
  /** how long an answer is kept after the server said it, or said that it still holds */
  maxAgeMs: number
  firstWaitMs?: number
  timeoutMs?: number
  trusted?: boolean
}

export function openUpstream(
  { db, egress }: { db: Db; egress: Egress },
  address: URL,
  { requestsPerSecond, concurrency, tries, maxAgeMs, firstWaitMs, timeoutMs, trusted }: UpstreamManners,
): Upstream {
  const counts: Counts = { requests: 0, failed: 0, notModified: 0, bytes: 0 }
  const manners: Manners = {
    throttle: throttle({ perSecond: requestsPerSecond, atOnce: concurrency }),
    tries,
    firstWaitMs,
    timeoutMs,
    counts,
  }
  return {
    address,
    atOnce: concurrency,
    counts,
    async ask(path, shape) {
      const url = new URL(path, address)
      const key = `GET ${url.href}`
      const read = (text: string) => parsed(shape, jsonOf(text))
      const kept = await findKept(db, key)
      const isTrusted = trusted === true && url.host === address.host
      const ask = (headers: Record<string, string>) =>
        askPatiently(egress, url, { accept: 'application/json', ...headers }, read, { ...manners, trusted: isTrusted })

      let answer = await ask(kept ? conditions(kept) : {})
      if (answer.kind === 'not-modified') {
        const before = readable(kept, read)
        if (before) {
          await keepLonger(db, key, maxAgeMs)
          return before.value
        }
        answer = await ask({})
      }
      if (answer.kind !== 'read') return undefined
      const [etag, lastModified] = [answer.headers.get('etag') ?? '', answer.headers.get('last-modified') ?? '']
      // Without either, nobody can be asked whether it still holds.
      if (etag !== '' || lastModified !== '') {
        await keepAnswer(db, key, { text: answer.text, etag, lastModified }, maxAgeMs)
      }
      return answer.value
    },
  }
}

/** What an earlier version of this program kept may not be what this one reads: then it is asked for anew. */
function readable<T>(kept: KeptAnswer | undefined, read: (text: string) => T): { value: T } | undefined {
  try {
    return kept && { value: read(kept.text) }
  } catch {
    return undefined
  }
}

function conditions({ etag, lastModified }: KeptAnswer): Record<string, string> {
  return {
    ...(etag === '' ? {} : { 'if-none-match': etag }),
    ...(lastModified === '' ? {} : { 'if-modified-since': lastModified }),
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`no JSON: ${(error as Error).message}`)
  }
}

function parsed<Shape extends z.ZodType>(shape: Shape, value: unknown): z.output<Shape> {
  const { data, error } = shape.safeParse(value)
  if (error === undefined) return data as z.output<Shape>
  const [first] = error.issues
  throw new Error(`${first?.path.join('.') || 'the whole'}: ${first?.message}`)
}
