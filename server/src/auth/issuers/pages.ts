/** `/auth/NAME/start` sends a browser to an issuer, and `/auth/callback/NAME` takes it back: two addresses that show nothing. */
import { randomBytes } from 'node:crypto'
import { IdentityProviderName } from '@cadastre/contract/identity-providers'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../foundation/app.ts'
import { cookieIn, cookieText } from '../../foundation/http/cookies.ts'
import { basePathOf, type Http } from '../../foundation/http/http.ts'
import { Refusal } from '../../foundation/refusal.ts'
import { localPath } from '../pages/local-path.ts'
import { sendRefusal } from '../pages/scope.ts'
import type { RefusedSignIns } from '../refused-sign-ins.ts'
import { fromRequest, giveCookie } from '../session-cookie.ts'
import { cookieName, isSecure } from '../session-door.ts'
import { acceptPerson } from './accept.ts'
import { signInLivesMs } from './callback.ts'
import type { Issuer } from './issuer.ts'
import { identityProviderNotFound } from './issuer-refusals.ts'
import { findIssuer } from './known-issuers.ts'

type IssuerPage = { Params: { name: string }; Querystring: { next?: string; another?: string } }

export function issuerPages(pages: Http, app: App, refused: RefusedSignIns): void {
  const flow = loadFlow(app)
  const cookie = cookieName(app, 'cadastre-sign-in')
  const browserOf = (request: FastifyRequest) => {
    const value = cookieIn(request.headers.cookie, cookie)
    return value && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : undefined
  }

  pages.get<IssuerPage>('/auth/:name/start', { config: { limit: 'sign_in' } }, async (request, reply) => {
    const issuer = await getIssuer(app, request.params.name)
    // Kept while several sign-ins of one browser are under way.
    const browser = browserOf(request) ?? randomBytes(32).toString('base64url')
    const next = localPath(request.query.next)
    try {
      const { issuers, beginSignIn } = await flow()
      const address = await beginSignIn(app, issuers, issuer, {
        browser,
        next,
        asAnother: request.query.another === 'yes',
      })
      reply.header(
        'set-cookie',
        cookieText(cookie, browser, { secure: isSecure(app), maxAgeSeconds: signInLivesMs / 1000 }),
      )
      return away(reply, address.href)
    } catch (error) {
      return sendRefusal(app, error, request, reply, again(next))
    }
  })

  pages.get<IssuerPage>('/auth/callback/:name', { config: { limit: 'sign_in' } }, async (request, reply) => {
    const issuer = await getIssuer(app, request.params.name)
    const { searchParams } = new URL(request.url, request.server.baseUrl)
    const from = fromRequest(request)
    let [account, next] = ['', '/']
    try {
      const { issuers, takeUnderWay, personBehind } = await flow()
      const underWay = await takeUnderWay(app, issuer, {
        state: searchParams.get('state'),
        browser: browserOf(request),
      })
      next = underWay.next
      const person = await personBehind(app, issuers, issuer, underWay, searchParams)
      account = person.email ?? ''
      giveCookie(app, reply, await acceptPerson(app, issuer, person, from))
      return away(reply, basePathOf(app.config) + next)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refused.note({ account, why: error.code, issuer: issuer.name, address: from.address, requestId: from.requestId })
      const isSomebodyElse = ['account-missing', 'account-disabled', 'identity-differs'].includes(error.code)
      return sendRefusal(app, error, request, reply, isSomebodyElse ? asAnother(issuer, next) : again(next))
    }
  })
}

/** With the first sign-in: the library behind it takes memory and time that most processes never need. */
function loadFlow(app: App) {
  const load = async () => {
    const { rememberIssuers } = await import('./discovery.ts')
    const { beginSignIn, takeUnderWay, personBehind } = await import('./flow.ts')
    return { issuers: rememberIssuers(app), beginSignIn, takeUnderWay, personBehind }
  }
  let loaded: ReturnType<typeof load> | undefined
  return () => {
    loaded ??= load()
    return loaded
  }
}

/** Somebody may wait for them to sign in, in another way if not in this one. */
const again = (next: string) => ({ path: `/login?next=${encodeURIComponent(next)}`, label: 'Sign in again' })

/** The issuer would send them back as who they are there. */
const asAnother = ({ name }: Issuer, next: string) => ({
  path: `/auth/${name}/start?another=yes&next=${encodeURIComponent(next)}`,
  label: 'Sign in with another account',
})

async function getIssuer(app: App, name: string): Promise<Issuer> {
  const issuer = IdentityProviderName.safeParse(name).success ? await findIssuer(app, name) : undefined
  if (!issuer) throw identityProviderNotFound(name, 'Those that there are stand on the page of signing in.')
  return issuer
}

const away = (reply: FastifyReply, address: string) => reply.header('cache-control', 'no-store').redirect(address, 303)
