/** `cadastre token create`: makes an API key. It goes to stdout alone, so that a shell can take it. */
import { scopeMeanings } from '@cadastre/contract/scope-meanings'
import type { ScopeName as Scope } from '@cadastre/contract/scope-names'
import { type Command, InvalidArgumentError } from 'commander'
import { action, type Call } from '../call.ts'
import { usage } from '../exit.ts'
import { examples } from '../help.ts'
import { answered } from '../registry.ts'
import type { Report } from '../report.ts'
import { expiry } from './expiry.ts'

type Flags = {
  scope: Scope[]
  namespace: string[]
  organization?: string
  platform?: boolean
  owner?: string
  expires?: string
}

export function addTokenCreate(token: Command): void {
  const command = token
    .command('create')
    .description('Make an API key and print it: this once.')
    .argument('<name>', 'what it is for, as others will read it')
    .requiredOption('--scope <scope>', 'what it may do; repeat it, or separate scopes by commas', scopes)
    .option('--namespace <namespace>', 'only in this namespace; repeatable', list, [])
    .option('--organization <organization>', 'whose key it is (default: "default")')
    .option('--platform', 'a key of the platform: every organization')
    .option('--owner <e-mail>', 'whose key it is: it never does more than they may (default: yours)')
    .option('--expires <span|time>', 'when it ends: 12h, 90d, 8w or 2030-01-31T12:00:00Z (default: never)', (text) =>
      expiry(text),
    )
    .action(action(createToken))
  examples(command, [
    'cadastre token create ci --scope modules:write --namespace acme --expires 90d',
    'export TFR_CLI_TOKEN=$(cadastre token create laptop --scope modules:read,modules:write)',
  ])
  const width = Math.max(...Object.keys(scopeMeanings).map((scope) => scope.length))
  const meanings = Object.entries(scopeMeanings).map(([scope, meaning]) => `  ${scope.padEnd(width)}  ${meaning}`)
  command.addHelpText('after', `\nScopes:\n${meanings.join('\n')}`)
}

async function createToken(call: Call, name: string, flags: Flags): Promise<Report> {
  if (flags.platform && flags.organization !== undefined) {
    throw usage('A key belongs to an organization or to the platform.', 'Give --organization or --platform, not both.')
  }
  const { api } = await call.registry()
  const body = {
    name,
    scopes: flags.scope,
    namespaces: flags.namespace,
    organization: flags.platform ? null : (flags.organization ?? 'default'),
    owner: flags.owner,
    expiresAt: flags.expires ?? null,
  }
  const created = await answered(api.POST('/api/v1/api-keys', { body }))
  const { id, expiresAt, scopes: held } = created.apiKey
  return {
    schema: 'cadastre.token.create.v1',
    data: created,
    rows: [[created.token]],
    notes: [
      `Made the key ${name} (${id}): ${held.join(', ')}; ${expiresAt ? `until ${expiresAt}` : 'it never expires'}.`,
      'It is shown this once.',
    ],
    next: [{ why: 'to take it back', run: `cadastre token revoke ${id}` }],
  }
}

function scopes(text: string, before: Scope[] | undefined): Scope[] {
  const wanted = text.split(',').map((scope) => scope.trim())
  const unknown = wanted.find((scope) => !Object.hasOwn(scopeMeanings, scope))
  if (unknown !== undefined) throw new InvalidArgumentError(`The scopes are ${Object.keys(scopeMeanings).join(', ')}.`)
  return [...(before ?? []), ...(wanted as Scope[])]
}

const list = (text: string, before: string[]) => [...before, ...text.split(',')]
