/** `cadastre admin users delete`: removes somebody for good, after saying what goes with them. */
import type { Command } from 'commander'
import { action, type Call } from '../../call.ts'
import { confirm } from '../../confirm.ts'
import { examples } from '../../help.ts'
import { answered } from '../../registry.ts'
import type { Report } from '../../report.ts'
import { findUser, rolesText } from './user.ts'

export function addUsersDelete(users: Command): void {
  const command = users
    .command('delete')
    .description('Remove somebody for good; what they did stays recorded.')
    .argument('<user>', 'e-mail address or id')
    .action(action(deleteUser))
  examples(command, ['cadastre admin users delete dev@acme.example --yes'])
}

async function deleteUser(call: Call, named: string): Promise<Report> {
  const registry = await call.registry()
  const user = await findUser(registry, named)
  const { id, email } = user
  const consequence = `Deleting ${email} (${rolesText(user) || 'no roles'}) revokes every API key of theirs for good: whatever runs with one stops.`
  if (call.flags.yes) call.say(consequence)
  await confirm(call, consequence, email)
  const deleted = await answered(registry.api.DELETE('/api/v1/users/{id}', { params: { path: { id } } }))
  return {
    schema: 'cadastre.admin.users.delete.v1',
    data: deleted,
    rows: [[id, email, 'deleted']],
    lines: [`Deleted ${email}.`],
  }
}
