/** What is said to whoever may not open a page. */
import type { Scope } from '@cadastre/contract/scopes'
import { Refusal } from '../foundation/refusal.ts'

/** @param scopes one of which would do */
export const areaClosed = (scopes: readonly Scope[]) =>
  new Refusal(
    'forbidden',
    'area-closed',
    `This area is for those who hold ${scopes.join(' or ')}, and you do not.`,
    'An administrator of your organization, or of this registry, can give you a role with it.',
  )
