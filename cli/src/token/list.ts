/** `cadastre token list`: the API keys that you may manage. */
import type { components } from '@cadastre/contract/openapi.gen'
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { examples } from '../help.ts'
import { everyItem } from '../registry.ts'
import type { Report } from '../report.ts'

export function addTokenList(token: Command): void {
  const command = token.command('list').description('List the API keys that you may manage.').action(action(listTokens))
  examples(command, ['cadastre token list', 'cadastre token list | grep expired | cut -f1'])
}

async function listTokens(call: Call): Promise<Report> {
  const { api } = await call.registry()
  const items = await everyItem((cursor) => api.GET('/api/v1/api-keys', { params: { query: { cursor, limit: 100 } } }))
  return {
    schema: 'cadastre.token.list.v1',
    data: { items },
    columns: ['id', 'name', 'state', 'prefix', 'organization', 'scopes', 'namespaces', 'expires', 'last used'],
    rows: items.map((key) => [
      key.id,
      key.name,
      stateOf(key),
      key.prefix,
      key.organization ?? 'platform',
      key.scopes.join(','),
      key.namespaces.join(','),
      key.expiresAt,
      key.lastUsedAt,
    ]),
  }
}

function stateOf({ revokedAt, expiresAt }: components['schemas']['ApiKey']): string {
  if (revokedAt) return 'revoked'
  return expiresAt && Date.parse(expiresAt) <= Date.now() ? 'expired' : 'active'
}
