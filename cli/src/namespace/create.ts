/** `cadastre namespace create`: claims a namespace for an organization. */
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { examples } from '../help.ts'
import { answered } from '../registry.ts'
import type { Report } from '../report.ts'
import { type Visibility, visibilityOption } from './visibility.ts'

type Flags = { visibility: Visibility; organization: string }

export function addNamespaceCreate(namespace: Command): void {
  const command = namespace
    .command('create')
    .description('Claim a namespace for an organization.')
    .argument('<name>', 'the first part of addresses, such as acme')
    .addOption(visibilityOption().default('internal'))
    .option('--organization <organization>', 'who is to own it', 'default')
    .action(action(createNamespace))
  examples(command, ['cadastre namespace create acme', 'cadastre namespace create open --visibility public'])
}

async function createNamespace(call: Call, name: string, { visibility, organization }: Flags): Promise<Report> {
  const { api } = await call.registry()
  const created = await answered(api.POST('/api/v1/namespaces', { body: { name, visibility, organization } }))
  return {
    schema: 'cadastre.namespace.create.v1',
    data: created,
    rows: [[created.name, created.organization, created.visibility]],
    lines: [`Created the namespace ${created.name} (${created.visibility}), owned by ${created.organization}.`],
    warnings: isForModulesAlone(created.name) ? [forModulesAlone(created.name)] : [],
    next: [
      {
        why: 'publish into it',
        run: `cadastre publish module DIR --address ${created.name}/NAME/SYSTEM --version 1.0.0`,
      },
    ],
  }
}

/** Addresses of modules may have them, those of providers may not. */
const isForModulesAlone = (name: string) => /_|--/.test(name)
const forModulesAlone = (name: string) =>
  `terraform and tofu take no _ and no -- in the address of a provider: ${name} is good for modules alone.`
