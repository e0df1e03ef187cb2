/** What a key or a role may be allowed to do; `…:write` and `…:manage` include reading the same things. */
import * as z from 'zod'
import { type ScopeName, scopes } from './scope-names.ts'

export { scopes }
export type Scope = ScopeName
export const Scope = z.enum(scopes).meta({ id: 'Scope' })
