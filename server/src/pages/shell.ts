/**
 * Every address of a page: its true status, what it is called, and its first data. What is on it is what our own API
 * says to the one who asks, so a page shows nothing that the API would not.
 */
import type { At } from '@cadastre/contract/page'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { includesScope } from '../access/grants.ts'
import type { SignIn } from '../auth/pages/sign-in.ts'
import type { App } from '../foundation/app.ts'
import { basePathOf, type Http } from '../foundation/http/http.ts'
import { asRefusal, fault, logFault, problemOf, sendProblem } from '../foundation/http/problem.ts'
import type { Refusal } from '../foundation/refusal.ts'
import { isForPrograms, type PageAddress, pageAt } from './address.ts'
import { askFor } from './answers.ts'
import { areaClosed } from './refusals.ts'
import { pageSender, refusedPage } from './send.ts'
import type { WebFiles } from './web-files.ts'

export function pageShell(http: Http, app: App, signIn: SignIn, files: WebFiles): void {
  const basePath = basePathOf(app.config)
  const send = pageSender(app, files)

  http.setErrorHandler((error, request, reply) => {
    const refusal = asRefusal(error) ?? fault
    if (refusal === fault) logFault(request, error, app.log)
    return refuse(refusal, request, reply)
  })

  http.get('/*', async (request, reply) => {
    const at = new URL(`http://local.invalid${request.url}`)
    if (isForPrograms(pathOf(request))) return sendProblem(request, reply, http.noSuchRoute(request), app.log)
    const found = pageAt(pathOf(request))
    if (!found) throw http.noSuchRoute(request)
    if (found.properPath !== pathOf(request))
      return reply.headers({ 'cache-control': 'no-cache' }).redirect(basePath + found.properPath + at.search, 301)
    return answer(found, { params: found.params, search: at.searchParams }, request, reply)
  })

  async function answer(found: PageAddress, at: At, request: FastifyRequest, reply: FastifyReply) {
    const { audience } = found.page
    const { caller } = request
    if (audience !== 'anyone' && caller.kind === 'anonymous') return signIn.inPlaceOf(request.url, request, reply)
    if (typeof audience === 'object') {
      const isLetIn = caller.grants.some(({ scopes }) => audience.some((scope) => includesScope(scopes, scope)))
      if (!isLetIn) throw areaClosed(audience)
    }
    const asked = await askFor(found.page, at, request)
    if (asked.status === 401) return signIn.inPlaceOf(request.url, request, reply)
    if (asked.moved !== undefined)
      return reply.headers({ 'cache-control': 'private, no-cache' }).redirect(basePath + asked.moved, 301)
    return send(request, reply, { found, at, asked })
  }

  /** Whoever shows that they are a browser gets a page that says it. */
  async function refuse(refusal: Refusal, request: FastifyRequest, reply: FastifyReply) {
    const isRead = /\btext\/html\b/.test(request.headers.accept ?? '') || pageAt(pathOf(request))
    if (!isRead || isForPrograms(pathOf(request))) return sendProblem(request, reply, refusal, app.log)
    if (refusal.reason === 'unauthenticated') return signIn.inPlaceOf(request.url, request, reply)
    for (const [name, value] of Object.entries(refusal.headers)) reply.header(name, value)
    return send(request, reply, await refusedPage(problemOf(request, refusal), request))
  }
}

const pathOf = ({ url }: FastifyRequest) => url.split('?')[0]!
