/** `cadastre mirror host`: what the CLI configuration of terraform and tofu needs so that this registry answers for another. */
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { examples } from '../help.ts'
import { answered } from '../registry.ts'
import type { Report } from '../report.ts'

export function addMirrorHost(mirror: Command): void {
  const command = mirror
    .command('host')
    .description('Print the CLI configuration with which this registry answers for a public one in its catalogue.')
    .argument('[hostname]', 'the public registry', 'registry.opentofu.org')
    .action(action(printHost))
  examples(command, [
    'cadastre mirror host >> ~/.tofurc',
    'cadastre mirror host registry.opentofu.org >> ~/.terraformrc',
  ])
}

async function printHost(call: Call, hostname: string): Promise<Report> {
  const { api } = await call.registry()
  const mirror = await answered(api.GET('/api/v1/mirror'))
  const url = mirror.url.replace(/mirror\/$/, `upstream/${hostname.toLowerCase()}/`)
  const lines = [
    `host ${JSON.stringify(hostname)} {`,
    '  services = {',
    `    "modules.v1"   = ${JSON.stringify(`${url}modules/`)}`,
    `    "providers.v1" = ${JSON.stringify(`${url}providers/`)}`,
    '  }',
    '}',
    '',
    '# What is not public needs an API key of this registry, which is looked up by the host of the address:',
    `# credentials ${JSON.stringify(hostname)} {`,
    '#   token = "…"',
    '# }',
  ]
  return {
    schema: 'cadastre.mirror.host.v1',
    data: { hostname, modules: `${url}modules/`, providers: `${url}providers/`, config: `${lines.join('\n')}\n` },
    rows: lines.map((line) => [line]),
    lines,
  }
}
