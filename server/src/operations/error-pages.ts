/** The page that each problem document names as its type: cause and remedy, out of the error catalogue. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Http } from '../foundation/http/http.ts'
import { Refusal } from '../foundation/refusal.ts'
import { serverRoot } from '../foundation/server-root.ts'

export function errorPages(http: Http) {
  let sections: Map<string, string> | undefined
  http.get<{ Params: { code: string } }>('/docs/errors/:code', (request, reply) => {
    sections ??= readCatalogue()
    const section = sections.get(request.params.code)
    if (!section) throw new Refusal('not-found', 'error-unknown', 'No refusal of this registry has that code.')
    return reply
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
      .type('text/markdown; charset=utf-8')
      .send(section)
  })
}

/** Code → its section; each begins with the heading that has the code in it. */
function readCatalogue(): Map<string, string> {
  const text = readFileSync(join(serverRoot, '..', 'docs', 'errors.md'), 'utf8')
  const sections = text.split(/^(?=#{2,3} )/m)
  return new Map(
    sections.flatMap((section) => {
      const code = /^### `([a-z0-9-]+)`/.exec(section)?.[1]
      return code ? [[code, section]] : []
    }),
  )
}
