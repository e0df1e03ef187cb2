/** `cadastre namespace update`: changes who may read a namespace. */
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { examples } from '../help.ts'
import { answered } from '../registry.ts'
import type { Report } from '../report.ts'
import { type Visibility, visibilityOption } from './visibility.ts'

export function addNamespaceUpdate(namespace: Command): void {
  const command = namespace
    .command('update')
    .description('Change who may read a namespace.')
    .argument('<name>', 'the namespace')
    .addOption(visibilityOption().makeOptionMandatory())
    .action(action(updateNamespace))
  examples(command, ['cadastre namespace update acme --visibility private'])
}

async function updateNamespace(call: Call, namespace: string, flags: { visibility: Visibility }): Promise<Report> {
  const { api } = await call.registry()
  const changed = await answered(
    api.PATCH('/api/v1/namespaces/{namespace}', {
      params: { path: { namespace } },
      body: { visibility: flags.visibility },
    }),
  )
  return {
    schema: 'cadastre.namespace.update.v1',
    data: changed,
    rows: [[changed.name, changed.organization, changed.visibility]],
    lines: [`The namespace ${changed.name} is ${changed.visibility} now.`],
  }
}
