/** How the S3 driver comes in: the client of the SDK, with its credentials and its patience. */
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import { fromTemporaryCredentials, fromTokenFile } from '@aws-sdk/credential-providers'
import type { Config } from '../config/settings.ts'
import { patientAgent } from './patience.ts'

type Settings = Config['storage']['s3']

// The SDK wants to be heard on Node 20, of which versions newer than the pinned one know nothing.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

/** As the records of the cloud show the registry. */
const sessionName = 'cadastre'

export function s3Client(settings: Settings, silenceMs: number): S3Client {
  const common = {
    region: settings.region ?? process.env.AWS_REGION ?? 'us-east-1',
    maxAttempts: 3,
    requestHandler: {
      httpAgent: patientAgent('http:', silenceMs),
      httpsAgent: patientAgent('https:', silenceMs),
      // The agents know a silent store from a slow reader; this would not.
      socketTimeout: 0,
    },
  }
  return new S3Client({
    ...common,
    endpoint: settings.endpoint,
    forcePathStyle: settings.endpoint !== undefined,
    credentials: credentialsOf(settings, common),
    expectContinueHeader: false,
    // Services other than AWS may not know these checksums; bytes are compared by SHA-256 in any case.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
}

/** @returns undefined for the chain of the SDK */
function credentialsOf(settings: Settings, clientConfig: S3ClientConfig): S3ClientConfig['credentials'] {
  const { auth_method: method, role_arn: roleArn } = settings
  if (method === 'assume_role') {
    return fromTemporaryCredentials({
      masterCredentials: keysOf(settings),
      params: { RoleArn: roleArn, RoleSessionName: sessionName },
      clientConfig,
    })
  }
  if (method === 'web_identity') return fromTokenFile({ roleArn, roleSessionName: sessionName, clientConfig })
  return keysOf(settings)
}

function keysOf({ access_key_id: accessKeyId, secret_access_key: secretAccessKey }: Settings) {
  return accessKeyId !== undefined && secretAccessKey !== undefined ? { accessKeyId, secretAccessKey } : undefined
}
