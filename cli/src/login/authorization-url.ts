/** The address that the browser opens: it holds the hash of a secret that is told with the code alone. Pure. */
import { createHash } from 'node:crypto'
import type { LoginService } from './login-service.ts'

type Asked = { verifier: string; state: string; redirectUri: string }

export function authorizationUrl(
  { authz, client, scopes }: LoginService,
  { verifier, state, redirectUri }: Asked,
): string {
  const url = new URL(authz)
  const query = {
    client_id: client,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    redirect_uri: redirectUri,
    response_type: 'code',
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    state,
  }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}
