/** Who a request comes from, with everything needed to decide what they may do; made once, at the door. */
import type { Scope } from '@cadastre/contract/scopes'

/** Scopes held in one organization, or everywhere. */
export type Grant = {
  /** the organization's id, or `platform` */
  organization: string
  scopes: readonly Scope[]
  /** when set, only these namespaces */
  namespaces?: readonly string[]
}

export type Caller = {
  kind: 'anonymous' | 'api-key' | 'user' | 'system'
  /** of the key, or of the user */
  id: string
  name: string
  grants: readonly Grant[]
  /** whose rights these are: the user of a session, or the owner of a key */
  userId?: string
  /** of a user who signed in with a browser */
  sessionId?: string
  /** of a key: `cli` when a person signed in with it on their machine */
  keyKind?: 'api' | 'cli'
  /** of a key that is somebody's: their e-mail address */
  owner?: string
  /** of a key that ends by itself; milliseconds since 1970 */
  expiresAt?: number
}

/** A person by their own hand: they look after their keys and sessions whatever their roles are; keys of programs do not. */
export const isInPerson = ({ userId, sessionId, keyKind }: Caller): boolean =>
  userId !== undefined && (sessionId !== undefined || keyKind === 'cli')

export const anonymous: Caller = { kind: 'anonymous', id: '', name: 'anonymous', grants: [] }

/** The registry itself: seeding, jobs, commands run where the server runs. */
export const system: Caller = {
  kind: 'system',
  id: '',
  name: 'cadastre',
  grants: [{ organization: 'platform', scopes: ['admin'] }],
}
