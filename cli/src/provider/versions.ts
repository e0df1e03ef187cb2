/** `cadastre provider versions`: the versions of a provider, newest first. */
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { examples } from '../help.ts'
import { providerAddress } from '../provider-address.ts'
import { everyItem } from '../registry.ts'
import type { Report } from '../report.ts'

export function addProviderVersions(provider: Command): void {
  const command = provider
    .command('versions')
    .description('List the versions of a provider, newest first.')
    .argument('<address>', 'NAMESPACE/TYPE')
    .action(action(listVersions))
  examples(command, ['cadastre provider versions acme/greeter'])
}

async function listVersions(call: Call, addressText: string): Promise<Report> {
  const path = providerAddress(addressText)
  const { api } = await call.registry()
  const items = await everyItem((cursor) =>
    api.GET('/api/v1/providers/{namespace}/{type}/versions', { params: { path, query: { cursor, limit: 100 } } }),
  )
  return {
    schema: 'cadastre.provider.versions.v1',
    data: { items },
    columns: ['version', 'state', 'protocols', 'platforms', 'downloads', 'signed by', 'published', 'by', 'deprecation'],
    rows: items.map((found) => [
      found.version,
      found.state,
      found.protocols.join(','),
      found.platforms.length,
      found.downloads,
      found.signingKey.keyId,
      found.publishedAt,
      found.publishedBy,
      found.deprecation,
    ]),
    notes: items.length === 0 ? [`${addressText} has no versions.`] : [],
  }
}
