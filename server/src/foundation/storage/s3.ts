/** Storage in S3, or in a service that speaks like it. */
import type { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { Config } from '../config/settings.ts'
import { confirmBytes } from './digest.ts'
import { wholeStream } from './patience.ts'
import { s3Client } from './s3-access.ts'
import { isNotOffered, isNotThere, s3Trouble } from './s3-trouble.ts'
import { abortUploads, uploadInParts } from './s3-upload.ts'
import {
  type ByteRange,
  checkedKey,
  type Promised,
  type Storage,
  type Stored,
  storageError,
  troubleOf,
} from './storage.ts'

// Some services show new bytes only a moment after they took them.
const secondLookMs = 200

/** @param options for tests: how long to wait for the service, and how many keys a page of a list has */
export async function s3Storage(
  settings: Config['storage']['s3'],
  { silenceMs = 20_000, pageKeys = 1_000 } = {},
): Promise<Storage> {
  const { bucket: Bucket, prefix = '' } = settings
  const client = s3Client(settings, silenceMs)
  const placeOf = (key: string) => ({ Bucket, Key: prefix + checkedKey(key) })
  const inTrouble = (what: string) => (error: unknown) => {
    throw s3Trouble(error, Bucket, what)
  }

  /** Asks for what is short: it has come in time, with all attempts, or the service counts as silent. */
  async function ask<Answer>(question: (options: { abortSignal: AbortSignal }) => Promise<Answer>): Promise<Answer> {
    const patience = new AbortController()
    const silence = globalThis.setTimeout(() => patience.abort(), silenceMs)
    return question({ abortSignal: patience.signal }).finally(() => clearTimeout(silence))
  }

  async function open(key: string, { range, revision }: { range?: ByteRange; revision?: string } = {}) {
    const command = new GetObjectCommand({
      ...placeOf(key),
      Range: range && `bytes=${range.start}-${range.end}`,
      IfMatch: revision && `"${revision}"`,
    })
    const answer = await ask((patience) => client.send(command, patience)).catch(inTrouble(key))
    const [body, stored] = [answer.Body as Readable, storedOf(answer)]
    // Not every service minds the condition.
    if (revision !== undefined && revision !== stored.revision) {
      body.destroy()
      throw storageError('altered', `${key} in S3 is not the object that was written`)
    }
    if (range && !answer.ContentRange?.startsWith(`bytes ${range.start}-${range.end}/`)) {
      body.destroy()
      throw storageError('unavailable', `${key} in S3: the service sends other bytes than those of the range`)
    }
    return { bytes: wholeStream(body, stored.sizeBytes, `${key} in S3`), stored }
  }

  async function remove(key: string): Promise<void> {
    await ask((patience) => client.send(new DeleteObjectCommand(placeOf(key)), patience)).catch(inTrouble(key))
  }

  async function readBack(key: string, promised: Promised): Promise<Stored> {
    const { bytes, stored } = await open(key)
    await confirmBytes(key, bytes, promised)
    return stored
  }

  /** Looks at whatever lies there now: others may be writing the same bytes under this key. */
  async function confirmed(key: string, promised: Promised): Promise<Stored> {
    try {
      return await readBack(key, promised)
    } catch (error) {
      if (troubleOf(error) === 'unavailable') throw error
    }
    await setTimeout(secondLookMs)
    return readBack(key, promised).catch(async (error) => {
      if (troubleOf(error) === 'altered') await remove(key)
      throw error
    })
  }

  return {
    backend: 's3',

    async put(key, source, promised) {
      await uploadInParts(client, placeOf(key), source, promised)
      return confirmed(key, promised)
    },

    async putIfAbsent(key, source, promised) {
      const isWritten = await uploadInParts(client, { ...placeOf(key), IfNoneMatch: '*' }, source, promised)
      return isWritten ? confirmed(key, promised) : undefined
    },

    get: async (key, options) => (await open(key, options)).bytes,

    async head(key) {
      const command = new HeadObjectCommand(placeOf(key))
      return ask((patience) => client.send(command, patience)).then(storedOf, (error) => {
        if (isNotThere(error)) return undefined
        throw s3Trouble(error, Bucket, key)
      })
    },

    async *list(wanted) {
      let page: ListObjectsV2CommandOutput | undefined
      while (page === undefined || page.IsTruncated) {
        const place = { Bucket, Prefix: prefix + wanted, StartAfter: page?.Contents?.at(-1)?.Key, MaxKeys: pageKeys }
        const asking = ask((patience) => client.send(new ListObjectsV2Command(place), patience))
        page = await asking.catch(inTrouble('the list of objects'))
        for (const { Key = '' } of page.Contents ?? []) yield Key.slice(prefix.length)
      }
    },

    delete: remove,

    async link(key, { lifetimeSeconds, fileName }) {
      const disposition = `attachment; filename="${fileName}"`
      const command = new GetObjectCommand({ ...placeOf(key), ResponseContentDisposition: disposition })
      return getSignedUrl(client, command, { expiresIn: lifetimeSeconds }).catch(inTrouble(key))
    },

    sweepUnfinished: (olderThanMs) =>
      abortUploads(client, { Bucket, Prefix: prefix, time: Date.now() - olderThanMs }).catch((error) => {
        if (isNotOffered(error)) return 0
        throw s3Trouble(error, Bucket, 'the list of unfinished uploads')
      }),
  }
}

const storedOf = ({ ContentLength = 0, ETag = '' }: { ContentLength?: number; ETag?: string }): Stored => ({
  sizeBytes: ContentLength,
  revision: ETag.replaceAll('"', ''),
})
