/** Identities of people through the API: whom issuers mean by them, and how one is forgotten. */
import { Identity } from '@cadastre/contract/identities'
import { page } from '@cadastre/contract/paging'
import * as z from 'zod'
import { asker } from '../../access/asker.ts'
import { permitInOrganization } from '../../access/permit.ts'
import type { App } from '../../foundation/app.ts'
import type { Api } from '../../foundation/http/api.ts'
import { userNotFound } from '../../organizations/user.ts'
import { findUser } from '../../organizations/user-queries.ts'
import { type IdentityRow, listIdentities } from './identity-queries.ts'
import { unlinkIdentity } from './unlink.ts'

export function identityApi(api: Api, app: App) {
  api.get(
    '/users/:id/identities',
    {
      schema: {
        summary: 'What identity providers call somebody: yourself, or with users:read on the platform anybody.',
        tags: ['users'],
        params: z.object({ id: z.uuid() }),
        response: { 200: page(Identity) },
      },
    },
    async ({ params, caller }) => {
      if (caller.userId !== params.id) permitInOrganization(caller, 'users:read')
      if (!(await findUser(app.db, params.id))) throw userNotFound(params.id)
      return { items: (await listIdentities(app.db, params.id)).map(asIdentity), next: null }
    },
  )

  api.delete(
    '/users/:id/identities/:identity',
    {
      schema: {
        summary:
          'Forget what an identity provider calls somebody, and end their sessions that began with it. Needs users:write on the platform, and every scope that they hold.',
        tags: ['users'],
        params: z.object({ id: z.uuid(), identity: z.uuid() }),
        response: { 200: Identity },
      },
    },
    async (request) => {
      const { id, identity } = request.params
      request.attempt = { kind: 'identity.unlinked', subject: id }
      return asIdentity(await unlinkIdentity(app, asker(request), id, identity))
    },
  )
}

const asIdentity = (row: IdentityRow): Identity => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastUsedAt.toISOString(),
})
