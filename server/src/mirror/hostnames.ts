/** Under which host names the providers that are published here are known. Pure. */
import type { Config } from '../foundation/config/settings.ts'
import { Refusal } from '../foundation/refusal.ts'

/** Without ports: a provider whose host name has one cannot be mirrored. */
export const ownHostnames = ({ server }: Config): string[] => [
  ...new Set([new URL(server.base_url).hostname, ...server.hostnames]),
]

export const hostnameNotMirrored = (hostname: string) =>
  new Refusal(
    'not-found',
    'hostname-not-mirrored',
    `This mirror has no providers of ${JSON.stringify(hostname.slice(0, 253))}.`,
    'Which host names it answers for is in /api/v1/mirror; let terraform install the others directly.',
  )
