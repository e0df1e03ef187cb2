/** `cadastre module restore`: takes back the deletion of a version. */
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { examples } from '../help.ts'
import { moduleAddress } from '../module-address.ts'
import { answered } from '../registry.ts'
import type { Report } from '../report.ts'

export function addModuleRestore(module: Command): void {
  const command = module
    .command('restore')
    .description('Take back the deletion of a version, within 30 days.')
    .argument('<address>', 'NAMESPACE/NAME/SYSTEM')
    .argument('<version>', 'the version')
    .action(action(restoreVersion))
  examples(command, ['cadastre module restore acme/vpc/aws 1.4.0'])
}

async function restoreVersion(call: Call, addressText: string, versionText: string): Promise<Report> {
  const path = { ...moduleAddress(addressText), version: versionText }
  const { api } = await call.registry()
  const restored = await answered(
    api.POST('/api/v1/modules/{namespace}/{name}/{system}/{version}/restore', { params: { path } }),
  )
  const { address, version, state } = restored
  return {
    schema: 'cadastre.module.restore.v1',
    data: restored,
    rows: [[address, version, state]],
    lines: [`Restored ${address} ${version}.`],
  }
}
