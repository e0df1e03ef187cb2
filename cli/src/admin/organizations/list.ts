/** `cadastre admin organizations list`: the organizations that you may see. */
import type { Command } from 'commander'
import { action, type Call } from '../../call.ts'
import { examples } from '../../help.ts'
import { everyItem } from '../../registry.ts'
import type { Report } from '../../report.ts'

export function addOrganizationsList(organizations: Command): void {
  const command = organizations
    .command('list')
    .description('List the organizations that you may see.')
    .action(action(listOrganizations))
  examples(command, ['cadastre admin organizations list'])
}

async function listOrganizations(call: Call): Promise<Report> {
  const { api } = await call.registry()
  const items = await everyItem((cursor) =>
    api.GET('/api/v1/organizations', { params: { query: { cursor, limit: 100 } } }),
  )
  return {
    schema: 'cadastre.admin.organizations.list.v1',
    data: { items },
    columns: ['name', 'called', 'namespaces', 'members', 'created'],
    rows: items.map((item) => [item.name, item.displayName, item.namespaces, item.members, item.createdAt]),
  }
}
