/** `cadastre namespace transfer`: hands a namespace to another organization, after saying who can read it no longer. */
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { confirm } from '../confirm.ts'
import { examples } from '../help.ts'
import { inNamespace } from '../in-namespace.ts'
import { answered } from '../registry.ts'
import type { Report } from '../report.ts'

export function addNamespaceTransfer(namespace: Command): void {
  const command = namespace
    .command('transfer')
    .description('Hand a namespace to another organization.')
    .argument('<name>', 'the namespace')
    .requiredOption('--to <organization>', 'who is to own it')
    .action(action(transferNamespace))
  examples(command, ['cadastre namespace transfer acme --to payments --yes'])
}

async function transferNamespace(call: Call, namespace: string, { to }: { to: string }): Promise<Report> {
  const { api } = await call.registry()
  const path = { namespace }
  const { name, organization, visibility } = await inNamespace(
    namespace,
    answered(api.GET('/api/v1/namespaces/{namespace}', { params: { path } })),
  )
  const reading = visibility === 'private' ? 'read it or ' : ''
  const consequence = `Handing ${name} from ${organization} to ${to}: members and API keys of ${organization} no longer ${reading}publish into it, those of ${to} do.`
  if (call.flags.yes) call.say(consequence)
  await confirm(call, consequence, name)
  const moved = await answered(
    api.POST('/api/v1/namespaces/{namespace}/transfer', { params: { path }, body: { organization: to } }),
  )
  return {
    schema: 'cadastre.namespace.transfer.v1',
    data: moved,
    rows: [[moved.name, moved.organization, moved.visibility]],
    lines: [`The namespace ${moved.name} belongs to ${moved.organization} now.`],
  }
}
