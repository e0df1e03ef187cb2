/** `cadastre key remove`: ends a namespace's trust in a key, after saying which one that is. */
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { confirm } from '../confirm.ts'
import { exit, Failure, usage } from '../exit.ts'
import { examples } from '../help.ts'
import { inNamespace } from '../in-namespace.ts'
import { answered } from '../registry.ts'
import type { Report } from '../report.ts'
import { keyRow, type SigningKey } from './signing-key.ts'

export function addKeyRemove(key: Command): void {
  const command = key
    .command('remove')
    .description('Remove a key that no version needs: what it signs is no longer accepted.')
    .argument('<namespace>', 'the namespace')
    .argument('<key>', 'its fingerprint or key id, as key list shows them')
    .action(action(removeKey))
  examples(command, ['cadastre key remove acme B5C6D7E8F9012345 --yes'])
}

async function removeKey(call: Call, namespace: string, named: string): Promise<Report> {
  const wanted = asHex(named)
  const { api } = await call.registry()
  const all = '/api/v1/namespaces/{namespace}/signing-keys'
  const { items } = await inNamespace(namespace, answered(api.GET(all, { params: { path: { namespace } } })))
  const { fingerprint, keyId, userId, algorithm } = theOne(items, wanted, namespace)
  const consequence = `Removing signing key ${fingerprint} (${algorithm}, ${userId}) from ${namespace}: what it signs is no longer accepted there.`
  if (call.flags.yes) call.say(consequence)
  await confirm(call, consequence, keyId)
  const removed = await answered(api.DELETE(`${all}/{fingerprint}`, { params: { path: { namespace, fingerprint } } }))
  return {
    schema: 'cadastre.key.remove.v1',
    data: removed,
    rows: [[...keyRow(removed), 'removed']],
    lines: [`Removed signing key ${keyId} from ${namespace}.`],
  }
}

/** gpg prints fingerprints in groups, and some put 0x in front. */
function asHex(named: string): string {
  const hex = named.replaceAll(/\s/g, '').replace(/^0x/i, '').toUpperCase()
  if (/^(?:[0-9A-F]{16}|[0-9A-F]{40})$/.test(hex)) return hex
  throw usage(
    `${JSON.stringify(named)} is neither the fingerprint of a key, 40 hexadecimal digits, nor its id, 16 of them.`,
    'cadastre key list NAMESPACE shows both.',
  )
}

function theOne(keys: SigningKey[], wanted: string, namespace: string): SigningKey {
  const [key, ...others] = keys.filter(({ fingerprint }) => fingerprint.endsWith(wanted))
  const see = `See those it has: cadastre key list ${namespace}`
  if (!key) {
    const sentence = `Namespace ${namespace} has no signing key ${wanted}.`
    throw new Failure(exit.notFound, 'signing-key-not-found', sentence, see)
  }
  if (others.length > 0) throw usage(`Several keys have the id ${wanted}.`, `Give the whole fingerprint. ${see}`)
  if (key.versions === 0) return key
  throw new Failure(
    exit.conflict,
    'signing-key-in-use',
    `Key ${key.fingerprint} has signed ${key.versions === 1 ? 'a version' : `${key.versions} versions`} that could not be installed without it.`,
    'Leave it: new versions may be signed with another key all the same.',
  )
}
