/** Whose what is in the catalogue is, and who may see it. Pure. */
import type { NamespaceRights, Visibility } from '../access/permit.ts'

/** No organization has this name: a catalogued namespace that is private is for those whose rights are the platform's. */
export const catalogueOrganization = 'catalogue'

/** @param visibility null: of a registry that is not in the catalogue */
export function cataloguedRights(
  hostname: string,
  namespace: string,
  visibility: Visibility | null,
): NamespaceRights | undefined {
  if (visibility === null) return undefined
  return { name: `${hostname}/${namespace.toLowerCase()}`, organizationId: catalogueOrganization, visibility }
}
