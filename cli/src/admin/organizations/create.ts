/** `cadastre admin organizations create`: makes an organization. */
import type { Command } from 'commander'
import { action, type Call } from '../../call.ts'
import { examples } from '../../help.ts'
import { answered } from '../../registry.ts'
import type { Report } from '../../report.ts'

export function addOrganizationsCreate(organizations: Command): void {
  const command = organizations
    .command('create')
    .description('Make an organization.')
    .argument('<name>', 'lower-case letters, digits and -')
    .option('--display-name <text>', 'what it is called', '')
    .action(action(createOrganization))
  examples(command, ['cadastre admin organizations create payments --display-name "Payments and billing"'])
}

async function createOrganization(call: Call, name: string, flags: { displayName: string }): Promise<Report> {
  const { api } = await call.registry()
  const body = { name, displayName: flags.displayName }
  const created = await answered(api.POST('/api/v1/organizations', { body }))
  return {
    schema: 'cadastre.admin.organizations.create.v1',
    data: created,
    rows: [[created.name, created.displayName]],
    lines: [`Made the organization ${created.name}.`],
    next: [
      { why: 'claim a namespace for it', run: `cadastre namespace create NAME --organization ${created.name}` },
      { why: 'take somebody in', run: `cadastre admin roles set E-MAIL --organization ${created.name} --role viewer` },
    ],
  }
}
