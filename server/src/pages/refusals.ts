/** What is said to whoever may not open a page. */
import type { Scope } from '@cadastre/contract/scopes'
import { Refusal } from '../foundation/refusal.ts'

/** @param scopes one of which would do @param organization where, when it has to be there */
export const areaClosed = (scopes: readonly Scope[], organization?: string) =>
  new Refusal(
    'forbidden',
    'area-closed',
    `This area is for those who hold ${scopes.join(' or ')}${organization ? ` in organization ${organization}` : ''}, and you do not.`,
    `An administrator of ${organization ?? 'your organization'}, or of this registry, can give you a role with it.`,
  )
