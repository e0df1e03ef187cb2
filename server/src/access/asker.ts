/** Who asks for a change, with which request and from where: what the audit trail remembers beside the change. */
import type { Caller } from './caller.ts'

export type Asker = { caller: Caller; requestId?: string; address?: string }

/** Of a request at a door. Its `ip` believes `X-Forwarded-For` from trusted proxies alone. */
export const asker = ({ caller, id, ip }: { caller: Caller; id: string; ip: string }): Asker => ({
  caller,
  requestId: id,
  address: ip,
})
