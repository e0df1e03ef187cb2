/** `cadastre module list`: the modules that you may read. */
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { examples } from '../help.ts'
import { everyItem } from '../registry.ts'
import type { Report } from '../report.ts'

export function addModuleList(module: Command): void {
  const command = module
    .command('list')
    .description('List the modules that you may read.')
    .option('--namespace <namespace>', 'only those of this namespace')
    .action(action(listModules))
  examples(command, ['cadastre module list --namespace acme', 'cadastre module list | cut -f1'])
}

async function listModules(call: Call, { namespace }: { namespace?: string }): Promise<Report> {
  const { api } = await call.registry()
  const items = await everyItem((cursor) =>
    api.GET('/api/v1/modules', { params: { query: { cursor, limit: 100, namespace } } }),
  )
  return {
    schema: 'cadastre.module.list.v1',
    data: { items },
    columns: ['address', 'latest', 'downloads', 'description'],
    rows: items.map((module) => [module.address, module.latestVersion, module.downloads, module.description]),
    notes: items.length === 0 ? [`No modules that you may read${namespace ? ` in ${namespace}` : ''}.`] : [],
    next: items.length === 0 ? [publishOne(namespace)] : [],
  }
}

const publishOne = (namespace = 'NAMESPACE') => ({
  why: 'publish one',
  run: `cadastre publish module DIR --address ${namespace}/NAME/SYSTEM --version 1.0.0`,
})
