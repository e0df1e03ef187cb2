/** `cadastre provider restore`: takes back a deprecation, or the deletion of a version. */
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { examples } from '../help.ts'
import { providerOrVersion } from '../provider-address.ts'
import { answered } from '../registry.ts'
import type { Report } from '../report.ts'

export function addProviderRestore(provider: Command): void {
  const command = provider
    .command('restore')
    .description('Take back the deprecation of a provider or a version, or the deletion of a version within 30 days.')
    .argument('<address>', 'NAMESPACE/TYPE, or NAMESPACE/TYPE@VERSION')
    .action(action(restore))
  examples(command, ['cadastre provider restore acme/greeter@1.1.0', 'cadastre provider restore acme/greeter'])
}

async function restore(call: Call, addressText: string): Promise<Report> {
  const { version, ...address } = providerOrVersion(addressText)
  const { api } = await call.registry()
  const one = '/api/v1/providers/{namespace}/{type}'
  const restored =
    version === undefined
      ? await answered(api.POST(`${one}/restore`, { params: { path: address } }))
      : await answered(api.POST(`${one}/{version}/restore`, { params: { path: { ...address, version } } }))
  return {
    schema: 'cadastre.provider.restore.v1',
    data: restored,
    rows: [[restored.address, version ?? null, 'active']],
    lines: [`Restored ${restored.address}${version === undefined ? '' : `@${version}`}.`],
  }
}
