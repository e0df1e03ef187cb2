/** `/assets/…`: files whose names say what is in them, so that browsers keep them for good; compressed when they were built. */
import { extname } from 'node:path'
import type { Http } from '../foundation/http/http.ts'
import { acceptsGzip, namesTag } from '../foundation/http/prepared.ts'
import type { Encoding, WebFiles } from './web-files.ts'

/** What else may lie there is not for browsers. */
const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

export function webAssets(http: Http, files: WebFiles): void {
  http.get<{ Params: { '*': string } }>('/assets/*', async (request, reply) => {
    const wanted = request.params['*']
    // The style sheet of pages without scripts is made where nobody knows what was built.
    const face = files.faceNamed(wanted)
    const name = face ?? wanted
    const forms = files.formsOf(name)
    const type = types[extname(name)]
    if (!forms || !type) throw http.noSuchRoute(request)
    const encoding = encodingFor(request.headers['accept-encoding'], forms)
    const etag = `"${name}${encoding ? `.${encoding}` : ''}"`
    reply.headers({
      'cache-control': face ? 'public, max-age=86400' : 'public, max-age=31536000, immutable',
      etag,
      vary: 'accept-encoding',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    })
    if (namesTag(request.headers['if-none-match'], etag)) return reply.code(304).send()
    if (encoding) reply.header('content-encoding', encoding)
    return reply.type(type).send(await files.read(name, encoding))
  })
}

function encodingFor(accepted: string | undefined, forms: ReadonlySet<Encoding>): Encoding {
  if (forms.has('br') && /\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted ?? '')) return 'br'
  return forms.has('gzip') && acceptsGzip(accepted) ? 'gzip' : undefined
}
