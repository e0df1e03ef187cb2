/** Which entries of a segment a caller may see: the rule of `may`, asked once for all that it holds for. Pure. */
import type { Caller } from '../../access/caller.ts'
import { may } from '../../access/permit.ts'
import { flag, type Segment } from './segment.ts'

/** Of what is published here, whatever name this registry is reached by. */
export const ownHostname = 'self'

/** As a key that is limited to namespaces names them: those of other registries with their host. */
export const rightsName = (hostname: string, namespace: string): string =>
  hostname === ownHostname ? namespace : `${hostname}/${namespace.toLowerCase()}`

const [unknown, yes, no] = [0, 1, 2] as const

export function readableIn({ space, flags, spaces, words }: Segment, caller: Caller): (entry: number) => boolean {
  // Names matter to keys that are limited to some; for all others one answer holds wherever the rights are the same.
  const isByName = caller.grants.some(({ namespaces }) => namespaces)
  const known = new Uint8Array(2 * (isByName ? spaces.hostOf.length : spaces.rights.length))
  const nameOf = (at: number) => rightsName(spaces.hostnames[spaces.hostOf[at]!]!, words.text(spaces.nameOf[at]!))
  return (entry) => {
    const at = space[entry]!
    const isProvider = flags[entry]! & flag.provider
    const place = 2 * (isByName ? at : spaces.rightsOf[at]!) + isProvider
    if (known[place] === unknown) {
      const rights = { name: isByName ? nameOf(at) : '', ...spaces.rights[spaces.rightsOf[at]!]! }
      known[place] = may(caller, isProvider ? 'providers:read' : 'modules:read', rights) ? yes : no
    }
    return known[place] === yes
  }
}
