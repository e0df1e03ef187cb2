/** `/auth/NAME/start` sends a browser to an issuer, and `/auth/callback/NAME` takes it back: two addresses that show nothing. */
import { randomBytes } from 'node:crypto'
import { IdentityProviderName } from '@cadastre/contract/identity-providers'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { system } from '../../access/caller.ts'
import type { App } from '../../foundation/app.ts'
import { cookieIn, cookieText } from '../../foundation/http/cookies.ts'
import { basePathOf, type Http } from '../../foundation/http/http.ts'
import { Refusal } from '../../foundation/refusal.ts'
import { localPath } from '../pages/local-path.ts'
import type { RefusedSignIns } from '../refused-sign-ins.ts'
import { fromRequest, giveCookie } from '../session-cookie.ts'
import { cookieName, isSecure } from '../session-door.ts'
import { signIn } from '../sign-in.ts'
import { acceptPerson } from './accept.ts'
import { rememberIssuers } from './discovery.ts'
import { beginSignIn, finishSignIn, signInLivesMs } from './flow.ts'
import type { Issuer } from './issuer.ts'
import { identityProviderNotFound } from './issuer-refusals.ts'
import { findIssuer } from './known-issuers.ts'
import type { Person } from './person.ts'

type IssuerPage = { Params: { name: string }; Querystring: { next?: string } }

export function issuerPages(pages: Http, app: App, refused: RefusedSignIns): void {
  const issuers = rememberIssuers(app)
  const cookie = cookieName(app, 'cadastre-sign-in')
  const browserOf = (request: FastifyRequest) => {
    const value = cookieIn(request.headers.cookie, cookie)
    return value && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : undefined
  }

  pages.get<IssuerPage>('/auth/:name/start', { config: { limit: 'sign_in' } }, async (request, reply) => {
    const issuer = await getIssuer(app, request.params.name)
    // Kept while several sign-ins of one browser are under way.
    const browser = browserOf(request) ?? randomBytes(32).toString('base64url')
    const address = await beginSignIn(app, issuers, issuer, { browser, next: localPath(request.query.next) })
    reply.header(
      'set-cookie',
      cookieText(cookie, browser, { secure: isSecure(app), maxAgeSeconds: signInLivesMs / 1000 }),
    )
    return away(reply, address.href)
  })

  pages.get<IssuerPage>('/auth/callback/:name', { config: { limit: 'sign_in' } }, async (request, reply) => {
    const issuer = await getIssuer(app, request.params.name)
    const from = fromRequest(request)
    const asker = { caller: system, address: from.address, requestId: from.requestId }
    let person: Person | undefined
    try {
      const { search } = new URL(request.url, request.server.baseUrl)
      const finished = await finishSignIn(app, issuers, issuer, { search, browser: browserOf(request) })
      person = finished.person
      const user = await acceptPerson(app, issuer, person, asker)
      giveCookie(app, reply, await signIn(app, user, issuer.name, from))
      return away(reply, basePathOf(app.config) + finished.next)
    } catch (error) {
      if (error instanceof Refusal)
        refused.note({ account: person?.email ?? '', why: error.code, issuer: issuer.name, ...asker })
      throw error
    }
  })
}

async function getIssuer(app: App, name: string): Promise<Issuer> {
  const issuer = IdentityProviderName.safeParse(name).success ? await findIssuer(app, name) : undefined
  if (!issuer) throw identityProviderNotFound(name)
  return issuer
}

const away = (reply: FastifyReply, address: string) => reply.header('cache-control', 'no-store').redirect(address, 303)
