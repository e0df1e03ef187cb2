/** An identity provider: how one is shown, and the flags that describe one. */
import type { components } from '@cadastre/contract/openapi.gen'
import { type Command, InvalidArgumentError } from 'commander'
import type { Cell } from '../../report.ts'
import { secretOnStdin } from '../../secret-input.ts'

export type IdentityProvider = components['schemas']['IdentityProvider']
export type GroupMapping = components['schemas']['GroupMapping']

export type ProviderFlags = {
  issuer?: string
  clientId?: string
  clientSecretStdin?: boolean
  displayName?: string
  groupClaim?: string
  map?: GroupMapping[]
}

/** Those that making and changing one share. */
export const describedByFlags = (command: Command): Command =>
  command
    .option('--issuer <url>', 'its issuer; its discovery document lies below')
    .option('--client-id <id>', 'what this registry is called there')
    .option('--client-secret-stdin', 'take the client secret from stdin')
    .option('--display-name <text>', 'on the sign-in page')
    .option('--group-claim <claim>', 'the claim that names the groups of a person; groups unless given')
    .option('--map <group=organization:role>', 'who is in the group holds the role; repeat it', mappingIn)

/** What the API takes of them; what was not given is left out. */
export async function describedBy(flags: ProviderFlags) {
  const { issuer: issuerUrl, clientId, displayName, groupClaim, map: groupMappings } = flags
  const clientSecret = flags.clientSecretStdin ? await secretOnStdin() : undefined
  return { issuerUrl, clientId, clientSecret, displayName, groupClaim, groupMappings }
}

/** `cn=deploy,ou=groups=payments:publisher`: groups are called as they like, so the last = counts. */
function mappingIn(text: string, before: GroupMapping[] = []): GroupMapping[] {
  const [, group, organization, role] = /^(.+)=([^=:]+):([a-z_]+)$/.exec(text) ?? []
  if (!group || !organization || !role) {
    throw new InvalidArgumentError('Write it like GROUP=payments:publisher, or GROUP=platform:admin.')
  }
  // The registry knows which roles there are, and says so.
  return [...before, { group, organization, role: role as GroupMapping['role'] }]
}

export const providerColumns = ['name', 'kind', 'state', 'from', 'issuer', 'client id', 'secret', 'groups', 'called']

export const providerRow = (provider: IdentityProvider): Cell[] => [
  provider.name,
  provider.kind,
  stateOf(provider),
  provider.source,
  provider.issuerUrl,
  provider.clientId,
  provider.hasSecret ? 'yes' : 'no',
  provider.groupMappings.map(mappingText).join(' '),
  provider.displayName,
]

export const providerLines = (provider: IdentityProvider): string[] => [
  `${provider.name}${provider.displayName && ` (${provider.displayName})`}: ${stateOf(provider)}, from the ${provider.source}`,
  `issuer        ${provider.issuerUrl}${provider.kind === 'entra' ? ' (Microsoft Entra ID)' : ''}`,
  `client id     ${provider.clientId}, ${provider.hasSecret ? 'with' : 'without'} a secret`,
  `redirect URI  ${provider.redirectUri}`,
  `scopes        ${provider.scopes.join(' ')}`,
  `group claim   ${provider.groupClaim}`,
  ...provider.groupMappings.map((mapping) => `group         ${mappingText(mapping)}`),
]

export const redirectNote = ({ name, redirectUri }: IdentityProvider) =>
  `Register this redirect URI at ${name}: ${redirectUri}`

const stateOf = ({ enabled }: IdentityProvider) => (enabled ? 'enabled' : 'disabled')
const mappingText = ({ group, organization, role }: GroupMapping) => `${group}=${organization}:${role}`
