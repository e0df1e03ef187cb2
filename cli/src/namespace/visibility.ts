/** Who may read a namespace. */
import type { components } from '@cadastre/contract/openapi.gen'
import { Option } from 'commander'

export type Visibility = components['schemas']['Visibility']

export const visibilities = ['private', 'internal', 'public'] as const satisfies Visibility[]

export const visibilityOption = () =>
  new Option(
    '--visibility <visibility>',
    'who may read it: members (private), everybody signed in (internal), anyone (public)',
  ).choices(visibilities)
