/** What the reader holds somewhere: it decides which ways are shown, never what may be done; that the API decides. */
import type { ScopeName } from '@cadastre/contract/scope-names'
import { pageData } from '../page-data.ts'

export const holdsAny = (scopes: readonly ScopeName[]): boolean =>
  pageData.caller.grants.some((grant) => grant.scopes.some((held) => held === 'admin' || scopes.includes(held)))
