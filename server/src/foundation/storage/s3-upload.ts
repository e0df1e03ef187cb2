/** Uploads to S3 in parts, as many as fit into little memory, and what is left of those that were interrupted. */
import type { Readable } from 'node:stream'
import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { isSomethingThere, s3Trouble } from './s3-trouble.ts'
import type { Promised } from './storage.ts'
import { uploadPromised } from './upload-checks.ts'

// Four parts on their way and two being put together: 48 MB for one upload.
const partBytes = 8 * 1024 * 1024
const partsAtOnce = 4

type Place = { Bucket: string | undefined; Key: string | undefined }

/** @returns false when something was there already and `IfNoneMatch` minded it */
export function uploadInParts(
  client: S3Client,
  place: Place & { Key: string; IfNoneMatch?: string },
  source: Readable,
  promised: Promised,
): Promise<boolean> {
  return uploadPromised(
    place.Key,
    source,
    promised,
    async (checked) => {
      const params = { ...place, Body: checked, ContentType: 'application/octet-stream' }
      const upload = new Upload({
        client,
        params,
        partSize: partBytes,
        queueSize: partsAtOnce,
        leavePartsOnError: true,
      })
      try {
        await upload.done()
        return true
      } catch (error) {
        // Not left to the SDK, which would tell what is wrong with that in place of what was wrong before.
        if (upload.uploadId) await abort(client, place, upload.uploadId).catch(() => {})
        throw error
      }
    },
    (error) => {
      if (place.IfNoneMatch !== undefined && isSomethingThere(error)) return false
      throw s3Trouble(error, place.Bucket, place.Key)
    },
  )
}

/** @returns how many there were that had begun before `time` */
export async function abortUploads(
  client: S3Client,
  { Bucket, Prefix, time }: { Bucket: string | undefined; Prefix: string; time: number },
): Promise<number> {
  let aborted = 0
  for (let page: ListMultipartUploadsCommandOutput | undefined; page === undefined || page.IsTruncated; ) {
    const after = { KeyMarker: page?.NextKeyMarker, UploadIdMarker: page?.NextUploadIdMarker }
    page = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix, ...after }))
    const old = (page.Uploads ?? []).filter(({ Initiated }) => Initiated !== undefined && Initiated.getTime() < time)
    for (const { Key, UploadId } of old) {
      await abort(client, { Bucket, Key }, UploadId).catch(unlessGone)
      aborted += 1
    }
  }
  return aborted
}

const abort = (client: S3Client, { Bucket, Key }: Place, UploadId: string | undefined) =>
  client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }))

/** It may have come to its end just now, or another server sweeps too. */
function unlessGone(error: Error): void {
  if (error.name !== 'NoSuchUpload') throw error
}
