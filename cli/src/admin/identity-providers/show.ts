/** `cadastre admin identity-providers show`: one identity provider, and the address to register there. */
import type { Command } from 'commander'
import { action, type Call } from '../../call.ts'
import { examples } from '../../help.ts'
import { answered } from '../../registry.ts'
import type { Report } from '../../report.ts'
import { providerLines, providerRow, redirectNote } from './provider.ts'

export function addIdentityProvidersShow(providers: Command): void {
  const command = providers
    .command('show')
    .description('Show one identity provider.')
    .argument('<name>', 'its name')
    .action(action(showProvider))
  examples(command, ['cadastre admin identity-providers show acme-sso'])
}

async function showProvider(call: Call, name: string): Promise<Report> {
  const { api } = await call.registry()
  const provider = await answered(api.GET('/api/v1/identity-providers/{name}', { params: { path: { name } } }))
  return {
    schema: 'cadastre.admin.identity-providers.show.v1',
    data: provider,
    rows: [providerRow(provider)],
    lines: providerLines(provider),
    notes: [redirectNote(provider)],
  }
}
