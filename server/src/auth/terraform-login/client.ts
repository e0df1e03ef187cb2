/**
 * The one client that people sign in with on their machine: terraform, tofu, and our own command line
 * (https://developer.hashicorp.com/terraform/internals/login-protocol).
 */

/** A public client: what it is called keeps nobody out, the challenge of its request does. */
export const loginClientId = 'terraform-cli'

/** Where it waits for the answer. Clients take neither the last of the range, nor a range of one. */
export const loginPorts = { first: 10_000, last: 10_010 } as const

/** On this computer alone, and letter for letter: whatever else an address can hold leads elsewhere. */
export function isLoopbackRedirect(address: string): boolean {
  const port = Number(/^http:\/\/(?:localhost|127\.0\.0\.1):(\d{5})\/login$/.exec(address)?.[1])
  return port >= loginPorts.first && port <= loginPorts.last
}

/** What service discovery says of it. @param basePath of `server.base_url`, without a slash at its end */
export const loginService = (basePath: string) => ({
  client: loginClientId,
  grant_types: ['authz_code'],
  authz: `${basePath}/oauth/authorize`,
  token: `${basePath}/oauth/token`,
  ports: [loginPorts.first, loginPorts.last],
})
