/** By what right a registry reads and writes in Google Cloud Storage: what the Google SDK finds, or a key file. */
import { Storage as Sdk } from '@google-cloud/storage'
import type { Config } from '../config/settings.ts'
import { withinMs } from './patience.ts'

export type GcsAccess = {
  endpoint: string
  /** Headers that let a request in. */
  authorization(): Promise<Record<string, string>>
  /** An address that lets whoever has it read this one object. */
  signLink(objectName: string, options: { lifetimeSeconds: number; fileName: string }): Promise<string>
}

export function gcsAccess(settings: Config['storage']['gcs'], silenceMs: number): GcsAccess {
  const { bucket = '', project_id, credentials_file, endpoint } = settings
  const sdk = new Sdk({ projectId: project_id, keyFilename: credentials_file, apiEndpoint: endpoint })
  // As the SDK itself has it: no other service gets to see what opens Google's.
  const isGoogle = /(^|\.)googleapis\.com$/.test(new URL(sdk.apiEndpoint).hostname)
  return {
    endpoint: sdk.apiEndpoint,

    async authorization() {
      if (!isGoogle) return {}
      const headers = sdk.authClient.getClient().then((client) => client.getRequestHeaders(sdk.apiEndpoint))
      return (await withinMs(silenceMs, 'token of Google', headers)) as Record<string, string>
    },

    async signLink(objectName, { lifetimeSeconds, fileName }) {
      const [link] = await withinMs(
        silenceMs,
        'signature of Google',
        sdk
          .bucket(bucket)
          .file(objectName)
          .getSignedUrl({
            version: 'v4',
            action: 'read',
            expires: Date.now() + lifetimeSeconds * 1000,
            responseDisposition: `attachment; filename="${fileName}"`,
          }),
      )
      return link
    },
  }
}
