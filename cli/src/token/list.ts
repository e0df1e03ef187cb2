/** `cadastre token list`: your API keys, and those that you may manage. */
import type { components } from '@cadastre/contract/openapi.gen'
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { usage } from '../exit.ts'
import { examples } from '../help.ts'
import { everyItem } from '../registry.ts'
import type { Report } from '../report.ts'

type Flags = { mine?: boolean; all?: boolean }

export function addTokenList(token: Command): void {
  const command = token
    .command('list')
    .description('List your API keys, and those that you may manage.')
    .option('--mine', 'only your own')
    .option('--all', 'every key that you may see (default)')
    .action(action(listTokens))
  examples(command, ['cadastre token list --mine', 'cadastre token list | grep expired | cut -f1'])
}

async function listTokens(call: Call, { mine, all }: Flags): Promise<Report> {
  if (mine && all) throw usage('Your own keys are not all of them.', 'Give --mine or --all, not both.')
  const { api } = await call.registry()
  const query = { limit: 100, mine: mine ? ('true' as const) : undefined }
  const items = await everyItem((cursor) => api.GET('/api/v1/api-keys', { params: { query: { ...query, cursor } } }))
  return {
    schema: 'cadastre.token.list.v1',
    data: { items },
    columns: ['id', 'name', 'state', 'prefix', 'organization', 'owner', 'scopes', 'namespaces', 'expires', 'last used'],
    rows: items.map((key) => [
      key.id,
      key.name,
      stateOf(key),
      key.prefix,
      key.organization ?? 'platform',
      key.owner,
      key.scopes.join(','),
      key.namespaces.join(','),
      key.expiresAt,
      key.lastUsedAt,
    ]),
    notes: items.length === 0 ? ['No API keys that you may see.'] : [],
  }
}

function stateOf({ revokedAt, expiresAt, replacedBy }: components['schemas']['ApiKey']): string {
  if (revokedAt) return 'revoked'
  if (expiresAt && Date.parse(expiresAt) <= Date.now()) return 'expired'
  return replacedBy ? 'replaced' : 'active'
}
