/**
 * Remote service discovery: what this registry speaks, and where
 * (https://developer.hashicorp.com/terraform/internals/remote-service-discovery). Public, and blind to tokens.
 */
import { loginService } from '../auth/terraform-login/client.ts'
import type { App } from '../foundation/app.ts'
import { basePathOf, type Http } from '../foundation/http/http.ts'
import { prepareDocument, sendPrepared } from '../foundation/http/prepared.ts'

export function discovery(http: Http, app: App) {
  const basePath = basePathOf(app.config)
  // Base addresses end in a slash: the provider client does not add one.
  const document = prepareDocument({
    'modules.v1': `${basePath}/v1/modules/`,
    'providers.v1': `${basePath}/v1/providers/`,
    ...(app.config.auth.api_keys.enabled && { 'login.v1': loginService(basePath) }),
  })
  http.get('/.well-known/terraform.json', (request, reply) => sendPrepared(request, reply, document, 0))
}
