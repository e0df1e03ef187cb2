/**
 * A real identity provider for tests: oidc-provider on a loopback port, with a page to sign in at that a browser or a
 * plain fetch can use. It tells the truth unless it is told to lie: then its ID tokens are rewritten on their way out.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type JWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import Provider, { type ClientMetadata } from 'oidc-provider'
import type { Environment } from '../src/foundation/config/sources.ts'
import type { Browser } from './browser.ts'
import type { Answer } from './client.ts'

/** What is said of an account beside its `sub`, which is its name here unless the claims have one. */
export type AccountClaims = {
  sub?: string
  email?: string
  email_verified?: boolean
  name?: string
  groups?: string[]
  // biome-ignore lint/suspicious/noExplicitAny: an issuer may say whatever it likes
  [claim: string]: any
}

/** What ID tokens say instead of the truth, until it is taken back; a claim that is undefined is left out. */
export type Lie = { claims?: Record<string, unknown>; signed?: 'with another key' | 'not at all' }

export type IdentityProvider = {
  /** its issuer */
  url: string
  clientId: string
  clientSecret: string
  /** May be changed meanwhile; it counts from the next sign-in. */
  accounts: Record<string, AccountClaims>
  lie: Lie | undefined
  /** Connections are cut instead of answered. */
  isDown: boolean
  /** What happens elsewhere while it makes out a token. */
  meanwhile: (() => Promise<unknown>) | undefined
  /** Whoever asks for a token is sent on to there. */
  divertedTo: string | undefined
  /** The paths that were asked for, oldest first. */
  asked: string[]
  /** The settings of a registry that trusts it, as `auth.oidc`. */
  settings(): Environment
  /** A further client. */
  register(redirectUris: string[]): Promise<{ clientId: string; clientSecret: string }>
  /** Signs with a new key from now on, and publishes that one alone. */
  rotateKeys(): void
  /** The claims of somebody in too many groups for a token, as Entra writes them: the list is at an address here. */
  overage(): Record<string, unknown>
  /**
   * What a person does there: follows the address they were sent to, chooses an account, submits.
   * @param account undefined: refuses instead @returns where they are sent back to, with the answer in the query
   */
  visit(address: string, account: string | undefined): Promise<URL>
  stop(): Promise<void>
}

export type IdentityProviderOptions = {
  accounts?: Record<string, AccountClaims>
  redirectUris?: string[]
  /** ID tokens say who it is and no more; the rest is at the userinfo endpoint. */
  leanTokens?: boolean
}

/** A browser goes from the registry to the provider, where the person chooses an account, and comes back. */
export async function signInThrough(
  browser: Browser,
  idp: IdentityProvider,
  { issuer = 'oidc', account, next = '/' }: { issuer?: string; account: string | undefined; next?: string },
): Promise<Answer> {
  const away = await browser.get(`/auth/${issuer}/start?next=${encodeURIComponent(next)}`)
  const address = away.headers.get('location')
  if (!address) return away
  const { pathname, search } = await idp.visit(address, account)
  // Browsers of tests know where the registry is, and which path it is below.
  return browser.get(pathname.slice(pathname.indexOf('/auth/callback/')) + search)
}

type Key = JWK & { kid: string }

export async function startIdentityProvider({
  accounts = {},
  redirectUris = [],
  leanTokens = false,
}: IdentityProviderOptions = {}): Promise<IdentityProvider> {
  let provider: Provider
  let key = newKey()
  const otherKey = { ...newKey(), kid: key.kid }
  let isRewriting = false
  const sockets = new Set<import('node:net').Socket>()

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url!, idp.url)
    idp.asked.push(pathname)
    if (idp.isDown) return void request.socket.destroy()
    if (pathname.startsWith('/interaction/')) return signInPage(request, response)
    if (pathname === '/graph/v1.0/me/getMemberObjects') return memberObjects(request, response)
    if (pathname === '/jwks' && isRewriting) return sendJson(response, { keys: [publicPart(key)] })
    if (pathname === '/token') {
      if (idp.divertedTo) return response.writeHead(307, { location: idp.divertedTo }).end()
      await idp.meanwhile?.()
      rewriteAnswer(response)
    }
    provider.callback()(request, response)
  })
  server.on('connection', (socket) => {
    sockets.add(socket.on('close', () => sockets.delete(socket)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }

  const idp: IdentityProvider = {
    url: `http://127.0.0.1:${port}`,
    clientId: 'cadastre',
    clientSecret: randomBytes(16).toString('hex'),
    accounts,
    lie: undefined,
    isDown: false,
    meanwhile: undefined,
    divertedTo: undefined,
    asked: [],
    settings: () => ({
      TFR_AUTH_OIDC_ENABLED: 'true',
      TFR_AUTH_OIDC_ISSUER_URL: idp.url,
      TFR_AUTH_OIDC_CLIENT_ID: idp.clientId,
      TFR_AUTH_OIDC_CLIENT_SECRET: idp.clientSecret,
    }),
    async register(uris) {
      const answer = await fetch(`${idp.url}/reg`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ redirect_uris: uris }),
      })
      if (answer.status !== 201) throw new Error(`the client was not taken: ${await answer.text()}`)
      const { client_id, client_secret } = (await answer.json()) as { client_id: string; client_secret: string }
      return { clientId: client_id, clientSecret: client_secret }
    },
    rotateKeys() {
      key = newKey()
      isRewriting = true
    },
    overage: () => ({
      groups: undefined,
      _claim_names: { groups: 'src1' },
      _claim_sources: { src1: { endpoint: `${idp.url}/graph/v1.0/me/getMemberObjects` } },
    }),
    visit: (address, account) => visit(idp.url, address, account),
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }

  provider = quietly(
    () =>
      new Provider(idp.url, {
        clients: [clientOf(idp, redirectUris)],
        jwks: { keys: [key] } as never,
        cookies: { keys: [randomBytes(16).toString('hex')] },
        claims: {
          openid: ['sub', 'groups', 'roles', 'oid', 'tid', 'upn', 'xms_edov'],
          email: ['email', 'email_verified'],
          profile: ['name', 'preferred_username'],
        },
        scopes: ['openid', 'email', 'profile', 'User.Read'],
        conformIdTokenClaims: leanTokens,
        features: { devInteractions: { enabled: false }, registration: { enabled: true } },
        interactions: { url: (_, { uid }) => `/interaction/${uid}` },
        findAccount: (_, id) =>
          idp.accounts[id] && { accountId: id, claims: () => ({ sub: id, ...idp.accounts[id] }) as never },
        pkce: { required: () => true },
        async loadExistingGrant({ oidc }) {
          const grant = new oidc.provider.Grant({
            clientId: oidc.client!.clientId,
            accountId: oidc.session!.accountId,
          })
          grant.addOIDCScope('openid email profile User.Read')
          await grant.save()
          return grant
        },
        ttl: { Session: 3600, Grant: 3600, Interaction: 3600, AccessToken: 3600, IdToken: 3600 },
      }),
  )

  async function signInPage(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return sendPage(response, request.url!, Object.keys(idp.accounts))
    const account = new URLSearchParams(await bodyOf(request)).get('account')
    const result = account
      ? { login: { accountId: account } }
      : { error: 'access_denied', error_description: 'The person refused.' }
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
  }

  /** As Microsoft Graph answers who asks for the groups of whom the token is. */
  async function memberObjects(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = await provider.AccessToken.find(request.headers.authorization?.replace(/^Bearer /, '') ?? '')
    const { securityEnabledOnly } = JSON.parse((await bodyOf(request)) || '{}')
    if (!token || request.method !== 'POST' || securityEnabledOnly === undefined) {
      response.statusCode = token ? 400 : 401
      return sendJson(response, { error: { code: 'InvalidAuthenticationToken' } })
    }
    sendJson(response, { value: idp.accounts[token.accountId]?.groups ?? [] })
  }

  function rewriteAnswer(response: ServerResponse): void {
    const { lie } = idp
    if (!lie && !isRewriting) return
    const end = response.end.bind(response)
    response.end = ((body: string | Buffer) => {
      rewritten(JSON.parse(String(body)), lie).then((text) => {
        response.setHeader('content-length', Buffer.byteLength(text))
        end(text)
      })
      return response
    }) as typeof response.end
  }

  async function rewritten(answer: { id_token?: string }, lie: Lie = {}): Promise<string> {
    if (!answer.id_token) return JSON.stringify(answer)
    const truth = JSON.parse(Buffer.from(answer.id_token.split('.')[1]!, 'base64url').toString())
    const claims: JWTPayload = { ...truth, ...lie.claims }
    const signer = lie.signed === 'with another key' ? otherKey : key
    const id_token =
      lie.signed === 'not at all'
        ? new UnsecuredJWT(claims).encode()
        : await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: key.kid }).sign(signer)
    return JSON.stringify({ ...answer, id_token })
  }

  return idp
}

const clientOf = (idp: IdentityProvider, redirectUris: string[]): ClientMetadata => ({
  client_id: idp.clientId,
  client_secret: idp.clientSecret,
  redirect_uris: redirectUris.length > 0 ? redirectUris : ['http://localhost/nowhere'],
})

async function visit(issuer: string, address: string, account: string | undefined): Promise<URL> {
  const cookies = new Map<string, string>()
  let body: string | undefined
  let at = new URL(address)
  while (at.origin === issuer) {
    const answer = await fetch(at, {
      method: body === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      body,
    })
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const text = await answer.text()
    const location = answer.headers.get('location')
    if (!location && !text.includes('name="account"')) throw new Error(`${at}: ${answer.status} ${text}`)
    body = location ? undefined : new URLSearchParams(account === undefined ? {} : { account }).toString()
    at = new URL(location ?? at, at)
  }
  return at
}

function newKey(): Key {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { ...(privateKey.export({ format: 'jwk' }) as JWK), kid: randomBytes(8).toString('hex'), use: 'sig' }
}

const publicPart = ({ kty, n, e, kid, use }: Key) => ({ kty, n, e, kid, use, alg: 'RS256' })

/** It warns of what no one should do in production, such as keeping everything in memory. */
function quietly<Made>(make: () => Made): Made {
  const { warn, info } = console
  console.warn = console.info = () => {}
  try {
    return make()
  } finally {
    Object.assign(console, { warn, info })
  }
}

function sendPage(response: ServerResponse, action: string, accounts: string[]): void {
  const options = accounts.map((name) => `<option>${name}</option>`).join('')
  response.setHeader('content-type', 'text/html; charset=utf-8').end(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sign in at the identity provider</title></head><body>
<h1>Sign in at the identity provider</h1>
<form method="post" action="${action}">
<label>Account <select name="account">${options}</select></label>
<button>Continue</button>
</form>
<form method="post" action="${action}"><button>Refuse</button></form>
</body></html>`)
}

const sendJson = (response: ServerResponse, body: unknown): void =>
  void response.setHeader('content-type', 'application/json').end(JSON.stringify(body))

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return text
}
