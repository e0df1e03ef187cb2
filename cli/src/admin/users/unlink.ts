/** `cadastre admin users unlink`: forgets what an identity provider calls somebody, after saying who comes in next. */
import type { Command } from 'commander'
import { action, type Call } from '../../call.ts'
import { confirm } from '../../confirm.ts'
import { exit, Failure } from '../../exit.ts'
import { examples } from '../../help.ts'
import { answered } from '../../registry.ts'
import type { Report } from '../../report.ts'
import { type Identity, listIdentities } from './identities.ts'
import { findUser } from './user.ts'

export function addUsersUnlink(users: Command): void {
  const command = users
    .command('unlink')
    .description('Forget what an identity provider calls somebody; their sessions that began with it end.')
    .argument('<user>', 'e-mail address or id')
    .argument('<issuer>', 'address of the identity provider, as admin users show has it')
    .action(action(unlinkUser))
  examples(command, ['cadastre admin users unlink dev@acme.example https://login.acme.example --yes'])
}

async function unlinkUser(call: Call, named: string, issuer: string): Promise<Report> {
  const registry = await call.registry()
  const { id, email } = await findUser(registry, named)
  const known = await listIdentities(registry, id)
  const meant = known.filter((identity) => withoutSlash(identity.issuer) === withoutSlash(issuer))
  if (meant.length === 0) throw notLinked(email, issuer, known)
  const consequence = `Unlinking ${email} from ${issuer} ends their sessions that began there, and lets in whoever proves this address there next. API keys of theirs stay.`
  if (call.flags.yes) call.say(consequence)
  await confirm(call, consequence, email)
  const unlinked: Identity[] = []
  for (const { id: identity } of meant) {
    const path = { id, identity }
    unlinked.push(await answered(registry.api.DELETE('/api/v1/users/{id}/identities/{identity}', { params: { path } })))
  }
  return {
    schema: 'cadastre.admin.users.unlink.v1',
    data: { items: unlinked },
    rows: unlinked.map((identity) => [id, email, identity.issuer, identity.subject, 'unlinked']),
    lines: [`Unlinked ${email} from ${issuer}.`],
  }
}

const withoutSlash = (url: string) => url.replace(/\/+$/, '')

function notLinked(email: string, issuer: string, known: Identity[]): Failure {
  const issuers = known.map((identity) => identity.issuer).join(', ')
  return new Failure(
    exit.notFound,
    'identity-not-found',
    `${email} has not come in through ${issuer}.`,
    issuers ? `They have through ${issuers}.` : 'They have through no identity provider.',
  )
}
