/** `cadastre admin identity-providers list`: whose word about people counts. */
import type { Command } from 'commander'
import { action, type Call } from '../../call.ts'
import { examples } from '../../help.ts'
import { answered } from '../../registry.ts'
import type { Report } from '../../report.ts'
import { providerColumns, providerRow } from './provider.ts'

export function addIdentityProvidersList(providers: Command): void {
  const command = providers
    .command('list')
    .description('List the identity providers, those of the settings first.')
    .action(action(listProviders))
  examples(command, ['cadastre admin identity-providers list'])
}

async function listProviders(call: Call): Promise<Report> {
  const { api } = await call.registry()
  const { items } = await answered(api.GET('/api/v1/identity-providers'))
  return {
    schema: 'cadastre.admin.identity-providers.list.v1',
    data: { items },
    columns: providerColumns,
    rows: items.map(providerRow),
    notes: items.length === 0 ? ['There is none: people sign in with a password.'] : [],
  }
}
