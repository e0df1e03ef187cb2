/** Where archives lie. Keys are ours, lower-case and slash-separated; uniqueness is decided by the database, not here. */
import type { Readable } from 'node:stream'

export type ByteRange = { start: number; end: number }

export type Storage = {
  /** The name that a stored object's row remembers. */
  backend: string
  /** Streams `source` into place: nobody sees the object before all of it is there. Refuses bytes other than `expected`. */
  put(key: string, source: Readable, expected: { sha256: string; sizeBytes: number }): Promise<void>
  /** @param range inclusive on both ends, in bytes */
  get(key: string, range?: ByteRange): Promise<Readable>
  head(key: string): Promise<{ sizeBytes: number } | undefined>
  delete(key: string): Promise<void>
  /** Removes what an interrupted `put` left behind. */
  sweepUnfinished(olderThanMs: number): Promise<number>
}
