/**
 * What the public registry's HTTP API says beyond the protocols (https://developer.hashicorp.com/terraform/registry/api-docs),
 * for tools that were written for it. Its lists and details are of what is published here.
 */
import type { App } from '../../foundation/app.ts'
import type { Http } from '../../foundation/http/http.ts'
import type { SearchIndex } from '../search/search-index.ts'
import { keptByNobody } from './kept.ts'
import { moduleDetails } from './module-details.ts'
import { moduleLists } from './module-lists.ts'
import { providerDetails } from './provider-details.ts'
import { providerJsonApi } from './provider-json-api.ts'

export async function publicRegistry(http: Http, app: App, index: SearchIndex): Promise<void> {
  await http.register(async (scope) => {
    scope.addHook('onRequest', (request, reply, done) => {
      reply.headers({
        'cache-control': keptByNobody,
        'x-content-type-options': 'nosniff',
        'x-request-id': request.id,
      })
      done()
    })
    moduleLists(scope, app, index)
    moduleDetails(scope, app)
    providerDetails(scope, app)
    providerJsonApi(scope, app)
  })
}
