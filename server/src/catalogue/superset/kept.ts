/** Who may keep an answer: what depends on the caller, nobody; what is anybody's, everybody for a minute. */
import type { FastifyReply } from 'fastify'
import type { Visibility } from '../../access/permit.ts'

export const keptByNobody = 'private, no-store'

export function keepWhatIsPublic(reply: FastifyReply, { visibility }: { visibility: Visibility }): void {
  if (visibility === 'public') reply.header('cache-control', 'public, max-age=60')
}
