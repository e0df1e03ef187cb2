/** `cadastre admin users show`: one person, and the roles that you may see of them. */
import type { Command } from 'commander'
import { action, type Call } from '../../call.ts'
import { examples } from '../../help.ts'
import type { Report } from '../../report.ts'
import { findUser, rolesText, stateOf, userRow } from './user.ts'

export function addUsersShow(users: Command): void {
  const command = users
    .command('show')
    .description('Show one person.')
    .argument('<user>', 'e-mail address or id')
    .action(action(showUser))
  examples(command, ['cadastre admin users show dev@acme.example'])
}

async function showUser(call: Call, named: string): Promise<Report> {
  const user = await findUser(await call.registry(), named)
  return {
    schema: 'cadastre.admin.users.show.v1',
    data: user,
    rows: [userRow(user)],
    lines: [
      `${user.email}${user.displayName && ` (${user.displayName})`}: ${stateOf(user)}, ${user.hasPassword ? 'with' : 'without'} a password`,
      `id         ${user.id}`,
      `roles      ${rolesText(user).replaceAll(',', ', ') || 'none that you may see'}`,
      `added      ${user.createdAt}`,
      `last seen  ${user.lastSeenAt ?? 'never'}`,
    ],
  }
}
