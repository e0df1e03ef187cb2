/** `cadastre namespace list`: the namespaces that you may read. */
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { examples } from '../help.ts'
import { everyItem } from '../registry.ts'
import type { Report } from '../report.ts'

export function addNamespaceList(namespace: Command): void {
  const command = namespace
    .command('list')
    .description('List the namespaces that you may read.')
    .action(action(listNamespaces))
  examples(command, ['cadastre namespace list', 'cadastre namespace list --json'])
}

async function listNamespaces(call: Call): Promise<Report> {
  const { api } = await call.registry()
  const items = await everyItem((cursor) =>
    api.GET('/api/v1/namespaces', { params: { query: { cursor, limit: 100 } } }),
  )
  return {
    schema: 'cadastre.namespace.list.v1',
    data: { items },
    columns: ['name', 'organization', 'visibility', 'created'],
    rows: items.map(({ name, organization, visibility, createdAt }) => [name, organization, visibility, createdAt]),
    notes: items.length === 0 ? ['No namespaces that you may read.'] : [],
    next: items.length === 0 ? [{ why: 'claim one', run: 'cadastre namespace create NAME' }] : [],
  }
}
