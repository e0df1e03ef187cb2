/** `cadastre key list`: the keys whose signatures a namespace accepts. */
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { examples } from '../help.ts'
import { inNamespace } from '../in-namespace.ts'
import { answered } from '../registry.ts'
import type { Report } from '../report.ts'
import { expiryWarnings, keyColumns, keyRow } from './signing-key.ts'

export function addKeyList(key: Command): void {
  const command = key
    .command('list')
    .description('List the keys whose signatures a namespace accepts.')
    .argument('<namespace>', 'the namespace')
    .action(action(listKeys))
  examples(command, ['cadastre key list acme', 'cadastre key list acme --json'])
}

async function listKeys(call: Call, namespace: string): Promise<Report> {
  const { api } = await call.registry()
  const path = '/api/v1/namespaces/{namespace}/signing-keys'
  const { items } = await inNamespace(namespace, answered(api.GET(path, { params: { path: { namespace } } })))
  return {
    schema: 'cadastre.key.list.v1',
    data: { items },
    columns: keyColumns,
    rows: items.map(keyRow),
    notes: items.length === 0 ? [`${namespace} has no signing keys, so no provider can be published into it.`] : [],
    warnings: expiryWarnings(items),
    next: items.length === 0 ? [{ why: 'add one', run: `cadastre key add ${namespace} key.asc` }] : [],
  }
}
