/** `cadastre admin identity-providers update`: changes one that is not of the settings; what is not named stays. */
import type { Command } from 'commander'
import { action, type Call } from '../../call.ts'
import { usage } from '../../exit.ts'
import { examples } from '../../help.ts'
import { answered } from '../../registry.ts'
import type { Report } from '../../report.ts'
import { describedBy, describedByFlags, type ProviderFlags, providerLines, providerRow } from './provider.ts'

type Flags = ProviderFlags & { mapNobody?: boolean; enable?: boolean; disable?: boolean }

export function addIdentityProvidersUpdate(providers: Command): void {
  const command = describedByFlags(
    providers
      .command('update')
      .description('Change an identity provider; mappings that are not named are taken away when one is.')
      .argument('<name>', 'its name'),
  )
    .option('--map-nobody', 'no group holds a role by it any more')
    .option('--disable', 'nobody signs in through it, and the sessions that began with it end')
    .option('--enable', 'people sign in through it again')
    .action(action(updateProvider))
  examples(command, [
    'pass show sso | cadastre admin identity-providers update acme-sso --client-secret-stdin',
    'cadastre admin identity-providers update acme-sso --map deploy=payments:publisher --map admins=platform:admin',
    'cadastre admin identity-providers update acme-sso --disable',
  ])
}

async function updateProvider(call: Call, name: string, flags: Flags): Promise<Report> {
  const { mapNobody, enable, disable } = flags
  if (enable && disable) throw usage('It is enabled or disabled.', 'Give --enable or --disable, not both.')
  if (mapNobody && flags.map) throw usage('Some group is mapped, or none.', 'Give --map or --map-nobody, not both.')
  const body = {
    ...(await describedBy(flags)),
    ...(mapNobody && { groupMappings: [] }),
    ...((enable || disable) && { enabled: enable === true }),
  }
  if (Object.values(body).every((value) => value === undefined)) {
    throw usage('What is to change?', 'See cadastre admin identity-providers update --help.')
  }
  const { api } = await call.registry()
  const changed = await answered(api.PATCH('/api/v1/identity-providers/{name}', { params: { path: { name } }, body }))
  return {
    schema: 'cadastre.admin.identity-providers.update.v1',
    data: changed,
    rows: [providerRow(changed)],
    lines: providerLines(changed),
    notes: body.groupMappings ? ['The groups of people count from their next sign-in on.'] : [],
  }
}
