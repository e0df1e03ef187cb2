/** `cadastre admin catalogue list`: the registries in the catalogue, and who may see them. */
import type { Command } from 'commander'
import { action, type Call } from '../../call.ts'
import { examples } from '../../help.ts'
import { answered } from '../../registry.ts'
import type { Report } from '../../report.ts'
import { rowsOf } from './source.ts'

export function addCatalogueList(catalogue: Command): void {
  const command = catalogue
    .command('list')
    .description('List the registries in the catalogue, and who may see them.')
    .action(action(listCatalogue))
  examples(command, ['cadastre admin catalogue list', 'cadastre admin catalogue list --json'])
}

async function listCatalogue(call: Call): Promise<Report> {
  const { api } = await call.registry()
  const { items } = await answered(api.GET('/api/v1/catalogue/sources'))
  return {
    schema: 'cadastre.admin.catalogue.list.v1',
    data: { items },
    columns: ['registry', 'namespace', 'visibility', 'kind', 'imported', 'from'],
    rows: items.flatMap(rowsOf),
    notes: items.length === 0 ? ['No registry is in the catalogue.'] : [],
    next:
      items.length === 0 ? [{ why: 'import one, where the server runs', run: 'cadastre registry import SOURCE' }] : [],
  }
}
