/** Bringing in a signing key and taking it away. Several at once are the rule while one replaces another. */
import type { Asker } from '../access/asker.ts'
import { permit } from '../access/permit.ts'
import { record } from '../audit/record.ts'
import type { App } from '../foundation/app.ts'
import { announce } from '../foundation/database/changes.ts'
import { transaction } from '../foundation/database/database.ts'
import { Refusal } from '../foundation/refusal.ts'
import { namespaceTopic } from '../organizations/namespace.ts'
import { findNamespace } from '../organizations/queries.ts'
import { readSigningKey } from './openpgp.ts'
import {
  deleteSigningKey,
  insertSigningKey,
  listSigningKeys,
  lockSigningKeys,
  refreshKeyOfVersions,
  type SigningKeyRow,
} from './signing-key-queries.ts'

const expiresSoonDays = 30

export async function addSigningKey(app: App, asker: Asker, namespaceName: string, armored: string) {
  const namespace = await findNamespace(app.db, namespaceName)
  permit(asker.caller, 'providers:write', namespace)
  const key = await readSigningKey(armored)
  const added = await transaction(app.db, async (tx) => {
    const isNew = await insertSigningKey(tx, namespace.id, key, asker.caller.name)
    if (isNew) {
      await record(tx, {
        kind: 'signing_key.added',
        by: asker,
        subject: `${namespace.name} ${key.fingerprint}`,
        namespace: namespace.name,
        details: { algorithm: key.algorithm, userId: key.userId, expiresAt: key.expiresAt?.toISOString() ?? null },
      })
    }
    if (!isNew) {
      await refreshKeyOfVersions(tx, namespace.id, key)
      await announce(tx, namespaceTopic(namespace.name))
    }
    const row = (await listSigningKeys(tx, namespace.id)).find(({ fingerprint }) => fingerprint === key.fingerprint)!
    return { isNew, key: row, warnings: expiryWarnings(row, app.clock()) }
  })
  if (!added.isNew) app.changes.apply([namespaceTopic(namespace.name)])
  return added
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
