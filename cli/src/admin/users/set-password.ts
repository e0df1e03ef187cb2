/** `cadastre admin users set-password`: gives somebody a new password, or takes theirs away. */
import type { Command } from 'commander'
import { action, type Call } from '../../call.ts'
import { usage } from '../../exit.ts'
import { examples } from '../../help.ts'
import { answered } from '../../registry.ts'
import type { Report } from '../../report.ts'
import { newPassword } from './new-password.ts'
import { findUser } from './user.ts'

type Flags = { passwordStdin?: boolean; none?: boolean }

export function addUsersSetPassword(users: Command): void {
  const command = users
    .command('set-password')
    .description('Give somebody a new password, or none; their sessions end.')
    .argument('<user>', 'e-mail address or id')
    .option('--password-stdin', 'take the password from stdin instead of asking for it')
    .option('--none', 'take the password away: they sign in elsewhere')
    .action(action(setPassword))
  examples(command, [
    'cadastre admin users set-password dev@acme.example',
    'pass show dev | cadastre admin users set-password dev@acme.example --password-stdin',
  ])
}

async function setPassword(call: Call, named: string, flags: Flags): Promise<Report> {
  if (flags.none && flags.passwordStdin) throw usage('No password comes from stdin.', 'Give one of the flags.')
  const registry = await call.registry()
  const { id, email } = await findUser(registry, named)
  const password = flags.none ? null : await newPassword(call, email, flags.passwordStdin === true)
  const changed = await answered(
    registry.api.PATCH('/api/v1/users/{id}', { params: { path: { id } }, body: { password } }),
  )
  return {
    schema: 'cadastre.admin.users.set-password.v1',
    data: changed,
    rows: [[id, email, password === null ? 'none' : 'set']],
    lines: [
      password === null
        ? `${email} has no password any more, and is signed out everywhere.`
        : `${email} has a new password, and is signed out everywhere.`,
    ],
  }
}
