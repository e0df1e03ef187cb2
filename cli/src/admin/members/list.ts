/** `cadastre admin members list`: who holds which roles in an organization, or on the platform. */
import type { Command } from 'commander'
import { action, type Call } from '../../call.ts'
import { usage } from '../../exit.ts'
import { examples } from '../../help.ts'
import { everyItem } from '../../registry.ts'
import type { Report } from '../../report.ts'

export function addMembersList(members: Command): void {
  const command = members
    .command('list')
    .description('List who holds which roles in an organization, or on the platform.')
    .argument('[organization]', 'the organization')
    .option('--platform', 'those who hold roles on the platform')
    .action(action(listMembers))
  examples(command, ['cadastre admin members list payments', 'cadastre admin members list --platform'])
}

async function listMembers(
  call: Call,
  organization: string | undefined,
  { platform }: { platform?: boolean },
): Promise<Report> {
  if (platform ? organization !== undefined : organization === undefined) {
    throw usage('Members are those of one organization, or of the platform.', 'Name it, or give --platform.')
  }
  const { api } = await call.registry()
  const items = await everyItem((cursor) => {
    const query = { cursor, limit: 100 }
    if (organization === undefined) return api.GET('/api/v1/platform/members', { params: { query } })
    return api.GET('/api/v1/organizations/{organization}/members', { params: { path: { organization }, query } })
  })
  return {
    schema: 'cadastre.admin.members.list.v1',
    data: { items },
    columns: ['user', 'e-mail', 'called', 'roles'],
    rows: items.map(({ userId, email, displayName, roles }) => [
      userId,
      email,
      displayName,
      roles.map(({ role, source }) => (source === 'manual' ? role : `${role} (${source})`)).join(','),
    ]),
  }
}
