/** `cadastre whoami`: who the registry takes you for, and what you may do. */
import type { components } from '@cadastre/contract/openapi.gen'
import type { Command } from 'commander'
import { action, type Call } from './call.ts'
import { examples } from './help.ts'
import { answered } from './registry.ts'
import type { Report } from './report.ts'

type WhoAmI = components['schemas']['WhoAmI']

export function addWhoAmI(program: Command): void {
  const command = program
    .command('whoami')
    .description('Say who the registry takes you for, and what you may do.')
    .action(action(whoAmI))
  examples(command, ['cadastre whoami', 'cadastre whoami --host registry.example.com -v'])
}

async function whoAmI(call: Call): Promise<Report> {
  const { api, base, choice } = await call.registry()
  const caller = await answered(api.GET('/api/v1/whoami'))
  return {
    schema: 'cadastre.whoami.v1',
    data: { host: base, tokenFrom: choice.tokenFrom ?? null, ...caller },
    rows: [
      ['host', base],
      ['caller', callerText(caller)],
      ...(caller.kind === 'anonymous' ? [] : [['until', caller.expiresAt ?? 'it is revoked']]),
      ...caller.grants.map((grant) => ['grant', grantText(grant)]),
    ],
  }
}

export function callerText({ kind, name, owner }: WhoAmI): string {
  if (kind === 'anonymous') return 'nobody (not signed in)'
  return owner === null ? `${name} (${kind})` : `${owner}, with the key ${name}`
}

export const grantText = ({ organization, scopes, namespaces }: WhoAmI['grants'][number]) =>
  `${scopes.join(', ')} on ${organization}${namespaces ? `, only in ${namespaces.join(', ')}` : ''}`
