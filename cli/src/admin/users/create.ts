/** `cadastre admin users create`: adds somebody. A password comes from the terminal or from stdin, never as an argument. */
import type { Command } from 'commander'
import { action, type Call } from '../../call.ts'
import { usage } from '../../exit.ts'
import { examples } from '../../help.ts'
import { answered } from '../../registry.ts'
import type { Report } from '../../report.ts'
import { newPassword } from './new-password.ts'
import { userRow } from './user.ts'

type Flags = { displayName: string; password?: boolean; passwordStdin?: boolean }

export function addUsersCreate(users: Command): void {
  const command = users
    .command('create')
    .description('Add somebody: with a password, or for signing in elsewhere.')
    .argument('<e-mail>', 'their address')
    .option('--display-name <text>', 'what they are called', '')
    .option('--password', 'ask for a password')
    .option('--password-stdin', 'take the password from stdin')
    .action(action(createUser))
  examples(command, [
    'cadastre admin users create dev@acme.example --password',
    'pass show dev | cadastre admin users create dev@acme.example --password-stdin',
  ])
}

async function createUser(call: Call, email: string, flags: Flags): Promise<Report> {
  const password = await passwordOf(call, email, flags)
  const { api } = await call.registry()
  const body = { email, displayName: flags.displayName, ...(password === undefined ? {} : { password }) }
  const created = await answered(api.POST('/api/v1/users', { body }))
  return {
    schema: 'cadastre.admin.users.create.v1',
    data: created,
    rows: [userRow(created)],
    lines: [
      `Added ${created.email}, ${created.hasPassword ? 'with a password' : 'who signs in elsewhere'}; no roles yet.`,
    ],
    next: [
      { why: 'give them roles', run: `cadastre admin roles set ${created.email} --organization default --role viewer` },
    ],
  }
}

async function passwordOf(call: Call, email: string, flags: Flags): Promise<string | undefined> {
  if (flags.password && flags.passwordStdin) throw usage('A password comes from one place.', 'Give one of the flags.')
  return flags.password || flags.passwordStdin ? newPassword(call, email, flags.passwordStdin === true) : undefined
}
