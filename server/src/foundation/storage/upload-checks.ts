/** What a driver over a network does around its upload: check the bytes on their way there, and read them back. */
import { pipeline, type Readable } from 'node:stream'
import { confirmBytes, onlyPromised } from './digest.ts'
import { type Promised, type Storage, type Stored, troubleOf } from './storage.ts'

/**
 * Lets `upload` have the bytes of `source` as far as they are the promised ones. A source that breaks, or sends others,
 * is its sender's trouble and ends in that very error; `failed` says what to make of one of the upload itself.
 */
export async function uploadPromised<Result>(
  key: string,
  source: Readable,
  promised: Promised,
  upload: (checked: Readable) => Promise<Result>,
  failed: (error: unknown) => Result,
): Promise<Result> {
  const checked = onlyPromised(key, promised)
  let refused: unknown
  checked.once('error', (error) => {
    refused = error
  })
  pipeline(source, checked, () => {})
  try {
    return await upload(checked)
  } catch (error) {
    if (refused) throw refused
    checked.destroy()
    return failed(error)
  }
}

/**
 * Reads what was just written. When somebody wrote the same object meanwhile, it is theirs that has to be right.
 * @param remove takes away a revision; called when it is not what was sent, or cannot be told
 * @returns what is there
 */
export async function readBack(
  storage: Storage,
  key: string,
  stored: Stored,
  promised: Promised,
  remove: (revision: string) => Promise<unknown>,
): Promise<Stored> {
  const confirm = async ({ revision }: Stored) => confirmBytes(key, await storage.get(key, { revision }), promised)
  try {
    await confirm(stored)
    return stored
  } catch (error) {
    const there = troubleOf(error) === 'altered' ? await storage.head(key).catch(() => undefined) : undefined
    if (there && there.revision !== stored.revision) {
      await confirm(there)
      return there
    }
    await remove(stored.revision).catch(() => {})
    throw error
  }
}
