/** `cadastre provider deprecate`: tells whoever installs a provider, or a version of it, to leave it. */
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { examples } from '../help.ts'
import { providerOrVersion } from '../provider-address.ts'
import { answered } from '../registry.ts'
import type { Report } from '../report.ts'

export function addProviderDeprecate(provider: Command): void {
  const command = provider
    .command('deprecate')
    .description('Deprecate a provider or a version: it still installs, and terraform init prints the message.')
    .argument('<address>', 'NAMESPACE/TYPE, or NAMESPACE/TYPE@VERSION')
    .requiredOption('--message <text>', 'why, and what to use instead')
    .action(action(deprecate))
  examples(command, [
    'cadastre provider deprecate acme/greeter@1.1.0 --message "Loses state; use 1.1.1."',
    'cadastre provider deprecate acme/greeter --message "Use acme/welcome."',
  ])
}

async function deprecate(call: Call, addressText: string, { message }: { message: string }): Promise<Report> {
  const { version, ...address } = providerOrVersion(addressText)
  const { api } = await call.registry()
  const one = '/api/v1/providers/{namespace}/{type}'
  const body = { message }
  const changed =
    version === undefined
      ? await answered(api.POST(`${one}/deprecate`, { params: { path: address }, body }))
      : await answered(api.POST(`${one}/{version}/deprecate`, { params: { path: { ...address, version } }, body }))
  const text = `${changed.address}${version === undefined ? '' : `@${version}`}`
  return {
    schema: 'cadastre.provider.deprecate.v1',
    data: changed,
    rows: [[changed.address, version ?? null, 'deprecated', changed.deprecation]],
    lines: [`Deprecated ${text}: ${changed.deprecation}`],
    next: [{ why: 'to take it back', run: `cadastre provider restore ${text}` }],
  }
}
