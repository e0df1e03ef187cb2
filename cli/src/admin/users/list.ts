/** `cadastre admin users list`: the people whom you may see. */
import type { Command } from 'commander'
import { action, type Call } from '../../call.ts'
import { examples } from '../../help.ts'
import { everyItem } from '../../registry.ts'
import type { Report } from '../../report.ts'
import { userColumns, userRow } from './user.ts'

export function addUsersList(users: Command): void {
  const command = users.command('list').description('List the people whom you may see.').action(action(listUsers))
  examples(command, ['cadastre admin users list', 'cadastre admin users list | grep disabled | cut -f2'])
}

async function listUsers(call: Call): Promise<Report> {
  const { api } = await call.registry()
  const items = await everyItem((cursor) => api.GET('/api/v1/users', { params: { query: { cursor, limit: 100 } } }))
  return {
    schema: 'cadastre.admin.users.list.v1',
    data: { items },
    columns: userColumns,
    rows: items.map(userRow),
  }
}
