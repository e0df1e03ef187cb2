/** Storage in Azure Blob Storage. An object is a block blob, whose blocks nobody sees before they are committed. */
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { type BlobRequestConditions, BlobServiceClient, newPipeline } from '@azure/storage-blob'
import type { Config } from '../config/settings.ts'
import { azureAccess } from './azure-access.ts'
import { patientAgent, plainCause, wholeStream } from './patience.ts'
import { checkedKey, type Promised, type Storage, type Stored, storageError, troubleOf } from './storage.ts'
import { readBack, uploadPromised } from './upload-checks.ts'

// 32 MB at most per upload: four blocks, on their way or being filled.
const blockBytes = 8 * 1024 * 1024
const blocksAtOnce = 4

export async function azureStorage(
  settings: Config['storage']['azure'],
  { silenceMs = 20_000 } = {},
): Promise<Storage> {
  const { account_name: account, container_name: containerName = '', prefix = '' } = settings
  const endpoint = (settings.endpoint ?? `https://${account}.blob.core.windows.net`).replace(/\/+$/, '')
  const { credential, serviceUrl, signLink } = await azureAccess(settings, endpoint, silenceMs)
  const options = {
    // Not in the types of the SDK, which hands it on to its HTTP client.
    agent: patientAgent(new URL(endpoint).protocol, silenceMs),
    retryOptions: { maxTries: 3, retryDelayInMs: 200, maxRetryDelayInMs: 2_000 },
  }
  const service = new BlobServiceClient(serviceUrl, newPipeline(credential, options))
  const container = service.getContainerClient(containerName)
  const nameOf = (key: string) => prefix + checkedKey(key)
  const blob = (key: string) => container.getBlockBlobClient(nameOf(key))
  const place = (key: string) => `${key} in the Azure container ${containerName}`

  /** @returns undefined when `conditions` ask for nothing to be there and there was something */
  async function write(key: string, source: Readable, promised: Promised, conditions: BlobRequestConditions) {
    const target = blob(key)
    const options = { conditions, blobHTTPHeaders: { blobContentType: 'application/octet-stream' } }
    const stored = await uploadPromised<Stored | undefined>(
      key,
      source,
      promised,
      async (checked) => {
        const { etag } =
          promised.sizeBytes <= blockBytes
            ? await target.upload(await buffer(checked), promised.sizeBytes, options)
            : await target.uploadStream(checked, blockBytes, blocksAtOnce, options)
        return { sizeBytes: promised.sizeBytes, revision: revisionOf(etag) }
      },
      (error) => {
        // Whoever commits a blob first takes the blocks of all others away.
        if (conditions.ifNoneMatch && /^(BlobAlreadyExists|ConditionNotMet|InvalidBlockList)$/.test(codeOf(error)))
          return undefined
        throw asTrouble(error, place(key))
      },
    )
    return (
      stored &&
      readBack(storage, key, stored, promised, (revision) =>
        target.deleteIfExists({ conditions: { ifMatch: `"${revision}"` } }),
      )
    )
  }

  const storage: Storage = {
    backend: 'azure',

    put: async (key, source, promised) => (await write(key, source, promised, {}))!,

    putIfAbsent: (key, source, promised) => write(key, source, promised, { ifNoneMatch: '*' }),

    async get(key, { range, revision } = {}) {
      const [offset, count] = range ? [range.start, range.end - range.start + 1] : [0, undefined]
      const conditions = revision === undefined ? {} : { ifMatch: `"${revision}"` }
      const found = await blob(key)
        // Without the SDK's own going on after a break, in which the stream would have no end that can be told.
        .download(offset, count, { conditions, maxRetryRequests: 0 })
        .catch(rethrow(place(key)))
      return wholeStream(found.readableStreamBody as Readable, count ?? found.contentLength!, place(key))
    },

    async head(key) {
      const found = await blob(key)
        .getProperties()
        .catch((error) => {
          const trouble = asTrouble(error, place(key))
          if (troubleOf(trouble) !== 'missing') throw trouble
          return undefined
        })
      return found && { sizeBytes: found.contentLength!, revision: revisionOf(found.etag) }
    },

    async *list(beginning) {
      try {
        for await (const { name } of container.listBlobsFlat({ prefix: prefix + beginning }))
          yield name.slice(prefix.length)
      } catch (error) {
        throw asTrouble(error, `the Azure container ${containerName}`)
      }
    },

    async delete(key) {
      await blob(key)
        .deleteIfExists({ deleteSnapshots: 'include' })
        .catch(rethrow(place(key)))
    },

    async link(key, options) {
      const name = nameOf(key)
      const base = settings.cdn_url?.replace(/\/+$/, '') ?? `${endpoint}/${containerName}`
      const signature = await signLink(service, name, options).catch(rethrow(`a link to ${place(key)}`))
      return signature && `${base}/${name}?${signature}`
    },

    // Blocks that were never committed belong to no blob that could be listed, and Azure removes them after a week.
    sweepUnfinished: async () => 0,
  }
  return storage
}

const revisionOf = (etag: string | undefined) => etag!.replaceAll('"', '')

/** Also where an answer has no body to say it in. */
function codeOf(error: unknown): string {
  const { code, details } = error as { code?: string; details?: { errorCode?: string } }
  return code ?? details?.errorCode ?? ''
}

const rethrow = (place: string) => (error: unknown) => {
  throw asTrouble(error, place)
}

function asTrouble(error: unknown, place: string): Error {
  if (troubleOf(error)) return error as Error
  const { statusCode, code, name } = error as Error & { statusCode?: number; code?: string }
  const reason = codeOf(error)
  const cause = plainCause(error)
  if (statusCode === 404 && reason !== 'ContainerNotFound')
    return storageError('missing', `${place} is not there`, cause)
  if (statusCode === 412) return storageError('altered', `${place} is not the one that was written`, cause)
  const said = statusCode === undefined ? `is out of reach (${code ?? name})` : `answers ${statusCode} ${reason}`
  return storageError('unavailable', `Azure ${said.trim()}, asked for ${place}`, cause)
}
