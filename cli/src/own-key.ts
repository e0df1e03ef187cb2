/** The API key that a command comes with, as its registry knows it. */
import type { components } from '@cadastre/contract/openapi.gen'
import { Failure } from './exit.ts'
import { everyItem, type Registry } from './registry.ts'

/** @param id as whoami says it @returns undefined when whoever comes with it may not see it */
export async function ownKey({ api }: Registry, id: string): Promise<components['schemas']['ApiKey'] | undefined> {
  try {
    const keys = await everyItem((cursor) =>
      api.GET('/api/v1/api-keys', { params: { query: { limit: 100, mine: 'true', cursor } } }),
    )
    return keys.find((key) => key.id === id)
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}
