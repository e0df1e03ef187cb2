/**
 * Questions that the server asks itself while it answers somebody, through its own routes: their hooks, schemas and
 * rights hold as they do for a client. What counts requests counts the one that came from outside alone.
 */
import type { FastifyRequest } from 'fastify'

export type OwnAnswer = { status: number; text: string; retryAfter: string | undefined }

/** Nothing that came over a connection is one of these: the framework makes their requests in this process. */
export const isOwnQuestion = ({ raw }: FastifyRequest): boolean => 'isLightMyRequest' in raw

/**
 * @param request the one that is being answered: its id and address go with the question
 * @param url as routes know it @param credentials headers that say for whom it is asked
 */
export async function askOurselves(
  request: FastifyRequest,
  url: string,
  credentials: Record<string, string>,
): Promise<OwnAnswer> {
  const { server, id, ip } = request
  const { statusCode, payload, headers } = await server.inject({
    method: 'GET',
    url: new URL(server.baseUrl).pathname.replace(/\/+$/, '') + url,
    remoteAddress: ip,
    headers: { ...credentials, accept: 'application/json', 'x-request-id': id },
  })
  return { status: statusCode, text: payload, retryAfter: headers['retry-after'] as string | undefined }
}
