/** Storage in Google Cloud Storage. The revision of an object is its generation. */
import type { Readable } from 'node:stream'
import type { Config } from '../config/settings.ts'
import { gcsAccess } from './gcs-access.ts'
import { gcsHttp } from './gcs-http.ts'
import { type GcsObject, uploadToGcs } from './gcs-upload.ts'
import { plainCause, wholeStream } from './patience.ts'
import { checkedKey, type Promised, type Storage, type Stored, storageError, troubleOf } from './storage.ts'
import { readBack, uploadPromised } from './upload-checks.ts'

export async function gcsStorage(
  settings: Config['storage']['gcs'],
  { silenceMs = 20_000, pageKeys = 1_000 } = {},
): Promise<Storage> {
  const { bucket = '', prefix = '' } = settings
  const { endpoint, authorization, signLink } = gcsAccess(settings, silenceMs)
  const http = gcsHttp(endpoint, authorization, silenceMs)
  const bucketPath = `/storage/v1/b/${encodeURIComponent(bucket)}`
  const nameOf = (key: string) => prefix + checkedKey(key)
  const pathOf = (key: string) => `${bucketPath}/o/${encodeURIComponent(nameOf(key))}`
  const place = (key: string) => `${key} in the Google bucket ${bucket}`

  /** @returns undefined when `ifGenerationMatch` asks for nothing to be there and there was something */
  async function write(key: string, source: Readable, promised: Promised, ifGenerationMatch?: '0') {
    const upload = { bucketPath, name: nameOf(key), sizeBytes: promised.sizeBytes, ifGenerationMatch }
    const stored = await uploadPromised<Stored | undefined>(
      key,
      source,
      promised,
      async (checked) => storedOf(await uploadToGcs(http, checked, upload)),
      (error) => {
        if (ifGenerationMatch && statusOf(error) === 412) return undefined
        throw asTrouble(error, place(key))
      },
    )
    return stored && readBack(storage, key, stored, promised, (revision) => remove(key, revision))
  }

  async function remove(key: string, ifGenerationMatch?: string): Promise<void> {
    await http.ask({ method: 'DELETE', path: pathOf(key), query: { ifGenerationMatch } }, [200, 204]).catch((error) => {
      if (!isMissing(error)) throw asTrouble(error, place(key))
    })
  }

  async function head(key: string): Promise<Stored | undefined> {
    const found = await http
      .ask({ method: 'GET', path: pathOf(key), query: { fields: 'name,size,generation' } })
      .catch((error) => {
        if (!isMissing(error)) throw asTrouble(error, place(key))
        return undefined
      })
    return found && storedOf(found.json as GcsObject)
  }

  const storage: Storage = {
    backend: 'gcs',

    put: async (key, source, promised) => (await write(key, source, promised))!,

    putIfAbsent: (key, source, promised) => write(key, source, promised, '0'),

    async get(key, { range, revision } = {}) {
      const answer = await http
        .open(
          {
            method: 'GET',
            path: pathOf(key),
            query: { alt: 'media', ifGenerationMatch: revision },
            headers: {
              // Otherwise Google unpacks what somebody stored as gzip, and the bytes are not those of the object.
              'accept-encoding': 'gzip',
              ...(range && { range: `bytes=${range.start}-${range.end}` }),
            },
          },
          [range ? 206 : 200],
        )
        .catch(async (error) => {
          // Google may say of what is not there, too, that it is another generation.
          if (statusOf(error) !== 412 || (await head(key))) throw asTrouble(error, place(key))
          throw storageError('missing', `${place(key)} is not there`, plainCause(error))
        })
      const sizeBytes = range
        ? range.end - range.start + 1
        : Number(answer.headers['content-length'] ?? answer.headers['x-goog-stored-content-length'])
      return wholeStream(answer, sizeBytes, place(key))
    },

    head,

    async *list(beginning) {
      let pageToken: string | undefined
      do {
        const query = {
          prefix: prefix + beginning,
          maxResults: String(pageKeys),
          fields: 'items/name,nextPageToken',
          pageToken,
        }
        const { json } = await http.ask({ method: 'GET', path: `${bucketPath}/o`, query }).catch((error) => {
          throw asTrouble(error, `the Google bucket ${bucket}`)
        })
        const page = json as { items?: { name: string }[]; nextPageToken?: string }
        for (const { name } of page.items ?? []) yield name.slice(prefix.length)
        pageToken = page.nextPageToken
      } while (pageToken)
    },

    delete: (key) => remove(key),

    async link(key, options) {
      return signLink(nameOf(key), options).catch((error) => {
        throw asTrouble(error, `a link to ${place(key)}`)
      })
    },

    // Sessions of uploads cannot be listed, and Google ends them after a week.
    sweepUnfinished: async () => 0,
  }
  return storage
}

const storedOf = ({ size, generation }: GcsObject): Stored => ({ sizeBytes: Number(size), revision: generation })

const statusOf = (error: unknown) => (error as { statusCode?: number }).statusCode

const isMissing = (error: unknown) => statusOf(error) === 404 && !/bucket does not exist/.test((error as Error).message)

function asTrouble(error: unknown, place: string): Error {
  if (troubleOf(error)) return error as Error
  const cause = plainCause(error)
  if (isMissing(error)) return storageError('missing', `${place} is not there`, cause)
  const status = statusOf(error)
  if (status === 412) return storageError('altered', `${place} is not the one that was written`, cause)
  const said =
    status === undefined
      ? `is out of reach (${(error as { code?: string }).code ?? (error as Error).name})`
      : `answers ${status}`
  return storageError('unavailable', `Google ${said}, asked for ${place}`, cause)
}
