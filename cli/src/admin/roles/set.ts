/** `cadastre admin roles set`: says which roles somebody holds in an organization, or on the platform. */
import type { components } from '@cadastre/contract/openapi.gen'
import { type Command, InvalidArgumentError } from 'commander'
import { action, type Call } from '../../call.ts'
import { usage } from '../../exit.ts'
import { examples } from '../../help.ts'
import { answered } from '../../registry.ts'
import type { Report } from '../../report.ts'
import { findUser } from '../users/user.ts'

type Role = components['schemas']['Role']
type Flags = { organization?: string; platform?: boolean; role: Role[]; none?: boolean }

const known: Record<Role, true> = {
  viewer: true,
  publisher: true,
  mirror_manager: true,
  user_manager: true,
  auditor: true,
  admin: true,
}

export function addRolesSet(roles: Command): void {
  const command = roles
    .command('set')
    .description('Say which roles somebody holds; those that are not named are taken away.')
    .argument('<user>', 'e-mail address or id')
    .option('--organization <organization>', 'in this organization')
    .option('--platform', 'on the platform: in every organization')
    .option('--role <role>', 'a role; repeat it, or separate roles by commas', rolesIn, [])
    .option('--none', 'no role: all are taken away')
    .action(action(setRoles))
  examples(command, [
    'cadastre admin roles set dev@acme.example --organization payments --role publisher',
    'cadastre admin roles set admin@acme.example --platform --role admin',
    'cadastre admin roles set dev@acme.example --organization payments --none',
  ])
}

async function setRoles(
  call: Call,
  named: string,
  { organization, platform, role: roles, none }: Flags,
): Promise<Report> {
  if (platform ? organization !== undefined : organization === undefined) {
    throw usage('Roles are held in one organization, or on the platform.', 'Give --organization or --platform.')
  }
  if (none ? roles.length > 0 : roles.length === 0) {
    throw usage('Which roles?', 'Give each with --role, or --none to take all away.')
  }
  const registry = await call.registry()
  const { id: user, email } = await findUser(registry, named)
  const body = { roles }
  const member = await answered(
    organization === undefined
      ? registry.api.PUT('/api/v1/platform/members/{user}', { params: { path: { user } }, body })
      : registry.api.PUT('/api/v1/organizations/{organization}/members/{user}', {
          params: { path: { organization, user } },
          body,
        }),
  )
  const held = member.roles.map(({ role }) => role)
  const place = organization === undefined ? 'on the platform' : `in ${organization}`
  const issuers = [...new Set(member.roles.map(({ source }) => source).filter((source) => source !== 'manual'))]
  return {
    schema: 'cadastre.admin.roles.set.v1',
    data: member,
    rows: [[user, email, organization ?? 'platform', held.join(',')]],
    lines: [`${email} holds ${held.join(', ') || 'no role'} ${place} now.`],
    notes: issuers.length > 0 ? [`Some of these come from ${issuers.join(' and ')}, which alone takes them away.`] : [],
  }
}

function rolesIn(text: string, before: Role[]): Role[] {
  const wanted = text.split(',').map((role) => role.trim())
  if (wanted.some((role) => !Object.hasOwn(known, role))) {
    throw new InvalidArgumentError(`The roles are ${Object.keys(known).join(', ')}.`)
  }
  return [...before, ...(wanted as Role[])]
}
