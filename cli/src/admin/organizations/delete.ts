/** `cadastre admin organizations delete`: removes an organization, after saying who loses what. */
import type { Command } from 'commander'
import { action, type Call } from '../../call.ts'
import { confirm } from '../../confirm.ts'
import { examples } from '../../help.ts'
import { answered } from '../../registry.ts'
import type { Report } from '../../report.ts'

export function addOrganizationsDelete(organizations: Command): void {
  const command = organizations
    .command('delete')
    .description('Remove an organization that owns no namespace.')
    .argument('<name>', 'the organization')
    .action(action(deleteOrganization))
  examples(command, ['cadastre admin organizations delete payments --yes'])
}

async function deleteOrganization(call: Call, organization: string): Promise<Report> {
  const { api } = await call.registry()
  const one = '/api/v1/organizations/{organization}'
  const at = { params: { path: { organization } } }
  const { name, members } = await answered(api.GET(one, at))
  const people = members === 1 ? 'one person loses their roles there' : `${members} people lose their roles there`
  const consequence = `Deleting organization ${name}: ${people}, and every API key of it ends at once and for good.`
  if (call.flags.yes) call.say(consequence)
  await confirm(call, consequence, name)
  const deleted = await answered(api.DELETE(one, at))
  return {
    schema: 'cadastre.admin.organizations.delete.v1',
    data: deleted,
    rows: [[name, 'deleted']],
    lines: [`Deleted the organization ${name}.`],
  }
}
