/**
 * The page that each problem document names as its type: cause and remedy, out of the error catalogue, as Markdown. Who
 * asks as browsers do goes on to the page of the same address.
 */
import type { IncomingMessage } from 'node:http'
import type { Http } from '../foundation/http/http.ts'
import { docsShelf, markdownHeaders, markdownType, withTwins } from './docs-api.ts'
import { errorUnknown } from './docs-shelf.ts'

export function errorPages(http: Http) {
  http.addConstraintStrategy({
    name: 'reader',
    storage() {
      const routes = new Map<unknown, Route>()
      return { get: (reader) => routes.get(reader) ?? null, set: (reader, route) => void routes.set(reader, route) }
    },
    deriveConstraint: readerOf,
    validate: () => {},
  })
  const give = (path: string, constraints: { reader?: 'program' }) =>
    http.get<{ Params: { code: string } }>(path, { constraints }, (request, reply) => {
      const section = docsShelf().errors.get(request.params.code)
      if (!section) throw errorUnknown()
      return reply
        .headers({ ...markdownHeaders, vary: 'accept' })
        .type(markdownType)
        .send(withTwins(section.text, http.baseUrl))
    })
  give('/docs/errors/:code', { reader: 'program' })
  give('/docs/errors/:code.md', {})
}

type Route = Exclude<ReturnType<ReturnType<Strategy['storage']>['get']>, null>
type Strategy = Parameters<Http['addConstraintStrategy']>[0]

const readerOf = ({ headers }: Pick<IncomingMessage, 'headers'>) =>
  /\btext\/html\b/.test(headers.accept ?? '') ? 'browser' : 'program'
