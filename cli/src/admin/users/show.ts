/** `cadastre admin users show`: one person, and what you may see of their roles and of what identity providers call them. */
import type { Command } from 'commander'
import { action, type Call } from '../../call.ts'
import { Failure } from '../../exit.ts'
import { examples } from '../../help.ts'
import type { Registry } from '../../registry.ts'
import type { Report } from '../../report.ts'
import { type Identity, listIdentities } from './identities.ts'
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
  const registry = await call.registry()
  const user = await findUser(registry, named)
  const identities = await visibleIdentities(registry, user.id)
  return {
    schema: 'cadastre.admin.users.show.v1',
    data: { ...user, identities },
    rows: [[...userRow(user), (identities ?? []).map(({ issuer }) => issuer).join(',')]],
    lines: [
      `${user.email}${user.displayName && ` (${user.displayName})`}: ${stateOf(user)}, ${user.hasPassword ? 'with' : 'without'} a password`,
      `id         ${user.id}`,
      `roles      ${rolesText(user).replaceAll(',', ', ') || 'none that you may see'}`,
      ...identityLines(identities).map((line) => `signs in   ${line}`),
      `added      ${user.createdAt}`,
      `last seen  ${user.lastSeenAt ?? 'never'}`,
    ],
  }
}

/** @returns null for who may see people of some organizations alone */
async function visibleIdentities(registry: Registry, id: string): Promise<Identity[] | null> {
  try {
    return await listIdentities(registry, id)
  } catch (error) {
    if (error instanceof Failure && error.code === 'scope-needed') return null
    throw error
  }
}

function identityLines(identities: Identity[] | null): string[] {
  if (!identities) return ['in ways that you may not see']
  if (identities.length === 0) return ['through no identity provider so far']
  return identities.map(
    ({ issuer, subject, email, lastUsedAt }) => `through ${issuer} as ${subject} (${email}), last ${lastUsedAt}`,
  )
}
