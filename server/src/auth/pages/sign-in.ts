/** `/login`, the same form in the place of a page that needs it, and `/sign-out`. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../foundation/app.ts'
import { basePathOf, type Http } from '../../foundation/http/http.ts'
import { Refusal, statusOf } from '../../foundation/refusal.ts'
import type { Issuer } from '../issuers/issuer.ts'
import { listIssuers } from '../issuers/known-issuers.ts'
import { fromRequest, giveCookie, takeCookie } from '../session-cookie.ts'
import { revokeSession } from '../sessions.ts'
import { type Guards, signInWithPassword } from '../sign-in.ts'
import { field, hidden, problem } from './fields.ts'
import type { FormBody, Forms } from './forms.ts'
import { type Html, html } from './html.ts'
import { localPath } from './local-path.ts'
import { sendPage } from './page.ts'

export type SignIn = {
  /**
   * Asks who this is where another page would stand; whoever signs in comes back to it.
   * @param next the address that was asked for, as routes know it
   */
  inPlaceOf(next: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>
}

type SignInPage = { Querystring: { next?: string }; Body: FormBody }

export function signInPages(pages: Http, app: App, forms: Forms, guards: Guards): SignIn {
  const basePath = basePathOf(app.config)

  pages.get<SignInPage>('/login', (request, reply) => {
    const next = localPath(request.query.next)
    return request.session ? reply.redirect(basePath + next, 303) : signInPage(request, reply, { next })
  })

  pages.post<SignInPage>('/login', { config: { limit: 'sign_in' } }, async (request, reply) => {
    const { email = '', password = '', next } = request.body
    const typed = { next: localPath(next), email: email.trim().toLowerCase().slice(0, 254) }
    if (typed.email === '' || password === '' || password.length > 256)
      return signInPage(request, reply, { ...typed, refusal: incomplete() })
    try {
      const session = await signInWithPassword(app, guards, { email: typed.email, password }, fromRequest(request))
      return giveCookie(app, reply, session).redirect(basePath + typed.next, 303)
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || refusal.reason === 'unavailable') throw refusal
      return signInPage(request, reply, { ...typed, refusal })
    }
  })

  pages.get('/sign-out', (request, reply) =>
    request.session
      ? sendPage(request, reply, {
          title: 'Sign out',
          body: html`<p>You are signed in as ${request.session.row.email}.</p>
<form method="post" action="${basePath}/sign-out">${forms.token(request, reply)}<button>Sign out</button></form>`,
        })
      : sendPage(request, reply, signedOut(basePath)),
  )

  pages.post('/sign-out', async (request, reply) => {
    const { session, caller, id, ip } = request
    if (session) await revokeSession(app, { caller, requestId: id, address: ip }, session.row.id, () => true)
    return sendPage(request, takeCookie(app, reply), signedOut(basePath))
  })

  async function signInPage(
    request: FastifyRequest,
    reply: FastifyReply,
    { next, email, refusal, status = 200 }: { next: string; email?: string; refusal?: Refusal; status?: number },
  ): Promise<FastifyReply> {
    const issuers = await listIssuers(app)
    if (refusal) reply.headers(refusal.headers)
    return sendPage(request, reply, {
      title: 'Sign in',
      status: refusal ? statusOf[refusal.reason] : status,
      body: html`${refusal && problem(refusal.message, ...(typeof refusal.hint === 'string' ? [refusal.hint] : []))}
${issuers.length > 0 && html`<div class="actions">${issuers.map((issuer) => issuerButton(basePath, issuer, next))}</div>`}
${
  app.config.auth.local.enabled
    ? html`${issuers.length > 0 && html`<hr><h2>With a password</h2>`}<form method="post" action="${basePath}/login">
${forms.token(request, reply)}${hidden('next', next)}
${field({ name: 'email', label: 'E-mail', type: 'email', autocomplete: 'username', value: email, first: !refusal && issuers.length === 0 })}
${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password' })}
<button>Sign in</button>
</form>`
    : issuers.length === 0 && html`<p>This registry takes no passwords.</p>`
}`,
    })
  }

  return {
    inPlaceOf(next, request, reply) {
      reply.header('www-authenticate', 'Bearer realm="cadastre"')
      return signInPage(request, reply, { next: localPath(next), status: 401 })
    },
  }
}

const issuerButton = (basePath: string, { name, displayName }: Issuer, next: string): Html =>
  html`<a class="button" href="${basePath}/auth/${name}/start?next=${encodeURIComponent(next)}">Sign in with ${displayName}</a>`

const signedOut = (basePath: string) => ({
  title: 'Signed out',
  body: html`<p>You are signed out in this browser.</p>
<p><a class="button second" href="${basePath}/login">Sign in</a></p>`,
})

const incomplete = () =>
  new Refusal('malformed', 'sign-in-incomplete', 'Signing in takes an e-mail address and a password.')
