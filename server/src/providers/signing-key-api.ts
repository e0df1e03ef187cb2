/** Signing keys through the API. */
import { NamespaceName } from '@cadastre/contract/addresses'
import {
  AddedSigningKey,
  NewSigningKey,
  SigningKey,
  SigningKeyParams,
  SigningKeys,
} from '@cadastre/contract/signing-keys'
import * as z from 'zod'
import { asker } from '../access/asker.ts'
import { permit } from '../access/permit.ts'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { findNamespace } from '../organizations/queries.ts'
import { listSigningKeys, type SigningKeyRow } from './signing-key-queries.ts'
import { addSigningKey, removeSigningKey } from './signing-keys.ts'

const tags = ['signing keys']
const params = z.object({ namespace: NamespaceName })

export function signingKeyApi(api: Api, app: App) {
  const asKey = (namespace: string, row: SigningKeyRow): SigningKey => ({
    namespace,
    fingerprint: row.fingerprint,
    keyId: row.keyId,
    algorithm: row.algorithm,
    userId: row.userId,
    armored: row.armored,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    expired: row.expiresAt !== null && row.expiresAt.getTime() <= app.clock(),
    versions: row.versions,
    addedBy: row.addedBy,
    addedAt: row.addedAt.toISOString(),
  })

  api.get(
    '/namespaces/:namespace/signing-keys',
    {
      schema: {
        summary: 'The keys whose signatures a namespace accepts, oldest first.',
        tags,
        params,
        response: { 200: SigningKeys },
      },
    },
    async ({ params, caller }) => {
      const name = params.namespace.toLowerCase()
      const namespace = await findNamespace(app.db, name)
      permit(caller, 'providers:read', namespace)
      return { items: (await listSigningKeys(app.db, namespace.id)).map((row) => asKey(name, row)) }
    },
  )

  api.post(
    '/namespaces/:namespace/signing-keys',
    {
      schema: {
        summary: 'Add a public key. Needs providers:write.',
        description: 'A key that is there already answers 200 and brings what changed on it, such as a later expiry.',
        tags,
        params,
        body: NewSigningKey,
        response: { 200: AddedSigningKey, 201: AddedSigningKey },
      },
    },
    async (request, reply) => {
      const { params, body } = request
      const name = params.namespace.toLowerCase()
      request.attempt = { kind: 'signing_key.added', subject: name, namespace: name }
      const { isNew, key, warnings } = await addSigningKey(app, asker(request), name, body.armored)
      const outcome = isNew ? ('added' as const) : ('already-added' as const)
      return reply.code(isNew ? 201 : 200).send({ outcome, key: asKey(name, key), warnings })
    },
  )

  api.delete(
    '/namespaces/:namespace/signing-keys/:fingerprint',
    {
      schema: {
        summary: 'Remove a key that no version needs. Needs providers:write.',
        tags,
        params: SigningKeyParams,
        response: { 200: SigningKey },
      },
    },
    async (request) => {
      const { params } = request
      const name = params.namespace.toLowerCase()
      return asKey(name, await removeSigningKey(app, asker(request), name, params.fingerprint))
    },
  )
}
