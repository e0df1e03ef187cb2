/** Who may keep an answer: what depends on the caller, nobody; what is anybody's, everybody for a minute. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { permit, type Visibility } from '../../access/permit.ts'
import type { App } from '../../foundation/app.ts'
import { findNamespace } from '../../organizations/queries.ts'

export const keptByNobody = 'private, no-store'

export function keepWhatIsPublic(reply: FastifyReply, { visibility }: { visibility: Visibility }): void {
  if (visibility === 'public') reply.header('cache-control', 'public, max-age=60')
}

/** For what is in one namespace. @throws unauthenticated, not-found */
export async function permittedNamespace(
  app: App,
  { caller }: FastifyRequest,
  reply: FastifyReply,
  scope: 'modules:read' | 'providers:read',
  name: string,
): Promise<void> {
  const namespace = await findNamespace(app.db, name)
  permit(caller, scope, namespace)
  keepWhatIsPublic(reply, namespace)
}
