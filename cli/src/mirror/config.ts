/** `cadastre mirror config`: what the CLI configuration of terraform and tofu needs so that providers come through the mirror. */
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { examples } from '../help.ts'
import { answered } from '../registry.ts'
import type { Report } from '../report.ts'

export function addMirrorConfig(mirror: Command): void {
  const command = mirror
    .command('config')
    .description('Print the CLI configuration that fetches providers through the mirror of the registry.')
    .action(action(printConfig))
  examples(command, ['cadastre mirror config >> ~/.terraformrc', 'cadastre mirror config --host registry.example.com'])
}

async function printConfig(call: Call): Promise<Report> {
  const { api } = await call.registry()
  const { url, hostnames } = await answered(api.GET('/api/v1/mirror'))
  const lines = configLines(url, hostnames)
  return {
    schema: 'cadastre.mirror.config.v1',
    data: { url, hostnames, config: `${lines.join('\n')}\n` },
    rows: lines.map((line) => [line]),
    lines,
    warnings: warningsOf(new URL(url), hostnames),
  }
}

function configLines(url: string, hostnames: string[]): string[] {
  const patterns = hostnames.map((hostname) => JSON.stringify(`${hostname}/*/*`)).join(', ')
  return [
    'provider_installation {',
    '  network_mirror {',
    `    url     = ${JSON.stringify(url)}`,
    `    include = [${patterns}]`,
    '  }',
    '  direct {',
    `    exclude = [${patterns}]`,
    '  }',
    '}',
    '',
    '# What is not public needs an API key, which is looked up by the host of the mirror:',
    `# credentials ${JSON.stringify(new URL(url).host)} {`,
    '#   token = "…"',
    '# }',
  ]
}

/** What terraform and tofu will not do, said before they do not do it. */
function warningsOf({ protocol, host, port }: URL, hostnames: string[]): string[] {
  const plainHttp =
    protocol === 'http:'
      ? ['This mirror is plain http, which terraform and tofu refuse: put https in front and set server.base_url.']
      : []
  const withPort =
    port === ''
      ? []
      : [
          `Providers whose address begins with ${host}/ cannot be mirrored: clients trip over the port. Those of ${hostnames.join(', ')} can; server.hostnames holds further names.`,
        ]
  return [...plainHttp, ...withPort]
}
