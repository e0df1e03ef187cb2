/** `cadastre admin organizations update`: changes what an organization is called. */
import type { Command } from 'commander'
import { action, type Call } from '../../call.ts'
import { examples } from '../../help.ts'
import { answered } from '../../registry.ts'
import type { Report } from '../../report.ts'

export function addOrganizationsUpdate(organizations: Command): void {
  const command = organizations
    .command('update')
    .description('Change what an organization is called; its name stays.')
    .argument('<name>', 'the organization')
    .requiredOption('--display-name <text>', 'what it is called from now on')
    .action(action(updateOrganization))
  examples(command, ['cadastre admin organizations update payments --display-name Payments'])
}

async function updateOrganization(call: Call, organization: string, flags: { displayName: string }): Promise<Report> {
  const { api } = await call.registry()
  const changed = await answered(
    api.PUT('/api/v1/organizations/{organization}', {
      params: { path: { organization } },
      body: { displayName: flags.displayName },
    }),
  )
  return {
    schema: 'cadastre.admin.organizations.update.v1',
    data: changed,
    rows: [[changed.name, changed.displayName]],
    lines: [`The organization ${changed.name} is called ${JSON.stringify(changed.displayName)} now.`],
  }
}
