/**
 * What a registry announces as `login.v1`
 * (https://developer.hashicorp.com/terraform/internals/login-protocol): where one signs in, and on which ports it answers.
 */
import { parseUrl } from '@cadastre/contract/parse-url'
import { fetchDiscovery, objectIn } from '../discovery-document.ts'
import type { Exchange } from '../exchange.ts'
import { exit, Failure } from '../exit.ts'
import { isLoopback } from '../registry-host.ts'

export type LoginService = {
  client: string
  /** where the browser goes */
  authz: string
  /** where a code becomes a token */
  token: string
  /** on which the sign-in may come back; the last one is never used, as terraform and tofu never do */
  ports: [first: number, afterLast: number]
  scopes: string[]
}

/** @throws Failure when there is none, or one that nobody should sign in through */
export async function findLoginService(base: string, exchange: Exchange): Promise<LoginService> {
  const { answer, url } = await fetchDiscovery(base, exchange)
  const document = answer.status === 200 ? objectIn(answer.text) : undefined
  if (!document) throw notARegistry(base)
  const login = document['login.v1']
  if (typeof login !== 'object' || login === null) throw noLogin(base)
  return loginService(login, { base, url })
}

/** @param where.base as it was named @param where.url of the document */
export function loginService(announced: object, where: { base: string; url: string }): LoginService {
  const {
    client,
    authz,
    token,
    ports = [1024, 65_535],
    scopes = [],
    grant_types = ['authz_code'],
  } = announced as Record<string, unknown>
  const fits =
    [client, authz, token].every((member) => typeof member === 'string' && member !== '') &&
    Array.isArray(grant_types) &&
    grant_types.includes('authz_code') &&
    isPortRange(ports) &&
    Array.isArray(scopes)
  if (!fits) throw incomplete(where.base)
  return {
    client: client as string,
    authz: address(authz as string, where),
    token: address(token as string, where),
    ports,
    scopes: scopes.map(String),
  }
}

const isPortRange = (ports: unknown): ports is [number, number] =>
  Array.isArray(ports) &&
  ports.length === 2 &&
  ports.every((port) => Number.isInteger(port) && port >= 1024 && port <= 65_535) &&
  ports[0] < ports[1]

/**
 * Only https, or the plain http that was asked for: a code or a token is not sent where others could read it, and a
 * document that others could have written does not say where it is sent.
 */
function address(text: string, { base, url }: { base: string; url: string }): string {
  if (!parseUrl(text, url)) throw incomplete(base)
  const found = new URL(text, url)
  const named = new URL(base)
  const isSafe = ({ protocol, host, hostname, username, password }: URL) =>
    !username &&
    !password &&
    (protocol === 'https:' ||
      (protocol === 'http:' && named.protocol === 'http:' && (host === named.host || isLoopback(hostname))))
  const unsafe = [new URL(url), found].find((each) => !isSafe(each))
  if (!unsafe) return found.href
  throw new Failure(
    exit.refused,
    'login-address',
    `${base} sends people to ${unsafe.origin} to sign in, where others could read what is said.`,
    'Whoever runs the registry should set server.base_url to https.',
  )
}

const notARegistry = (base: string) =>
  new Failure(
    exit.unreachable,
    'not-a-registry',
    `What answers at ${base} is not a registry: it has no discovery document.`,
    'Is it the right host? cadastre doctor says more.',
  )

const noLogin = (base: string) =>
  new Failure(
    exit.refused,
    'no-login',
    `${base} does not offer to sign in with a browser.`,
    'Make an API key there, and pass it to: cadastre login --token-stdin',
  )

const incomplete = (base: string) =>
  new Failure(
    exit.refused,
    'no-login',
    `What ${base} says of signing in (login.v1) is not complete, or not right.`,
    'cadastre doctor says more.',
  )
