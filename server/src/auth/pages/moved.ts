/** Where pages went that people may have kept the address of. */
import type { App } from '../../foundation/app.ts'
import { basePathOf, type Http } from '../../foundation/http/http.ts'

const moved = { '/sign-in': '/login', '/account': '/me' }

export function movedPages(pages: Http, app: App): void {
  const basePath = basePathOf(app.config)
  for (const [from, to] of Object.entries(moved)) {
    pages.get(from, (request, reply) => {
      const at = request.url.indexOf('?')
      return reply.redirect(`${basePath}${to}${at < 0 ? '' : request.url.slice(at)}`, 301)
    })
  }
}
