/** `cadastre module versions`: the versions of a module, newest first. */
import type { components } from '@cadastre/contract/openapi.gen'
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { examples } from '../help.ts'
import { moduleAddress } from '../module-address.ts'
import { everyItem } from '../registry.ts'
import type { Report } from '../report.ts'

export function addModuleVersions(module: Command): void {
  const command = module
    .command('versions')
    .description('List the versions of a module, newest first.')
    .argument('<address>', 'NAMESPACE/NAME/SYSTEM')
    .action(action(listVersions))
  examples(command, ['cadastre module versions acme/vpc/aws'])
}

async function listVersions(call: Call, addressText: string): Promise<Report> {
  const path = moduleAddress(addressText)
  const { api } = await call.registry()
  const items = await everyItem((cursor) =>
    api.GET('/api/v1/modules/{namespace}/{name}/{system}/versions', {
      params: { path, query: { cursor, limit: 100 } },
    }),
  )
  const isDescribed = items.some(({ description }) => description !== '')
  return {
    schema: 'cadastre.module.versions.v1',
    data: { items },
    columns: ['version', 'state', 'downloads', 'published', 'by', 'step', ...(isDescribed ? ['description'] : [])],
    rows: items.map((found) => [
      found.version,
      found.state,
      found.downloads,
      found.publishedAt,
      found.publishedBy,
      stepOf(found),
      ...(isDescribed ? [found.description] : []),
    ]),
    notes: items.length === 0 ? [`${addressText} has no versions.`] : [],
  }
}

/** As it was measured when it was published, and against what. */
const stepOf = ({ measuredStep, measuredFrom }: components['schemas']['ModuleVersion']) =>
  measuredStep && (measuredFrom === null ? measuredStep : `${measuredStep} since ${measuredFrom}`)
