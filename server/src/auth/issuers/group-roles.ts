/** From the groups of a person to roles. Pure. */
import type { Role } from '@cadastre/contract/roles'
import type { GroupMapping } from './issuer.ts'

/** Every organization that the mappings name, or `platform` → the roles that these groups hold there, which may be none. */
export function rolesOfGroups(groups: readonly string[], mappings: readonly GroupMapping[]): Map<string, Role[]> {
  const roles = new Map<string, Role[]>(mappings.map(({ organization }) => [organization, []]))
  for (const { group, organization, role } of mappings) {
    const held = roles.get(organization)!
    if (groups.includes(group) && !held.includes(role)) held.push(role)
  }
  return roles
}
