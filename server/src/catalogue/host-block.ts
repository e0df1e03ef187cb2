/** What the CLI configuration of terraform and tofu needs so that this registry answers for another. Pure. */
import { loginService } from '../auth/terraform-login/client.ts'

/** @param withLogin whether `terraform login` is there to be led to */
export function hostBlock(hostname: string, baseUrl: string, { withLogin = true } = {}): string {
  const upstream = `${baseUrl}/v1/upstream/${hostname}`
  return [
    `host ${quoted(hostname)} {`,
    '  services = {',
    `    "modules.v1"   = ${quoted(`${upstream}/modules/`)}`,
    `    "providers.v1" = ${quoted(`${upstream}/providers/`)}`,
    ...(withLogin ? loginLines(baseUrl) : []),
    '  }',
    '}',
    '',
  ].join('\n')
}

function loginLines(baseUrl: string): string[] {
  const { client, grant_types, authz, token, ports } = loginService(baseUrl)
  return [
    '    "login.v1" = {',
    `      client      = ${quoted(client)}`,
    `      grant_types = [${grant_types.map(quoted).join(', ')}]`,
    `      authz       = ${quoted(authz)}`,
    `      token       = ${quoted(token)}`,
    `      ports       = [${ports.join(', ')}]`,
    '    }',
  ]
}

const quoted = (text: string) => JSON.stringify(text)
