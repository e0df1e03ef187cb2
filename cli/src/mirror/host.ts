/** `cadastre mirror host`: what the CLI configuration of terraform and tofu needs so that this registry answers for another. */
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { examples } from '../help.ts'
import { findLoginService, type LoginService } from '../login/login-service.ts'
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
  const { api, choice, exchange } = await call.registry()
  const mirror = await answered(api.GET('/api/v1/mirror'))
  const url = mirror.url.replace(/mirror\/$/, `upstream/${hostname.toLowerCase()}/`)
  // Without one people write a key by hand.
  const login = await findLoginService(choice.base, exchange).catch(() => undefined)
  const lines = [
    `host ${quoted(hostname)} {`,
    '  services = {',
    `    "modules.v1"   = ${quoted(`${url}modules/`)}`,
    `    "providers.v1" = ${quoted(`${url}providers/`)}`,
    ...(login ? loginLines(login, url) : []),
    '  }',
    '}',
    '',
    '# What is not public needs an API key of this registry, which is looked up by the host of the address:',
    ...(login ? [`# terraform login ${hostname}, or tofu login ${hostname}; for a pipeline`] : []),
    `# credentials ${quoted(hostname)} {`,
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

/** At the address of the other services, whatever name the registry was asked by now. */
function loginLines({ client, authz, token, ports }: LoginService, url: string): string[] {
  const here = (address: string) => quoted(new URL(url).origin + new URL(address).pathname)
  return [
    '    "login.v1" = {',
    `      client      = ${quoted(client)}`,
    '      grant_types = ["authz_code"]',
    `      authz       = ${here(authz)}`,
    `      token       = ${here(token)}`,
    `      ports       = [${ports.join(', ')}]`,
    '    }',
  ]
}

const quoted = (text: string) => JSON.stringify(text)
