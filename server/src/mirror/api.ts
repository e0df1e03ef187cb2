/** The mirror through our own API: where it is, and for whom it answers. */
import { Mirror } from '@cadastre/contract/mirror'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { ownHostnames } from './hostnames.ts'

export function mirrorApi(api: Api, app: App) {
  api.get(
    '/mirror',
    {
      schema: {
        summary: 'The address of the network mirror, and the host names of providers that it answers for.',
        tags: ['mirror'],
        response: { 200: Mirror },
      },
    },
    async () => ({ url: `${api.baseUrl}/v1/mirror/`, hostnames: ownHostnames(app.config) }),
  )
}
