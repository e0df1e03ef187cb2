/** Providers, their versions, platforms and the files that make a version, as the API speaks of them. */
import * as z from 'zod'
import { NamespaceName, ProviderType } from './addresses.ts'
import { ListSort, ListWords, PageQuery } from './paging.ts'
import { NewestSourceUrl, SourceVersion, VersionSource } from './version-source.ts'

export const ProviderParams = z.object({ namespace: NamespaceName, type: ProviderType })
export const ProviderListQuery = PageQuery.extend({ namespace: NamespaceName.optional(), q: ListWords, sort: ListSort })
export type ProviderListQuery = z.infer<typeof ProviderListQuery>
export const ProviderVersionParams = ProviderParams.extend({ version: z.string().min(1).max(256) })
export const ProviderFileParams = ProviderVersionParams.extend({ filename: z.string().min(1).max(255) })

export const ProviderPlatform = z
  .object({
    platform: z.string().meta({ example: 'linux_amd64' }),
    filename: z.string(),
    sha256: z.string().meta({ description: 'Of the zip, as in SHA256SUMS.' }),
    h1: z.string().meta({ description: 'What a lock file records of the unpacked zip.' }),
    sizeBytes: z.number().int().nullable(),
    downloads: z.number().int(),
  })
  .meta({ id: 'ProviderPlatform' })
export type ProviderPlatform = z.infer<typeof ProviderPlatform>

export const ProviderVersion = z
  .object({
    address: z.string().meta({ example: 'acme/greeter' }),
    version: z.string().meta({ example: '1.2.0' }),
    state: z.enum(['active', 'deprecated', 'revoked', 'deleted']),
    deprecation: z.string().meta({ description: 'Why, when it is deprecated; terraform init prints it.' }),
    protocols: z.array(z.string()).meta({ example: ['6.0'] }),
    platforms: z.array(ProviderPlatform),
    source: VersionSource.nullable().meta({ description: 'Where its code comes from; null: nobody said it.' }),
    signingKey: z.object({
      fingerprint: z.string(),
      keyId: z.string(),
      expiresAt: z.iso.datetime().nullable(),
    }),
    downloads: z.number().int(),
    publishedBy: z.string(),
    publishedAt: z.iso.datetime(),
  })
  .meta({ id: 'ProviderVersion' })
export type ProviderVersion = z.infer<typeof ProviderVersion>

export const Provider = z
  .object({
    address: z.string().meta({ example: 'acme/greeter' }),
    namespace: z.string(),
    type: z.string(),
    description: z.string(),
    deprecation: z.string(),
    sourceUrl: NewestSourceUrl,
    sourceVersion: SourceVersion,
    latestVersion: z.string().nullable().meta({ description: 'Newest version that is not a prerelease.' }),
    latestState: z.enum(['active', 'deprecated']).nullable().meta({ description: 'Of that version.' }),
    latestPublishedAt: z.iso.datetime().nullable().meta({ description: 'Of that version.' }),
    downloads: z.number().int(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Provider' })
export type Provider = z.infer<typeof Provider>

export const StagedFile = z
  .object({
    filename: z.string().meta({ example: 'terraform-provider-greeter_1.2.0_linux_amd64.zip' }),
    sha256: z.string(),
    sizeBytes: z.number().int(),
    stagedAt: z.iso.datetime(),
  })
  .meta({ id: 'StagedFile' })
export type StagedFile = z.infer<typeof StagedFile>

export const StagedFiles = z
  .object({ items: z.array(StagedFile) })
  .meta({ id: 'StagedFiles', description: 'What has arrived of a version; forgotten after 24 hours.' })

export const PublishedProvider = z
  .object({
    outcome: z.enum(['published', 'already-published']),
    version: ProviderVersion,
    warnings: z.array(z.string()),
  })
  .meta({ id: 'PublishedProvider' })
export type PublishedProvider = z.infer<typeof PublishedProvider>

export const WaitingProvider = z
  .object({
    outcome: z.literal('waiting'),
    missing: z.array(z.string()).meta({ description: 'Files that the version still waits for.' }),
    version: z.null(),
    warnings: z.array(z.string()),
  })
  .meta({ id: 'WaitingProvider', description: 'What has arrived fits together, and nothing is live yet.' })

export const PlatformUpload = z
  .object({
    outcome: z.enum(['waiting', 'published', 'already-published']),
    missing: z.array(z.string()).meta({ description: 'Files that the version still waits for.' }),
    version: ProviderVersion.nullable(),
    warnings: z.array(z.string()),
  })
  .meta({ id: 'PlatformUpload' })
export type PlatformUpload = z.infer<typeof PlatformUpload>

export const Deprecation = z
  .object({
    message: z
      .string()
      .trim()
      .min(1, 'must say something')
      .max(500, 'must be at most 500 characters')
      .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]*$/u, 'must be one line of plain text'),
  })
  .meta({ id: 'Deprecation' })

/** As it stands in an address; a port that is not 443 is part of it. */
export const ProviderHostname = z
  .string()
  .max(260)
  .regex(
    /^(?:[0-9a-z](?:[0-9a-z-]*[0-9a-z])?\.)*[0-9a-z](?:[0-9a-z-]*[0-9a-z])?(?::[1-9][0-9]{0,4})?$/i,
    'must be a host name, with its port unless that is 443',
  )
  .meta({ example: 'registry.example.com' })

export const ProviderLock = z
  .object({
    provider: z.string().meta({ example: 'registry.example.com/acme/greeter' }),
    version: z.string(),
    hashes: z
      .array(z.string())
      .meta({ description: 'h1: of every platform, zh: of every line of SHA256SUMS; sorted.' }),
    platforms: z
      .array(
        z.object({
          platform: z.string().meta({ example: 'linux_amd64' }),
          h1: z.string().meta({ description: 'Of the unpacked zip: what terraform records.' }),
          zipH1: z.string().meta({ description: 'Of the zip, its folders included: what the mirror lists.' }),
        }),
      )
      .meta({ description: 'Which h1: belongs to which platform.' }),
  })
  .meta({ id: 'ProviderLock' })
export type ProviderLock = z.infer<typeof ProviderLock>
