/** `cadastre admin identity-providers create`: adds one. Its client secret comes from stdin, never as an argument. */
import type { Command } from 'commander'
import { action, type Call } from '../../call.ts'
import { usage } from '../../exit.ts'
import { examples } from '../../help.ts'
import { answered } from '../../registry.ts'
import type { Report } from '../../report.ts'
import {
  describedBy,
  describedByFlags,
  type ProviderFlags,
  providerLines,
  providerRow,
  redirectNote,
} from './provider.ts'

type Flags = ProviderFlags & { tenant?: string }

export function addIdentityProvidersCreate(providers: Command): void {
  const command = describedByFlags(
    providers
      .command('create')
      .description('Add an identity provider that people can sign in through.')
      .argument('<name>', 'lower-case letters, digits and -; it stands in the redirect URI'),
  )
    .option('--tenant <id>', 'of Microsoft Entra ID, in place of --issuer: the id of the directory')
    .action(action(createProvider))
  examples(command, [
    'pass show sso | cadastre admin identity-providers create acme-sso --issuer https://sso.acme.example --client-id cadastre --client-secret-stdin',
    'cadastre admin identity-providers create acme-sso --issuer https://sso.acme.example --client-id cadastre --map deploy=payments:publisher',
    'pass show entra | cadastre admin identity-providers create acme-entra --tenant TENANT-ID --client-id CLIENT-ID --client-secret-stdin',
  ])
}

async function createProvider(call: Call, name: string, flags: Flags): Promise<Report> {
  const { tenant, clientId } = flags
  if ((flags.issuer === undefined) === (tenant === undefined)) {
    throw usage('Which identity provider?', 'Give --issuer, or, of Microsoft Entra ID, --tenant.')
  }
  if (clientId === undefined) throw usage('What is this registry called there?', 'Give --client-id.')
  const { api } = await call.registry()
  const kind = tenant === undefined ? ('oidc' as const) : ('entra' as const)
  const { displayName = '', groupClaim = 'groups', groupMappings = [], ...described } = await describedBy(flags)
  const body = { ...described, name, kind, tenant, clientId, displayName, groupClaim, groupMappings, enabled: true }
  const created = await answered(api.POST('/api/v1/identity-providers', { body }))
  return {
    schema: 'cadastre.admin.identity-providers.create.v1',
    data: created,
    rows: [providerRow(created)],
    lines: [`Added the identity provider ${name}.`, ...providerLines(created).slice(1)],
    notes: [redirectNote(created)],
    next: [{ why: 'see whether it answers', run: `cadastre admin identity-providers test ${name}` }],
  }
}
