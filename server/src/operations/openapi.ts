/** The OpenAPI document, as it was printed from the routes and committed: served, not computed. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Api } from '../foundation/http/api.ts'
import { prepareDocument, sendPrepared } from '../foundation/http/prepared.ts'
import { serverRoot } from '../foundation/server-root.ts'

export function openApiDocument(api: Api) {
  let document: ReturnType<typeof prepareDocument> | undefined
  api.get('/openapi.json', { schema: { hide: true } }, (request, reply) => {
    document ??= prepareDocument(JSON.parse(readFileSync(documentPath(), 'utf8')))
    sendPrepared(request, reply, document, 0)
  })
}

/** Beside the bundle in the image, in the contract's folder in a checkout. */
const documentPath = () => join(serverRoot, '..', 'contract', 'openapi.json')
