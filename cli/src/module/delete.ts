/** `cadastre module delete`: takes a version out of the registry, after saying what that means. */
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { confirm } from '../confirm.ts'
import { examples } from '../help.ts'
import { moduleAddress } from '../module-address.ts'
import { answered } from '../registry.ts'
import type { Report } from '../report.ts'

export function addModuleDelete(module: Command): void {
  const command = module
    .command('delete')
    .description('Delete a version: no longer listed or downloadable, restorable for 30 days.')
    .argument('<address>', 'NAMESPACE/NAME/SYSTEM')
    .argument('<version>', 'the version')
    .action(action(deleteVersion))
  examples(command, ['cadastre module delete acme/vpc/aws 1.4.0 --yes'])
}

async function deleteVersion(call: Call, addressText: string, versionText: string): Promise<Report> {
  const path = { ...moduleAddress(addressText), version: versionText }
  const { api } = await call.registry()
  const one = '/api/v1/modules/{namespace}/{name}/{system}/{version}'
  const { address, version, downloads } = await answered(api.GET(one, { params: { path } }))
  const times = downloads === 1 ? 'once' : `${downloads} times`
  const consequence = `Deleting ${address} ${version}, downloaded ${times}, breaks every init that asks for it. It can be restored for 30 days, and its number is never free again.`
  if (call.flags.yes) call.say(consequence)
  await confirm(call, consequence, version)
  const deleted = await answered(api.DELETE(one, { params: { path } }))
  return {
    schema: 'cadastre.module.delete.v1',
    data: deleted,
    rows: [[address, version, deleted.state]],
    lines: [`Deleted ${address} ${version}.`],
    next: [{ why: 'to take it back', run: `cadastre module restore ${address} ${version}` }],
  }
}
