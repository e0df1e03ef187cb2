/** `POST /oauth/token`: a client exchanges its code. No cookie and no key counts here; answers are those of OAuth. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../foundation/app.ts'
import type { Http } from '../../foundation/http/http.ts'
import { asRefusal, fault, logFault, statusOfProblem } from '../../foundation/http/problem.ts'
import type { Refusal } from '../../foundation/refusal.ts'
import type { RequestLimits } from '../request-limits.ts'
import { loginClientId } from './client.ts'
import type { TokenRequest } from './codes.ts'
import { exchangeCode } from './exchange.ts'
import { grantUnsupported, loginClientUnknown, loginRequestInvalid } from './refusals.ts'

const maxFormBytes = 8 * 1024

export async function loginTokens(http: Http, app: App, limits: RequestLimits): Promise<void> {
  await http.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: maxFormBytes },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    )
    scope.addContentTypeParser('*', (_request, _payload, done) =>
      done(loginRequestInvalid('The request has to be sent as application/x-www-form-urlencoded.')),
    )
    limits.guard(scope)
    scope.setErrorHandler((error, request, reply) => sendRefusal(app, error, request, reply))

    scope.post<{ Body: URLSearchParams | undefined }>(
      '/oauth/token',
      { config: { limit: 'sign_in' } },
      async (request, reply) => {
        const wanted = tokenRequest(request.body ?? new URLSearchParams())
        const token = await exchangeCode(app, wanted, { address: request.ip, requestId: request.id })
        return unkept(request, reply).send({ access_token: token, token_type: 'bearer' })
      },
    )
  })
}

/** https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3: what is unknown is not looked at, and nothing comes twice. */
function tokenRequest(form: URLSearchParams): TokenRequest {
  const field = (name: string): string => {
    const [value = '', second] = form.getAll(name)
    if (second !== undefined) throw loginRequestInvalid(`The request says ${name} twice.`)
    if (value === '') throw loginRequestInvalid(`The request does not say ${name}.`)
    return value
  }
  if (field('grant_type') !== 'authorization_code') throw grantUnsupported()
  const [clientId, redirectUri] = [field('client_id'), field('redirect_uri')]
  const [code, verifier] = [field('code'), field('code_verifier')]
  if (clientId !== loginClientId) throw loginClientUnknown()
  if (!/^[\w.~-]{43,128}$/.test(verifier))
    throw loginRequestInvalid('The request needs a code_verifier of 43 to 128 letters, digits and -._~')
  return { clientId, redirectUri, code, verifier }
}

const oauthErrors: Record<string, string> = {
  'login-code-invalid': 'invalid_grant',
  'login-client-unknown': 'invalid_client',
  'login-grant-unsupported': 'unsupported_grant_type',
  'login-keys-off': 'unauthorized_client',
}

/** https://www.rfc-editor.org/rfc/rfc6749#section-5.2: terraform shows the description as it is. */
function sendRefusal(app: App, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = asRefusal(error) ?? fault
  if (refusal === fault) logFault(request, error, app.log)
  const hint = refusal.hintAt(request.server.baseUrl)
  return unkept(request, reply)
    .code(refusal.reason === 'forbidden' ? 400 : statusOfProblem(refusal))
    .headers(refusal.headers)
    .send({ error: errorOf(refusal), error_description: hint ? `${refusal.message} ${hint}` : refusal.message })
}

function errorOf(refusal: Refusal): string {
  if (refusal === fault) return 'server_error'
  const isForLater = refusal.reason === 'unavailable' || refusal.reason === 'too-many'
  return isForLater ? 'temporarily_unavailable' : (oauthErrors[refusal.code] ?? 'invalid_request')
}

const unkept = (request: FastifyRequest, reply: FastifyReply) =>
  reply.headers({
    'cache-control': 'no-store',
    pragma: 'no-cache',
    'x-content-type-options': 'nosniff',
    'x-request-id': request.id,
  })
