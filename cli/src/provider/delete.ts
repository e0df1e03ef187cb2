/** `cadastre provider delete`: takes a version out of the registry, after saying what that means. */
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { confirm } from '../confirm.ts'
import { examples } from '../help.ts'
import { providerVersion } from '../provider-address.ts'
import { answered } from '../registry.ts'
import type { Report } from '../report.ts'

export function addProviderDelete(provider: Command): void {
  const command = provider
    .command('delete')
    .description('Delete a version: no longer listed or downloadable, restorable for 30 days.')
    .argument('<address>', 'NAMESPACE/TYPE@VERSION')
    .action(action(deleteVersion))
  examples(command, ['cadastre provider delete acme/greeter@1.1.0 --yes'])
}

async function deleteVersion(call: Call, addressText: string): Promise<Report> {
  const path = providerVersion(addressText)
  const { api } = await call.registry()
  const one = '/api/v1/providers/{namespace}/{type}/{version}'
  const { address, version, downloads, platforms } = await answered(api.GET(one, { params: { path } }))
  const times = downloads === 1 ? 'once' : `${downloads} times`
  const builds = platforms.length === 1 ? '1 platform' : `${platforms.length} platforms`
  const consequence = `Deleting ${address} ${version} (${builds}), downloaded ${times}, breaks every init that asks for it and every lock file that names it. It can be restored for 30 days, and its number is never free again.`
  if (call.flags.yes) call.say(consequence)
  await confirm(call, consequence, version)
  const deleted = await answered(api.DELETE(one, { params: { path } }))
  return {
    schema: 'cadastre.provider.delete.v1',
    data: deleted,
    rows: [[address, version, deleted.state]],
    lines: [`Deleted ${address} ${version}.`],
    next: [
      { why: 'to take it back', run: `cadastre provider restore ${address}@${version}` },
      { why: 'to warn another time instead', run: `cadastre provider deprecate ${address}@VERSION --message TEXT` },
    ],
  }
}
