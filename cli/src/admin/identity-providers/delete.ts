/** `cadastre admin identity-providers delete`: removes one, after saying what goes with it. */
import type { Command } from 'commander'
import { action, type Call } from '../../call.ts'
import { confirm } from '../../confirm.ts'
import { examples } from '../../help.ts'
import { answered } from '../../registry.ts'
import type { Report } from '../../report.ts'

export function addIdentityProvidersDelete(providers: Command): void {
  const command = providers
    .command('delete')
    .description('Remove an identity provider, the roles that it gave and the sessions that began with it.')
    .argument('<name>', 'its name')
    .action(action(deleteProvider))
  examples(command, ['cadastre admin identity-providers delete acme-sso --yes'])
}

async function deleteProvider(call: Call, name: string): Promise<Report> {
  const { api } = await call.registry()
  const path = { params: { path: { name } } }
  await answered(api.GET('/api/v1/identity-providers/{name}', path))
  const consequence = `Deleting ${name}: nobody signs in through it any more, the sessions that began with it end, and so do the roles that its groups gave. Accounts stay.`
  if (call.flags.yes) call.say(consequence)
  await confirm(call, consequence, name)
  const deleted = await answered(api.DELETE('/api/v1/identity-providers/{name}', path))
  return {
    schema: 'cadastre.admin.identity-providers.delete.v1',
    data: deleted,
    rows: [[name, 'deleted']],
    lines: [`Deleted the identity provider ${name}.`],
  }
}
