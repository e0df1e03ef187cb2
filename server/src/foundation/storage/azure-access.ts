/** By what right a registry reads and writes in Azure, and what it signs links with. */
import type { TokenCredential } from '@azure/identity'
import {
  AnonymousCredential,
  BlobSASPermissions,
  type BlobServiceClient,
  generateBlobSASQueryParameters,
  SASProtocol,
  StorageSharedKeyCredential,
  type UserDelegationKey,
} from '@azure/storage-blob'
import type { Config } from '../config/settings.ts'
import { withinMs } from './patience.ts'

type Settings = Config['storage']['azure']
type LinkOptions = { lifetimeSeconds: number; fileName: string }

type Access = {
  credential: StorageSharedKeyCredential | AnonymousCredential | TokenCredential
  serviceUrl: string
  /** @returns the query that lets whoever has it read this one blob; undefined where the registry can give no such right */
  signLink(service: BlobServiceClient, blobName: string, options: LinkOptions): Promise<string | undefined>
}

// What a link signs is said by its version; one that stays makes links that do not change with the SDK.
const signatureVersion = '2020-12-06'

// Azure signs with such a key for a week at most; one is asked for long before links of it would end too early.
const delegationMs = 6 * 60 * 60 * 1000
const delegationReserveMs = 60 * 60 * 1000

export async function azureAccess(settings: Settings, endpoint: string, silenceMs: number): Promise<Access> {
  const { account_name: account = '', auth_method: method } = settings
  if (method === 'sas') {
    // Links would have to carry this token, which lets their holders write and delete; so there are none.
    const token = settings.sas_token!.replace(/^\?/, '')
    return {
      credential: new AnonymousCredential(),
      serviceUrl: `${endpoint}?${token}`,
      signLink: async () => undefined,
    }
  }
  if (method === 'account_key') {
    const credential = new StorageSharedKeyCredential(account, settings.account_key!)
    return {
      credential,
      serviceUrl: endpoint,
      signLink: async (_service, blobName, options) =>
        generateBlobSASQueryParameters(linkValues(settings, endpoint, blobName, options), credential).toString(),
    }
  }
  const { DefaultAzureCredential } = await import('@azure/identity')
  const identity = new DefaultAzureCredential()
  const delegation = delegationKeys()
  return {
    credential: {
      getToken: (scopes, options) => withinMs(silenceMs, 'token of Azure', identity.getToken(scopes, options)),
    },
    serviceUrl: endpoint,
    signLink: async (service, blobName, options) =>
      generateBlobSASQueryParameters(
        linkValues(settings, endpoint, blobName, options),
        await delegation(service),
        account,
      ).toString(),
  }
}

function linkValues(
  settings: Settings,
  endpoint: string,
  blobName: string,
  { lifetimeSeconds, fileName }: LinkOptions,
) {
  return {
    containerName: settings.container_name!,
    blobName,
    version: signatureVersion,
    permissions: BlobSASPermissions.parse('r'),
    expiresOn: new Date(Date.now() + lifetimeSeconds * 1000),
    protocol: endpoint.startsWith('http:') ? SASProtocol.HttpsAndHttp : SASProtocol.Https,
    contentDisposition: `attachment; filename="${fileName}"`,
  }
}

/** One key for all links, until it comes near its end; whoever comes meanwhile waits for the same one. */
function delegationKeys(): (service: BlobServiceClient) => Promise<UserDelegationKey> {
  let known: { key: Promise<UserDelegationKey>; goodUntil: number } | undefined
  return (service) => {
    const now = Date.now()
    if (known && known.goodUntil > now) return known.key
    const key = service.getUserDelegationKey(new Date(now - 5 * 60 * 1000), new Date(now + delegationMs))
    known = { key, goodUntil: now + delegationMs - delegationReserveMs }
    key.catch(() => {
      known = undefined
    })
    return key
  }
}
