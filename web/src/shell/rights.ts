/** What the reader holds: it decides which ways are shown, never what may be done; that the API decides. */
import { holdsAnywhere, holdsIn, holdsOnPlatform, organizationsOf } from '@cadastre/contract/held'
import type { ScopeName } from '@cadastre/contract/scope-names'
import { pageData } from '../page-data.ts'

const { grants } = pageData.caller

export const holdsAny = (scopes: readonly ScopeName[]): boolean => scopes.some((scope) => holdsAnywhere(grants, scope))

export const mayIn = (namespace: { name: string; organization: string }, scope: ScopeName): boolean =>
  holdsIn(grants, scope, namespace)

export const mayOnPlatform = (scope: ScopeName): boolean => holdsOnPlatform(grants, scope)

/** Where the reader may do it; `all`: everywhere. */
export const organizationsWith = (scope: ScopeName): string[] | 'all' => organizationsOf(grants, scope)
