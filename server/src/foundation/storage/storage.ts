/**
 * Where archives lie: seven things that can be done with bytes under a key, and two short cuts where they lie in files of
 * this machine. Keys are ours, lower-case and slash-separated; which of them mean something is decided by the database,
 * not here.
 */
import type { FileHandle } from 'node:fs/promises'
import type { Readable } from 'node:stream'

export const backendNames = ['local', 's3', 'azure', 'gcs'] as const
export type BackendName = (typeof backendNames)[number]

/** @property end inclusive, in bytes */
export type ByteRange = { start: number; end: number }

export type Promised = { sha256: string; sizeBytes: number }

/** What the store itself knows of an object. `revision` changes whenever its bytes are written again, by whomever. */
export type Stored = { sizeBytes: number; revision: string }

export type Storage = {
  /** The name that a stored object's row remembers. */
  backend: BackendName
  /**
   * Streams `source` into place: nobody sees the object before all of it is there. Refuses bytes other than `promised`,
   * on their way and, where the bytes went over a network, read back once more; then nothing is left.
   */
  put(key: string, source: Readable, promised: Promised): Promise<Stored>
  /** The same, unless there is an object already: then it is left as it is. @returns undefined when there was one */
  putIfAbsent(key: string, source: Readable, promised: Promised): Promise<Stored | undefined>
  /**
   * The same of a file on this machine that is known to hold the promised bytes: it gets a second name in place of a
   * copy, so nobody may write to it from then on. Whoever brought it removes its first name.
   * @returns undefined when there was an object, or when the file lies where a second name cannot reach
   */
  adopt?(key: string, path: string, promised: Promised): Promise<Stored | undefined>
  /**
   * @param options.revision gives these bytes or none
   * @throws trouble `missing`, `altered` (another revision) or `unavailable`; a stream that breaks off ends with an error
   */
  get(key: string, options?: { range?: ByteRange; revision?: string }): Promise<Readable>
  /** The same as a file on this machine, whole, where the object is one; whoever asked closes it. */
  openFile?(key: string, revision: string): Promise<FileHandle>
  head(key: string): Promise<Stored | undefined>
  /** Keys that begin with `prefix`, in any order, page by page. */
  list(prefix: string): AsyncIterable<string>
  delete(key: string): Promise<void>
  /**
   * An address under which the store itself sends the object to whoever has it.
   * @returns undefined where only the registry can send it
   */
  link(key: string, options: { lifetimeSeconds: number; fileName: string }): Promise<string | undefined>
  /** Removes what an interrupted `put` left behind. @returns how many */
  sweepUnfinished(olderThanMs: number): Promise<number>
}

/** What can be wrong with a store: the object is not there, it is another one, or the store does not answer as it should. */
export type Trouble = 'missing' | 'altered' | 'unavailable'

/** Drivers are bundles of their own, so trouble is told by a property and not by a class. */
export const storageError = (trouble: Trouble, message: string, cause?: unknown): Error =>
  Object.assign(new Error(message, { cause }), { trouble })

export const troubleOf = (error: unknown): Trouble | undefined => (error as { trouble?: Trouble } | undefined)?.trouble

const validKey = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)+$/

/** @returns the key, which can then be neither a way out of a folder nor a name that a store would change */
export function checkedKey(key: string): string {
  if (!validKey.test(key) || key.includes('..')) throw new Error(`not a storage key: ${key}`)
  return key
}
