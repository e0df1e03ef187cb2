/** Modules and their versions, as the API speaks of them. */
import * as z from 'zod'
import { ModuleName, NamespaceName, SystemName } from './addresses.ts'
import { ListSort, ListWords, PageQuery } from './paging.ts'
import { NewestSourceUrl, SourceVersion, VersionSource } from './version-source.ts'

export const ModuleParams = z.object({ namespace: NamespaceName, name: ModuleName, system: SystemName })
export const ModuleListQuery = PageQuery.extend({
  namespace: NamespaceName.optional(),
  system: SystemName.optional(),
  q: ListWords,
  sort: ListSort,
})
export type ModuleListQuery = z.infer<typeof ModuleListQuery>
export const ModuleVersionParams = ModuleParams.extend({ version: z.string().min(1).max(256) })

/** What a version number says of a release, from nothing to everything. */
export const VersionStep = z.enum(['none', 'patch', 'minor', 'major']).meta({ id: 'VersionStep' })
export type VersionStep = z.infer<typeof VersionStep>

export const ModuleVersion = z
  .object({
    address: z.string().meta({ example: 'acme/vpc/aws' }),
    version: z.string().meta({ example: '1.2.0' }),
    state: z.enum(['active', 'deprecated', 'revoked', 'deleted']),
    description: z.string(),
    source: VersionSource.nullable().meta({ description: 'Where its code comes from; null: nobody said it.' }),
    sha256: z.string().nullable().meta({ description: 'Of the archive that clients download.' }),
    sizeBytes: z.number().int().nullable(),
    downloads: z.number().int(),
    publishedBy: z.string(),
    publishedAt: z.iso.datetime(),
    measuredStep: VersionStep.nullable().meta({
      description:
        'The step of SemVer that its changes make; null: there is no release below it, one of the two could not be read, or nobody has measured it.',
    }),
    measuredFrom: z.string().nullable().meta({
      description: 'The release that it was measured against: the newest below it.',
      example: '1.1.0',
    }),
  })
  .meta({ id: 'ModuleVersion' })
export type ModuleVersion = z.infer<typeof ModuleVersion>

export const Module = z
  .object({
    address: z.string().meta({ example: 'acme/vpc/aws' }),
    namespace: z.string(),
    name: z.string(),
    system: z.string(),
    description: z.string(),
    sourceUrl: NewestSourceUrl,
    sourceVersion: SourceVersion,
    latestVersion: z.string().nullable().meta({ description: 'Newest version that is not a prerelease.' }),
    latestState: z.enum(['active', 'deprecated']).nullable().meta({ description: 'Of that version.' }),
    latestPublishedAt: z.iso.datetime().nullable().meta({ description: 'Of that version.' }),
    downloads: z.number().int(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Module' })
export type Module = z.infer<typeof Module>

export const PublishedModule = z
  .object({
    outcome: z
      .enum(['published', 'already-published', 'would-publish'])
      .meta({ description: '`would-publish` of a dry run: nothing was kept.' }),
    version: ModuleVersion,
    warnings: z.array(z.string()).meta({ description: 'Such as that its number promises more than it keeps.' }),
  })
  .meta({ id: 'PublishedModule' })
