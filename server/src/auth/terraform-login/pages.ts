/** `/oauth/authorize`: a person decides in their browser. Whatever is wrong is said here: their terminal could only wait. */
import { parseUrl } from '@cadastre/contract/parse-url'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../foundation/app.ts'
import { transaction } from '../../foundation/database/database.ts'
import { basePathOf, type Http } from '../../foundation/http/http.ts'
import { findUser } from '../../organizations/user-queries.ts'
import type { FormBody, Forms } from '../pages/forms.ts'
import { sendPage } from '../pages/page.ts'
import { type GoodSession, sessionOver } from '../sessions.ts'
import { type AuthorizationRequest, asParameters, authorizationRequest } from './authorization-request.ts'
import { giveCode } from './codes.ts'
import { consentBody, consentTitle, refusedBody, refusedTitle } from './consent.ts'
import { loginKeyExpiry } from './login-key.ts'
import { loginKeysOff, loginRequestInvalid } from './refusals.ts'

export function terraformLoginPages(pages: Http, app: App, forms: Forms): void {
  const basePath = basePathOf(app.config)
  const host = new URL(app.config.server.base_url).host

  pages.get<{ Querystring: Record<string, unknown> }>('/oauth/authorize', async (request, reply) => {
    const wanted = wantedIn(request.query)
    return request.session ? askFor(wanted, request.session, request, reply) : reply.redirect(signInFor(wanted), 303)
  })

  pages.post<{ Body: FormBody }>('/oauth/authorize', async (request, reply) => {
    const { session, body } = request
    if (!session) throw sessionOver()
    const wanted = wantedIn(body)
    if (body.decision === 'refuse')
      return sendPage(request, reply, { title: refusedTitle, body: refusedBody(basePath) })
    if (body.decision !== 'allow') throw loginRequestInvalid('The form says neither allow nor refuse.')
    const code = await transaction(app.db, (tx) => giveCode(tx, wanted, session.row.id, app.clock()))
    const answer = new URLSearchParams({ code, state: wanted.state, ...givenBy(request) })
    return reply.header('cache-control', 'no-store').redirect(`${wanted.redirectUri}?${answer}`, 303)
  })

  /**
   * Who gives the code, by the name that the browser knows, so that a client shows it to nobody else
   * (https://www.rfc-editor.org/rfc/rfc9207).
   */
  const givenBy = ({ headers: { origin = '' } }: FastifyRequest) =>
    // Some browsers keep it to themselves, and say null.
    parseUrl(origin) && { iss: `${origin}${basePath}/` }

  function wantedIn(given: Partial<Record<string, unknown>>): AuthorizationRequest {
    if (!app.config.auth.api_keys.enabled) throw loginKeysOff()
    return authorizationRequest(given)
  }

  const signInFor = (wanted: AuthorizationRequest) => {
    const next = `/oauth/authorize?${new URLSearchParams(asParameters(wanted))}`
    return `${basePath}/login?${new URLSearchParams({ next })}`
  }

  async function askFor(
    wanted: AuthorizationRequest,
    { row }: GoodSession,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const user = await findUser(app.db, row.userId)
    if (!user) throw sessionOver()
    const proof = forms.token(request, reply)
    return sendPage(request, reply, {
      title: consentTitle,
      // Browsers hold the address that the answer to a form leads to against the same rule as the form's own.
      formLeadsTo: [new URL(wanted.redirectUri).origin],
      body: consentBody({ host, basePath, user, request: wanted, expiresAt: loginKeyExpiry(app), proof }),
    })
  }
}
