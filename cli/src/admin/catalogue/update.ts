/** `cadastre admin catalogue update`: changes who may see a registry in the catalogue, or one namespace of it. */
import { type Command, Option } from 'commander'
import { action, type Call } from '../../call.ts'
import { usage } from '../../exit.ts'
import { examples } from '../../help.ts'
import { type Visibility, visibilities } from '../../namespace/visibility.ts'
import { answered } from '../../registry.ts'
import type { Report } from '../../report.ts'
import { rowsOf } from './source.ts'

type Flags = { namespace?: string; visibility?: Visibility; asRegistry?: boolean }

export function addCatalogueUpdate(catalogue: Command): void {
  const command = catalogue
    .command('update')
    .description('Change who may see a registry in the catalogue, or one namespace of it.')
    .argument('<hostname>', 'the registry, as its addresses carry it')
    .option('--namespace <namespace>', 'of this namespace alone')
    .addOption(
      new Option(
        '--visibility <visibility>',
        'who may see it: roles on the platform (private), everybody signed in (internal), anyone (public)',
      ).choices(visibilities),
    )
    .option('--as-registry', 'the namespace is seen as its registry is')
    .action(action(updateCatalogue))
  examples(command, [
    'cadastre admin catalogue update registry.opentofu.org --visibility public',
    'cadastre admin catalogue update registry.opentofu.org --namespace hashicorp --visibility private',
    'cadastre admin catalogue update registry.opentofu.org --namespace hashicorp --as-registry',
  ])
}

async function updateCatalogue(call: Call, hostname: string, flags: Flags): Promise<Report> {
  const { namespace, visibility, asRegistry } = flags
  if (asRegistry ? visibility !== undefined || namespace === undefined : visibility === undefined) {
    throw usage(
      'Who may see it?',
      'Give --visibility private, internal or public; or, with --namespace, --as-registry.',
    )
  }
  const changed = await answered(ask(await call.registry(), hostname, namespace, visibility))
  const what = namespace === undefined ? hostname : `${hostname}/${namespace}`
  return {
    schema: 'cadastre.admin.catalogue.update.v1',
    data: changed,
    rows: rowsOf(changed),
    lines: [`${what} is ${visibility ?? `seen as ${hostname} is: ${changed.visibility}`} now.`],
  }
}

function ask(
  { api }: Awaited<ReturnType<Call['registry']>>,
  hostname: string,
  namespace: string | undefined,
  visibility: Visibility | undefined,
) {
  if (namespace === undefined)
    return api.PATCH('/api/v1/catalogue/sources/{hostname}', {
      params: { path: { hostname } },
      body: { visibility: visibility! },
    })
  const one = '/api/v1/catalogue/sources/{hostname}/namespaces/{namespace}'
  const params = { path: { hostname, namespace } }
  return visibility === undefined ? api.DELETE(one, { params }) : api.PUT(one, { params, body: { visibility } })
}
