/** What went wrong with S3, in a sentence of ours: those of the SDK may name keys and signed addresses. */
import { plainCause } from './patience.ts'
import { storageError } from './storage.ts'

/** As the SDK throws them: with a status from the service, with a code from the network. */
type SdkError = Error & { code?: string; $metadata?: { httpStatusCode?: number } }

/** @param what which object, or what else was asked for */
export function s3Trouble(error: unknown, bucket: string | undefined, what: string): Error {
  const cause = plainCause(error)
  if (isNotThere(error)) return storageError('missing', `${what} is not in S3`, cause)
  if (statusOf(error) === 412) return storageError('altered', `${what} in S3 is not the object that was written`, cause)
  return storageError('unavailable', `${what} cannot be had from S3: ${sentence(error as SdkError, bucket)}`, cause)
}

/** A HEAD has no body that says what is missing, the object or the bucket. */
export const isNotThere = (error: unknown) => ['NoSuchKey', 'NotFound'].includes((error as SdkError).name)

/** 409 when somebody else was a moment quicker. */
export const isSomethingThere = (error: unknown) => [409, 412].includes(statusOf(error) ?? 0)

/** Some services have no list of unfinished uploads, since they keep none. */
export const isNotOffered = (error: unknown) => (error as SdkError).name === 'NotImplemented'

function sentence(error: SdkError, bucket: string | undefined): string {
  const { name, code } = error
  const status = statusOf(error)
  if (name === 'NoSuchBucket') return `there is no bucket ${bucket}`
  if (status === 401 || status === 403) return `the service refuses access (${status} ${name})`
  if (status !== undefined) return `the service answered ${status} ${name}`
  if (name === 'CredentialsProviderError') return 'the place that storage.s3.auth_method names has no credentials'
  if (name === 'AbortError' || name === 'TimeoutError' || code === 'SILENT') return 'the service was silent'
  return `the service cannot be reached (${code ?? name})`
}

const statusOf = (error: unknown) => (error as SdkError).$metadata?.httpStatusCode
