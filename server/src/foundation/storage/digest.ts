/** Looks at bytes on their way into or out of a store: are they the ones that were promised? */
import { createHash } from 'node:crypto'
import { type Readable, Transform } from 'node:stream'
import { type Promised, storageError } from './storage.ts'

/**
 * Passes bytes on, and ends with an error in place of the last ones when they are not those of `promised`: whoever
 * writes them behind it never comes to the end of wrong ones. An endless source is ended as soon as it is too long.
 */
export function onlyPromised(key: string, promised: Promised): Transform {
  const hash = createHash('sha256')
  let sizeBytes = 0
  let held: Buffer | undefined
  const wrong = () => storageError('altered', `storage received other bytes than promised for ${key}`)
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      sizeBytes += chunk.length
      if (sizeBytes > promised.sizeBytes) return done(wrong())
      const before = held
      held = chunk
      done(null, before)
    },
    flush(done) {
      if (sizeBytes !== promised.sizeBytes || hash.digest('hex') !== promised.sha256) return done(wrong())
      done(null, held)
    },
  })
}

/** Reads to the end. @throws trouble `altered` when the bytes are not those of `promised` */
export async function confirmBytes(key: string, source: Readable, promised: Promised): Promise<void> {
  for await (const _chunk of source.pipe(passErrors(source, onlyPromised(key, promised)))) {
    // Only the end counts.
  }
}

function passErrors(source: Readable, target: Transform): Transform {
  source.once('error', (error) => target.destroy(error))
  return target
}
