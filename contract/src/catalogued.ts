/** Modules and providers of other registries, as their catalogue knows them, as the API speaks of them. */
import * as z from 'zod'
import { CatalogueSource } from './catalogue.ts'
import { page } from './paging.ts'

const notTold = 'Null: its registry does not tell.'

export const CataloguedRegistry = CatalogueSource.pick({ hostname: true, kind: true, importedAt: true })
  .extend({
    modules: z.number().int().meta({ description: 'How many of them you may read.' }),
    providers: z.number().int().meta({ description: 'How many of them you may read.' }),
    configuration: z.string().meta({
      description: 'A host block: with it in their configuration, clients ask this registry instead of that one.',
    }),
  })
  .meta({ id: 'CataloguedRegistry' })
export type CataloguedRegistry = z.infer<typeof CataloguedRegistry>

const told = {
  hostname: z.string().meta({ example: 'registry.opentofu.org' }),
  address: z.string().meta({ description: 'As its registry writes it, without the host name.' }),
  description: z.string().meta({ description: 'Empty when its registry does not tell.' }),
  source: z.string().meta({ description: 'Address of its sources; empty when that is not known.' }),
  downloads: z
    .number()
    .int()
    .nullable()
    .meta({ description: `As its registry counts them. ${notTold}` }),
  popularity: z
    .number()
    .int()
    .nullable()
    .meta({ description: `Stars of its sources. ${notTold}` }),
  verified: z.boolean(),
  archived: z.boolean().meta({ description: 'Its sources are not worked on any more.' }),
  forkOf: z.string().meta({ description: 'Empty: it is no fork, or that is not known.' }),
  latestVersion: z
    .string()
    .nullable()
    .meta({ description: 'The newest stable version, else the newest. Null: it has none that a client can read.' }),
  versions: z.number().int().meta({ description: 'How many there are that a client can read.' }),
  importedAt: z.iso.datetime().nullable().meta({ description: 'When its registry was last imported through.' }),
}

export const CataloguedModule = z.object(told).meta({ id: 'CataloguedModule' })
export type CataloguedModule = z.infer<typeof CataloguedModule>

export const CataloguedProvider = z
  .object({ ...told, warnings: z.array(z.string()).meta({ description: 'What clients are told of it.' }) })
  .meta({ id: 'CataloguedProvider' })
export type CataloguedProvider = z.infer<typeof CataloguedProvider>

const dated = {
  version: z.string(),
  tag: z.string().meta({ description: 'In its sources.' }),
  publishedAt: z.iso.datetime().nullable().meta({ description: notTold }),
  downloads: z.number().int().nullable().meta({ description: notTold }),
}

export const CataloguedModuleVersions = page(z.object(dated).meta({ id: 'CataloguedModuleVersion' }))

export const CataloguedProviderVersions = page(
  z
    .object({ ...dated, protocols: z.array(z.string()), platforms: z.array(z.string()) })
    .meta({ id: 'CataloguedProviderVersion' }),
)

export const CataloguedPlatforms = z
  .object({
    version: z.string(),
    publishedAt: z.iso.datetime().nullable(),
    protocols: z.array(z.string()),
    platforms: z.array(
      z.object({
        platform: z.string().meta({ example: 'linux_amd64' }),
        filename: z.string().meta({ description: 'Empty when its registry tells it with each package alone.' }),
        sha256: z.string().nullable().meta({ description: notTold }),
        h1: z.string().nullable().meta({ description: notTold }),
        sizeBytes: z.number().int().nullable().meta({ description: notTold }),
      }),
    ),
  })
  .meta({ id: 'CataloguedPlatforms' })
export type CataloguedPlatforms = z.infer<typeof CataloguedPlatforms>

const text = z.string().min(1).max(255)
export const CataloguedModuleParams = z.object({ hostname: text, namespace: text, name: text, system: text })
export const CataloguedProviderParams = z.object({ hostname: text, namespace: text, type: text })
export const CataloguedVersionParams = CataloguedProviderParams.extend({ version: z.string().min(1).max(100) })
