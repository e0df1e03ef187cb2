/** How a no is said: problem+json on our own API, `{errors, code}` where terraform and tofu listen. */
import type { Problem } from '@cadastre/contract/problem'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { isConnectionLoss } from '../database/database.ts'
import type { Log } from '../log.ts'
import { type Reason, Refusal, statusOf } from '../refusal.ts'

const titles: Record<Reason, string> = {
  malformed: 'Malformed request',
  invalid: 'Refused content',
  unauthenticated: 'Not signed in',
  forbidden: 'Not allowed',
  'not-found': 'Not found',
  'method-not-allowed': 'Method not allowed',
  conflict: 'Conflict',
  gone: 'Gone',
  'too-large': 'Too large',
  'too-many': 'Too many requests',
  unavailable: 'Unavailable',
}

/** Answers with the refusal, or hides a fault behind a sentence and logs it once. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: unknown, log: Log): FastifyReply {
  const refusal = asRefusal(error)
  if (!refusal) logFault(request, error, log)
  return writeProblem(request, reply, refusal ?? fault)
}

export function logFault(request: FastifyRequest, error: unknown, log: Log): void {
  log.error({ requestId: request.id, method: request.method, error: describeFault(error) }, 'a request failed')
}

/** What is said in place of a fault. */
export const fault = new Refusal(
  'unavailable',
  'internal-error',
  'The registry failed to answer this request.',
  'Try again; if it stays so, give the request id to whoever runs this registry.',
)

export const statusOfProblem = (refusal: Refusal) => (refusal === fault ? 500 : statusOf[refusal.reason])

function writeProblem(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const status = statusOfProblem(refusal)
  reply
    .code(status)
    .header('x-request-id', request.id)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
  if (status === 401) reply.header('www-authenticate', challenge(request))
  for (const [name, value] of Object.entries(refusal.headers)) reply.header(name, value)
  if (spokenByTerraform(request.url)) {
    const hint = refusal.hintAt(request.server.baseUrl)
    const text = hint ? `${refusal.message} ${hint}` : refusal.message
    return reply.type('application/json').send(JSON.stringify({ errors: [text], code: refusal.code }))
  }
  return reply.type('application/problem+json').send(JSON.stringify(problemOf(request, refusal)))
}

export const problemOf = ({ id, server }: FastifyRequest, refusal: Refusal): Problem => ({
  type: `${server.baseUrl}/docs/errors/${refusal.code}`,
  title: refusal === fault ? 'Internal error' : titles[refusal.reason],
  status: statusOfProblem(refusal),
  code: refusal.code,
  detail: refusal.message,
  hint: refusal.hintAt(server.baseUrl),
  errors: [refusal.message],
  requestId: id,
})

/** https://www.rfc-editor.org/rfc/rfc6750#section-3: the error is named to those alone who sent something. */
const challenge = ({ headers }: FastifyRequest) =>
  `Bearer realm="cadastre"${headers.authorization === undefined ? '' : ', error="invalid_token"'}`

/** The routes whose form terraform and tofu decide. */
function spokenByTerraform(url: string): boolean {
  return /^\/(v[12]\/|\.well-known\/|archives\/|oauth\/)/.test(url)
}

/**
 * What PostgreSQL says of a NUL, and of a year 0: of values alone, which it was given as they came.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const unstorable = new Set(['22021', '22008'])

export function asRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (isConnectionLoss(error)) return databaseLost()
  const { code = '', validation, statusCode } = error as FastifyError
  if (validation) return new Refusal('malformed', 'request-malformed', (error as Error).message)
  if (unstorable.has(code)) {
    return new Refusal('malformed', 'request-malformed', 'The request has a character or a date that cannot be stored.')
  }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || code === 'FST_REQ_FILE_TOO_LARGE') {
    return new Refusal('too-large', 'body-too-large', 'The request body is larger than this route accepts.')
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new Refusal('malformed', 'request-malformed', (error as Error).message)
  }
  return undefined
}

export function databaseLost(): Refusal {
  return new Refusal(
    'unavailable',
    'database-unreachable',
    "The registry's database cannot be reached.",
    'Try again in a moment.',
    { 'retry-after': '2' },
  )
}

function describeFault(error: unknown) {
  if (!(error instanceof Error)) return { message: String(error) }
  return { message: error.message, stack: error.stack, code: (error as { code?: string }).code }
}
