/**
 * What issuers say of themselves: asked for when somebody signs in, never at start, and remembered for an hour; their
 * keys for five minutes, or until there is a signature by one that is not among them.
 */
import * as oidc from 'openid-client'
import type { App } from '../../foundation/app.ts'
import { withoutControls } from '../../foundation/one-line.ts'
import { Refusal } from '../../foundation/refusal.ts'
import type { Issuer } from './issuer.ts'
import { issuerNotBelieved, issuerSaidNo, issuerUnreachable } from './sign-in-refusals.ts'

export type Issuers = {
  /**
   * Speaks with an issuer, and with nobody else: what goes wrong meanwhile is its doing.
   * @throws unavailable when it does not answer, forbidden when it says no or nothing that can be believed
   */
  ask<Answer>(issuer: Issuer, work: (issuer: oidc.Configuration) => Promise<Answer>): Promise<Answer>
}

type Remembered = { readAt: number; metadata: oidc.ServerMetadata; keys?: oidc.ExportedJWKSCache }

const rememberedMs = 60 * 60_000
const clockToleranceSeconds = 60
// The library asks again after a key that it does not know once those it has are this old.
const askAgainAfterSeconds = 60
const timeoutSeconds = 10
const maxAnswerBytes = 1024 * 1024

export function rememberIssuers(app: App): Issuers {
  const remembered = new Map<string, Promise<Remembered>>()

  async function recall(issuer: Issuer): Promise<Remembered> {
    const known = await remembered.get(issuer.issuerUrl)
    if (known && app.clock() - known.readAt < rememberedMs) return known
    const reading = discover(app, issuer)
    remembered.set(issuer.issuerUrl, reading)
    reading.catch(() => {
      if (remembered.get(issuer.issuerUrl) === reading) remembered.delete(issuer.issuerUrl)
    })
    return reading
  }

  return {
    async ask(issuer, work) {
      try {
        const known = await recall(issuer)
        const configuration = configurationOf(app, issuer, known)
        const answer = await work(configuration)
        known.keys = oidc.getJwksCache(configuration) ?? known.keys
        return answer
      } catch (error) {
        throw asRefusal(app, issuer, error)
      }
    },
  }
}

async function discover(app: App, issuer: Issuer): Promise<Remembered> {
  const found = await oidc.discovery(new URL(issuer.issuerUrl), issuer.clientId, undefined, undefined, {
    execute: isLoopback(issuer) ? [oidc.allowInsecureRequests] : [],
    timeout: timeoutSeconds,
    [oidc.customFetch]: fetchFor(app, issuer),
  })
  return { readAt: app.clock(), metadata: found.serverMetadata() }
}

function configurationOf(app: App, issuer: Issuer, { metadata, keys }: Remembered): oidc.Configuration {
  const configuration = new oidc.Configuration(
    metadata,
    issuer.clientId,
    { [oidc.clockTolerance]: clockToleranceSeconds },
    clientAuth(issuer, metadata),
  )
  configuration.timeout = timeoutSeconds
  configuration[oidc.customFetch] = fetchFor(app, issuer)
  // Unless it is told to, the library takes the connection to the issuer for proof enough.
  oidc.enableNonRepudiationChecks(configuration)
  if (isLoopback(issuer)) oidc.allowInsecureRequests(configuration)
  if (keys) {
    const oldEnough = Math.floor(Date.now() / 1000) - askAgainAfterSeconds
    oidc.setJwksCache(configuration, { ...keys, uat: Math.min(keys.uat, oldEnough) })
  }
  return configuration
}

/** https://openid.net/specs/openid-connect-discovery-1_0.html: an issuer that names no method knows the basic one. */
function clientAuth({ clientSecret }: Issuer, metadata: oidc.ServerMetadata): oidc.ClientAuth {
  if (clientSecret === undefined) return oidc.None()
  const { token_endpoint_auth_methods_supported: known = ['client_secret_basic'] } = metadata
  return known.includes('client_secret_basic')
    ? oidc.ClientSecretBasic(clientSecret)
    : oidc.ClientSecretPost(clientSecret)
}

/** The rest of its addresses may be http too, then; nothing else starts there. */
const isLoopback = ({ issuerUrl }: Issuer) => issuerUrl.startsWith('http:')

/** The operator named the host of an issuer of the settings, and no other one by it. */
function fetchFor(app: App, issuer: Issuer): oidc.CustomFetch {
  const { host } = new URL(issuer.issuerUrl)
  return (url, { method, headers, body, signal, redirect }) =>
    app.egress.fetch(url, {
      method,
      headers,
      body: body instanceof URLSearchParams ? body.toString() : (body as string | undefined),
      signal,
      redirect,
      maxBytes: maxAnswerBytes,
      timeoutMs: timeoutSeconds * 1000,
      trusted: issuer.source === 'settings' && new URL(url).host === host,
    })
}

/** What went wrong is in the log, for administrators; those who sign in are told what to do. */
function asRefusal(app: App, issuer: Issuer, error: unknown): unknown {
  const ours = refusalIn(error)
  if (ours && !isOfEgress(ours)) return ours
  if (error instanceof oidc.AuthorizationResponseError) {
    const said = [error.error, error.error_description].filter(Boolean).join(': ')
    return issuerSaidNo(issuer, withoutControls(said).slice(0, 300))
  }
  if (!ours && !(error instanceof Error && 'code' in error)) return error
  const reason = reasonOf(error as Error)
  if (ours || isNoAnswer(error as oidc.ClientError)) {
    app.log.error({ issuer: issuer.name, reason }, `the issuer ${issuer.name} does not answer`)
    return issuerUnreachable(issuer)
  }
  app.log.warn({ issuer: issuer.name, reason }, `an answer of the issuer ${issuer.name} was not believed`)
  return issuerNotBelieved(issuer)
}

function refusalIn(error: unknown): Refusal | undefined {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof Refusal) return at
  return undefined
}

const isOfEgress = ({ code }: Refusal) => /^(upstream|egress)-/.test(code)

const isNoAnswer = ({ code, cause }: oidc.ClientError) =>
  code === 'OAUTH_TIMEOUT' ||
  code === 'OAUTH_RESPONSE_IS_NOT_JSON' ||
  code === 'OAUTH_PARSE_ERROR' ||
  (code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' && cause instanceof Response && cause.status >= 500)

/** Without what the library keeps beside its sentences: parts of answers, which may be secrets. */
function reasonOf(error: Error): string {
  const sentences: string[] = []
  for (let at: unknown = error; at instanceof Error; at = at.cause) sentences.push(at.message)
  if ('error' in error) sentences.push(String(error.error))
  return sentences.join(': ').slice(0, 500)
}
