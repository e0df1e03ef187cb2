/** `cadastre provider platforms`: what a version was built for. */
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { examples } from '../help.ts'
import { providerVersion } from '../provider-address.ts'
import { answered } from '../registry.ts'
import type { Report } from '../report.ts'

export function addProviderPlatforms(provider: Command): void {
  const command = provider
    .command('platforms')
    .description('List the platforms of a version, with the checksums of their zips.')
    .argument('<address>', 'NAMESPACE/TYPE@VERSION')
    .option('--version <version>', 'the version, unless it stands behind @')
    .action(action(listPlatforms))
  examples(command, ['cadastre provider platforms acme/greeter@1.2.0'])
}

async function listPlatforms(call: Call, addressText: string, flags: { version?: string }): Promise<Report> {
  const path = providerVersion(addressText, flags.version)
  const { api } = await call.registry()
  const found = await answered(api.GET('/api/v1/providers/{namespace}/{type}/{version}', { params: { path } }))
  return {
    schema: 'cadastre.provider.platforms.v1',
    data: found,
    columns: ['platform', 'bytes', 'downloads', 'sha256', 'file'],
    rows: found.platforms.map(({ platform, sizeBytes, downloads, sha256, filename }) => [
      platform,
      sizeBytes,
      downloads,
      sha256,
      filename,
    ]),
  }
}
