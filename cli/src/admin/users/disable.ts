/** `cadastre admin users disable` and `enable`: shuts somebody out, and lets them in again. */
import type { Command } from 'commander'
import { action, type Call } from '../../call.ts'
import { confirm } from '../../confirm.ts'
import { examples } from '../../help.ts'
import { answered, type Registry } from '../../registry.ts'
import type { Report } from '../../report.ts'
import { findUser, stateOf, type User } from './user.ts'

export function addUsersDisable(users: Command): void {
  const disable = users
    .command('disable')
    .description('Shut somebody out: their sessions end, and their API keys are refused.')
    .argument('<user>', 'e-mail address or id')
    .action(action(disableUser))
  examples(disable, ['cadastre admin users disable dev@acme.example --yes'])
}

export function addUsersEnable(users: Command): void {
  const enable = users
    .command('enable')
    .description('Let somebody in again, with the API keys that they had.')
    .argument('<user>', 'e-mail address or id')
    .action(action(enableUser))
  examples(enable, ['cadastre admin users enable dev@acme.example'])
}

async function disableUser(call: Call, named: string): Promise<Report> {
  const registry = await call.registry()
  const { id, email } = await findUser(registry, named)
  const consequence = `Disabling ${email}: they are signed out everywhere, and whatever runs with an API key of theirs is refused from now on.`
  if (call.flags.yes) call.say(consequence)
  await confirm(call, consequence, email)
  const changed = await change(registry, id, true)
  return {
    ...report('disable', changed, `Disabled ${email}.`),
    next: [{ why: 'to take it back', run: `cadastre admin users enable ${email}` }],
  }
}

async function enableUser(call: Call, named: string): Promise<Report> {
  const registry = await call.registry()
  const { id, email } = await findUser(registry, named)
  return report('enable', await change(registry, id, false), `Enabled ${email}; their API keys are good again.`)
}

const change = ({ api }: Registry, id: string, disabled: boolean): Promise<User> =>
  answered(api.PATCH('/api/v1/users/{id}', { params: { path: { id } }, body: { disabled } }))

const report = (verb: 'disable' | 'enable', user: User, line: string): Report => ({
  schema: `cadastre.admin.users.${verb}.v1`,
  data: user,
  rows: [[user.id, user.email, stateOf(user)]],
  lines: [line],
})
