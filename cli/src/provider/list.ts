/** `cadastre provider list`: the providers that you may read. */
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { examples } from '../help.ts'
import { everyItem } from '../registry.ts'
import type { Report } from '../report.ts'

export function addProviderList(provider: Command): void {
  const command = provider
    .command('list')
    .description('List the providers that you may read.')
    .option('--namespace <namespace>', 'only those of this namespace')
    .action(action(listProviders))
  examples(command, ['cadastre provider list --namespace acme', 'cadastre provider list | cut -f1'])
}

async function listProviders(call: Call, { namespace }: { namespace?: string }): Promise<Report> {
  const { api } = await call.registry()
  const items = await everyItem((cursor) =>
    api.GET('/api/v1/providers', { params: { query: { cursor, limit: 100, namespace } } }),
  )
  return {
    schema: 'cadastre.provider.list.v1',
    data: { items },
    columns: ['address', 'latest', 'downloads', 'deprecation'],
    rows: items.map(({ address, latestVersion, downloads, deprecation }) => [
      address,
      latestVersion,
      downloads,
      deprecation,
    ]),
    notes: items.length === 0 ? [`No providers that you may read${namespace ? ` in ${namespace}` : ''}.`] : [],
    next: items.length === 0 ? [publishOne(namespace)] : [],
  }
}

const publishOne = (namespace = 'NAMESPACE') => ({
  why: 'publish one',
  run: `cadastre publish provider ./dist --namespace ${namespace}`,
})
