/** What identity providers call a person. */
import type { components } from '@cadastre/contract/openapi.gen'
import { answered, type Registry } from '../../registry.ts'

export type Identity = components['schemas']['Identity']

/** @throws Failure for who holds users:read in some organizations alone, unless it is their own */
export async function listIdentities({ api }: Registry, id: string): Promise<Identity[]> {
  return (await answered(api.GET('/api/v1/users/{id}/identities', { params: { path: { id } } }))).items
}
