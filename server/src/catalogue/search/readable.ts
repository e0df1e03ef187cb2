/** Which entries of a segment a caller may see: the rule of `may`, asked once for all that it holds for. Pure. */
import type { Caller } from '../../access/caller.ts'
import { may } from '../../access/permit.ts'
import { flag, type Segment } from './segment.ts'

/** Of what is published here, whatever name this registry is reached by. */
export const ownHostname = 'self'

/** As a key that is limited to namespaces names them: those of other registries with their host. */
export const rightsName = (hostname: string, namespace: string): string =>
  hostname === ownHostname ? namespace : `${hostname}/${namespace.toLowerCase()}`

export function readableIn(segment: Segment, caller: Caller): (entry: number) => boolean {
  const { space, flags } = segment
  const isReadable = readableSpaces(segment, caller)
  return (entry) => isReadable(space[entry]!, flags[entry]! & flag.provider)
}

const [unknown, yes, no] = [0, 1, 2] as const

/** The same of all modules, or all providers, of a namespace. */
export function readableSpaces(
  { spaces, words }: Segment,
  caller: Caller,
): (space: number, isProvider: number) => boolean {
  // Names matter to keys that are limited to some; for all others one answer holds wherever the rights are the same.
  const named = new Set(
    caller.grants
      .flatMap(({ namespaces = [] }) => namespaces)
      .map((name) => words.numberOf(name.slice(name.lastIndexOf('/') + 1).toLowerCase())),
  )
  const known = new Uint8Array(2 * spaces.rights.length)
  const nameOf = (space: number) =>
    rightsName(spaces.hostnames[spaces.hostOf[space]!]!, words.text(spaces.nameOf[space]!))
  const mayRead = (space: number, isProvider: number, name: string) =>
    may(caller, isProvider ? 'providers:read' : 'modules:read', { name, ...spaces.rights[spaces.rightsOf[space]!]! })

  return (space, isProvider) => {
    if (named.size > 0 && named.has(spaces.nameOf[space]!)) return mayRead(space, isProvider, nameOf(space))
    const place = 2 * spaces.rightsOf[space]! + isProvider
    if (known[place] === unknown) known[place] = mayRead(space, isProvider, '') ? yes : no
    return known[place] === yes
  }
}
