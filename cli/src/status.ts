/** `cadastre` alone: where you stand, and the next useful command. */
import type { Command } from 'commander'
import { action, type Call } from './call.ts'
import { cliVersion } from './cli-version.ts'
import { Failure } from './exit.ts'
import { examples } from './help.ts'
import { answered, type Registry } from './registry.ts'
import type { NextStep, Report } from './report.ts'
import { serverVersion } from './version.ts'
import { callerText, grantText } from './whoami.ts'

/** Hidden: it is what `cadastre` alone means. */
export function addStatus(program: Command): void {
  const command = program
    .command('status', { hidden: true })
    .description('Say where you stand, and what to do next.')
    .action(action(sayStatus))
  examples(command, ['cadastre'])
}

async function sayStatus(call: Call): Promise<Report> {
  const registry = await registryOrNone(call)
  if (!registry) return withoutRegistry()
  const { api, base, choice } = registry
  const [caller, { version }] = await Promise.all([answered(api.GET('/api/v1/whoami')), serverVersion(registry)])
  return {
    schema: 'cadastre.status.v1',
    data: { host: base, hostFrom: choice.hostFrom, caller, server: version, cli: cliVersion },
    rows: [
      ['registry', `${base} (${choice.hostFrom})`],
      ['caller', callerText(caller)],
      ...caller.grants.map((grant) => ['grant', grantText(grant)]),
      ['server', version],
      ['cadastre', cliVersion],
    ],
    next: [
      caller.kind === 'anonymous' ? signIn(choice.discoverable ? choice.key : choice.base) : await nextStep(registry),
      help,
    ],
  }
}

async function registryOrNone(call: Call): Promise<Registry | undefined> {
  try {
    return await call.registry()
  } catch (error) {
    if (error instanceof Failure && error.code === 'no-registry') return undefined
    throw error
  }
}

const withoutRegistry = (): Report => ({
  schema: 'cadastre.status.v1',
  data: { host: null, cli: cliVersion },
  rows: [
    ['registry', 'none'],
    ['cadastre', cliVersion],
  ],
  next: [
    { why: 'name a registry', run: 'export TFR_CLI_HOST=registry.example.com' },
    { why: 'or try one out', run: 'cadastre demo' },
    help,
  ],
})

const help: NextStep = { why: 'see every command', run: 'cadastre --help' }
const signIn = (host: string): NextStep => ({ why: 'sign in', run: `cadastre login ${host}` })

async function nextStep({ api }: Registry): Promise<NextStep> {
  const query = { limit: 1 }
  const modules = await answered(api.GET('/api/v1/modules', { params: { query } }))
  if (modules.items[0]) return { why: 'see your modules', run: 'cadastre module list' }
  const namespaces = await answered(api.GET('/api/v1/namespaces', { params: { query } }))
  const namespace = namespaces.items[0]?.name
  if (!namespace) return { why: 'claim a namespace', run: 'cadastre namespace create NAME' }
  return {
    why: 'publish a module',
    run: `cadastre publish module DIR --address ${namespace}/NAME/SYSTEM --version 1.0.0`,
  }
}
