/** Namespaces, as the API speaks of them. */
import { z } from 'zod'
import { NamespaceName } from './addresses.ts'
import { Line } from './texts.ts'

export const visibilities = ['private', 'internal', 'public'] as const
export const Visibility = z.enum(visibilities).meta({
  id: 'Visibility',
  description: 'private: members of the organization; internal: any signed-in caller; public: anyone.',
})

export const Namespace = z
  .object({
    name: z.string(),
    organization: z.string().meta({ description: 'The organization that owns it.' }),
    visibility: Visibility,
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Namespace' })
export type Namespace = z.infer<typeof Namespace>

export const NewNamespace = z
  .strictObject({
    name: NamespaceName,
    organization: Line.optional().meta({ description: 'Who owns it; the default organization unless given.' }),
    visibility: Visibility.default('internal'),
  })
  .meta({ id: 'NewNamespace' })

export const NamespaceChange = z.strictObject({ visibility: Visibility }).meta({ id: 'NamespaceChange' })
