/** `cadastre admin identity-providers test`: lets the registry ask one what it says of itself. */
import type { Command } from 'commander'
import { action, type Call } from '../../call.ts'
import { exit } from '../../exit.ts'
import { examples } from '../../help.ts'
import { answered } from '../../registry.ts'
import type { Report } from '../../report.ts'

export function addIdentityProvidersTest(providers: Command): void {
  const command = providers
    .command('test')
    .description('Let the registry ask an identity provider what it says of itself, and look at its keys.')
    .argument('<name>', 'its name')
    .action(action(testProvider))
  examples(command, ['cadastre admin identity-providers test acme-sso'])
}

async function testProvider(call: Call, name: string): Promise<Report> {
  const { api } = await call.registry()
  const result = await answered(api.POST('/api/v1/identity-providers/{name}/test', { params: { path: { name } } }))
  return {
    schema: 'cadastre.admin.identity-providers.test.v1',
    data: result,
    columns: ['step', 'result', 'detail'],
    rows: result.steps.map(({ step, ok, detail }) => [step, ok ? 'ok' : 'failed', detail]),
    warnings: result.steps.filter(({ ok }) => !ok).map(({ step, detail }) => `${step} failed: ${detail}`),
    exitCode: result.ok ? exit.done : exit.unreachable,
  }
}
