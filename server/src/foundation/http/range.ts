/** One byte range of a request (RFC 9110 §14.2); several ranges at once are answered with the whole. */
import type { ByteRange } from '../storage/storage.ts'

/** @returns undefined: send the whole thing */
export function readRange(
  header: string | undefined,
  ifRange: string | undefined,
  etag: string,
  sizeBytes: number,
): ByteRange | 'unsatisfiable' | undefined {
  const parts = /^bytes=(\d*)-(\d*)$/i.exec(header ?? '')
  if (!parts || (ifRange !== undefined && ifRange !== etag)) return undefined
  const [, first, last] = parts
  if (first === '' && last === '') return undefined
  if (first === '') {
    const length = Math.min(Number(last), sizeBytes)
    return length === 0 ? 'unsatisfiable' : { start: sizeBytes - length, end: sizeBytes - 1 }
  }
  const start = Number(first)
  const end = last === '' ? Number.POSITIVE_INFINITY : Number(last)
  if (start > end) return undefined
  return start >= sizeBytes ? 'unsatisfiable' : { start, end: Math.min(end, sizeBytes - 1) }
}
