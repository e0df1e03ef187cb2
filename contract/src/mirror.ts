/** The provider network mirror, as the API speaks of it. */
import * as z from 'zod'

export const Mirror = z
  .object({
    url: z.string().meta({
      description: 'For network_mirror in the CLI configuration.',
      example: 'https://registry.example.com/v1/mirror/',
    }),
    hostnames: z
      .array(z.string())
      .meta({ description: 'Host names of providers that it answers for.', example: ['registry.example.com'] }),
  })
  .meta({ id: 'Mirror' })
export type Mirror = z.infer<typeof Mirror>
