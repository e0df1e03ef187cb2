/** Our own pages: who has a session is known, forms are ours, and a no is a page as well. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { anonymous, type Caller } from '../../access/caller.ts'
import type { App } from '../../foundation/app.ts'
import { basePathOf, type Http } from '../../foundation/http/http.ts'
import { asRefusal, fault, logFault, statusOfProblem } from '../../foundation/http/problem.ts'
import type { RequestLimits } from '../request-limits.ts'
import { isChange, sessionOf } from '../session-door.ts'
import type { Sessions } from '../sessions.ts'
import { type Forms, ownForms } from './forms.ts'
import { html } from './html.ts'
import { sendPage } from './page.ts'
import { stylePath, styleSheet } from './style.ts'

const maxFormBytes = 64 * 1024

/** Opens the scope of pages and hands it to those who have some. Their paths are in no namespace of an API. */
export async function openPages(
  http: Http,
  app: App,
  { sessions, limits }: { sessions: Sessions; limits: RequestLimits },
  pages: (scope: Http, forms: Forms) => void | Promise<void>,
): Promise<void> {
  const forms = ownForms(app)
  await http.register(async (scope) => {
    scope.decorateRequest('caller', null as unknown as Caller)
    scope.decorateRequest('session', null)
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: maxFormBytes },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    )
    scope.addHook('onRequest', async (request) => {
      request.session = (await sessionOf(app, sessions, request)) ?? null
      request.caller = request.session?.caller ?? anonymous
    })
    limits.guard(scope)
    scope.addHook('preHandler', async (request) => {
      if (isChange(request.method)) forms.refuseForged(request)
    })
    scope.setErrorHandler((error, request, reply) => sendRefusal(app, error, request, reply))

    scope.get(stylePath, (_request, reply) =>
      reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('x-content-type-options', 'nosniff')
        .type('text/css; charset=utf-8')
        .send(styleSheet),
    )
    await pages(scope, forms)
  })
}

/** @param onward where to go from there, as routes know it */
export function sendRefusal(
  app: App,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  onward = { path: '/', label: 'To the start' },
): FastifyReply {
  const refusal = asRefusal(error) ?? fault
  if (refusal === fault) logFault(request, error, app.log)
  for (const [name, value] of Object.entries(refusal.headers)) reply.header(name, value)
  const basePath = basePathOf(app.config)
  const hint = refusal.hintAt(request.server.baseUrl)
  return sendPage(request, reply, {
    title: titleOf(statusOfProblem(refusal)),
    status: statusOfProblem(refusal),
    body: html`<p>${refusal.message}</p>
${hint && html`<p>${hint}</p>`}
<p class="quiet">Request <code>${request.id}</code> &middot; <a href="${basePath}/docs/errors/${refusal.code}"><code>${refusal.code}</code></a></p>
<p><a href="${basePath}${onward.path}">${onward.label}</a></p>`,
  })
}

const titleOf = (status: number) =>
  status >= 500 ? 'The registry could not do this' : status === 404 ? 'Nothing is here' : 'This was refused'
