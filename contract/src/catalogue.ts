/** Registries in the catalogue and who may see them, as the API speaks of it. */
import * as z from 'zod'
import { NamespaceName } from './addresses.ts'
import { Visibility } from './namespaces.ts'
import { ProviderHostname } from './providers.ts'

export const CatalogueSource = z
  .object({
    hostname: z.string().meta({ description: 'As its addresses carry it.', example: 'registry.opentofu.org' }),
    kind: z.enum(['opentofu-folder', 'registry-api', 'search-feed']),
    address: z.string().meta({ description: 'Where it was imported from.' }),
    visibility: Visibility,
    namespaces: z
      .array(z.object({ namespace: z.string(), visibility: Visibility }))
      .meta({ description: 'Those for which another visibility was set, by name.' }),
    importedAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'When an import was last through; null: none was so far.' }),
  })
  .meta({ id: 'CatalogueSource' })
export type CatalogueSource = z.infer<typeof CatalogueSource>

export const CatalogueVisibility = z.strictObject({ visibility: Visibility }).meta({
  id: 'CatalogueVisibility',
  description: 'private: who holds a role on the platform; internal: any signed-in caller; public: anyone.',
})

export const CatalogueSourceParams = z.object({ hostname: ProviderHostname })

export const CatalogueNamespaceParams = CatalogueSourceParams.extend({ namespace: NamespaceName })
