/** `cadastre admin roles list`: the roles that there are, and what each may do. */
import type { Command } from 'commander'
import { action, type Call } from '../../call.ts'
import { examples } from '../../help.ts'
import { answered } from '../../registry.ts'
import type { Report } from '../../report.ts'

export function addRolesList(roles: Command): void {
  const command = roles
    .command('list')
    .description('List the roles that there are, and what each may do.')
    .action(action(listRoles))
  examples(command, ['cadastre admin roles list'])
}

async function listRoles(call: Call): Promise<Report> {
  const { api } = await call.registry()
  const { items } = await answered(api.GET('/api/v1/roles'))
  return {
    schema: 'cadastre.admin.roles.list.v1',
    data: { items },
    columns: ['role', 'what for', 'scopes'],
    rows: items.map(({ role, description, scopes }) => [role, description, scopes.join(',')]),
  }
}
