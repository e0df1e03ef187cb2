/** Bringing in a signing key and taking it away. Several at once are the rule while one replaces another. */
import type { Asker } from '../access/asker.ts'
import { permit } from '../access/permit.ts'
import { record } from '../audit/record.ts'
import type { App } from '../foundation/app.ts'
import { announce } from '../foundation/database/changes.ts'
import { type Tx, transaction } from '../foundation/database/database.ts'
import { Refusal } from '../foundation/refusal.ts'
import { namespaceTopic } from '../organizations/namespace.ts'
import { findNamespace } from '../organizations/queries.ts'
import { issuerOf, type ReadKey, readSigningKey } from './openpgp.ts'
import {
  deleteSigningKey,
  insertSigningKey,
  listSigningKeys,
  lockSigningKeys,
  refreshKeyOfVersions,
  type SigningKeyRow,
  versionsWithOlder,
} from './signing-key-queries.ts'

const expiresSoonDays = 30
/** Whoever may read the namespace gets all of them at once, and a signature is held against each. */
const maxKeys = 50

export async function addSigningKey(app: App, asker: Asker, namespaceName: string, armored: string) {
  const namespace = await findNamespace(app.db, namespaceName)
  permit(asker.caller, 'providers:write', namespace)
  const key = await readSigningKey(armored)
  const added = await transaction(app.db, async (tx) => {
    const before = (await listSigningKeys(tx, namespace.id)).find(({ fingerprint }) => fingerprint === key.fingerprint)
    const isNew = await insertSigningKey(tx, namespace.id, key, asker.caller.name)
    if (before?.armored !== key.armored) {
      await record(tx, {
        kind: isNew ? 'signing_key.added' : 'signing_key.renewed',
        by: asker,
        subject: `${namespace.name} ${key.fingerprint}`,
        namespace: namespace.name,
        details: { algorithm: key.algorithm, userId: key.userId, expiresAt: key.expiresAt?.toISOString() ?? null },
      })
    }
    if (!isNew) {
      await refreshKeyOfVersions(tx, await versionsThatStillFit(tx, namespace.id, key), key)
      await announce(tx, namespaceTopic(namespace.name))
    }
    const keys = await listSigningKeys(tx, namespace.id)
    if (isNew && keys.length > maxKeys) throw tooManyKeys(namespace.name)
    const row = keys.find(({ fingerprint }) => fingerprint === key.fingerprint)!
    return { isNew, key: row, warnings: expiryWarnings(row, app.clock()) }
  })
  if (!added.isNew) app.changes.apply([namespaceTopic(namespace.name)])
  return added
}

/**
 * Those that the key as it is now has signed. What a subkey signed that is no longer in it, since it was revoked or this is
 * another copy, keeps the key that clients need for it.
 */
async function versionsThatStillFit(tx: Tx, namespaceId: string, key: ReadKey): Promise<string[]> {
  const signers = new Set(key.signers.map((fingerprint) => fingerprint.slice(-16)))
  const fitting: string[] = []
  for (const { id, signature } of await versionsWithOlder(tx, namespaceId, key))
    if (signers.has(await issuerOf(signature))) fitting.push(id)
  return fitting
}

/** @param fingerprint of the key, or its key id */
export async function removeSigningKey(
  app: App,
  asker: Asker,
  namespaceName: string,
  fingerprint: string,
): Promise<SigningKeyRow> {
  const namespace = await findNamespace(app.db, namespaceName)
  permit(asker.caller, 'providers:write', namespace)
  return transaction(app.db, async (tx) => {
    const [key, ...others] = await lockSigningKeys(tx, namespace.id, fingerprint.toUpperCase())
    if (!key) throw keyNotFound(namespace.name, fingerprint)
    if (others.length > 0) throw keyAmbiguous(fingerprint)
    if (key.versions > 0) throw keyInUse(key)
    await deleteSigningKey(tx, key.id)
    await record(tx, {
      kind: 'signing_key.removed',
      by: asker,
      subject: `${namespace.name} ${key.fingerprint}`,
      namespace: namespace.name,
    })
    return key
  })
}

/** Expired keys still verify, as they do for terraform; whoever publishes should know. */
export function expiryWarnings(key: { keyId: string; expiresAt: Date | null }, nowMs: number): string[] {
  if (key.expiresAt === null) return []
  const day = key.expiresAt.toISOString().slice(0, 10)
  if (key.expiresAt.getTime() <= nowMs) {
    return [`Signing key ${key.keyId} expired on ${day}: terraform accepts it, OpenTofu may be told not to.`]
  }
  const isSoon = key.expiresAt.getTime() < nowMs + expiresSoonDays * 24 * 60 * 60 * 1000
  return isSoon ? [`Signing key ${key.keyId} expires on ${day}. Extend it and add it again, or bring in another.`] : []
}

const tooManyKeys = (namespace: string) =>
  new Refusal(
    'conflict',
    'signing-keys-too-many',
    `Namespace ${namespace} has ${maxKeys} signing keys, and that is as many as it may have.`,
    `Remove those that nothing was signed with: cadastre key list ${namespace}`,
  )

const keyNotFound = (namespace: string, fingerprint: string) =>
  new Refusal(
    'not-found',
    'signing-key-not-found',
    `Namespace ${namespace} has no signing key ${fingerprint}.`,
    `See those it has: cadastre key list ${namespace}`,
  )

const keyAmbiguous = (keyId: string) =>
  new Refusal('conflict', 'signing-key-ambiguous', `Several keys have the id ${keyId}.`, 'Give the whole fingerprint.')

const keyInUse = ({ fingerprint, versions }: SigningKeyRow) =>
  new Refusal(
    'conflict',
    'signing-key-in-use',
    `Key ${fingerprint} has signed ${versions === 1 ? 'a version' : `${versions} versions`} that could not be installed without it.`,
    'Leave it: new versions may be signed with another key all the same.',
  )
