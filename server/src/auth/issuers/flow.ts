/**
 * Signing in through an issuer: the authorization code flow of OpenID Connect, with PKCE, a nonce, and a state that is
 * good once, for ten minutes, in the browser that began, and for the issuer that it began with.
 */
import { createHash } from 'node:crypto'
import * as oidc from 'openid-client'
import type { App } from '../../foundation/app.ts'
import { transaction } from '../../foundation/database/database.ts'
import { giveOnce, takeOnce } from '../one-time.ts'
import { callbackOf, signInLivesMs } from './callback.ts'
import { type Claims, isSubject, joined } from './claims.ts'
import type { Issuers } from './discovery.ts'
import { overageAddress } from './entra.ts'
import type { Issuer } from './issuer.ts'
import { groupsAt } from './overage.ts'
import { lacksSomething, type Person, personOf } from './person.ts'
import { signInOver } from './sign-in-refusals.ts'

export type UnderWay = {
  issuer: string
  /** hash of the cookie of the browser that began */
  browser: string
  /** where they wanted to go */
  next: string
  nonce: string
  verifier: string
}

/** @param from.asAnother not as who the issuer remembers @returns where the browser has to go @throws unavailable */
export async function beginSignIn(
  app: App,
  issuers: Issuers,
  issuer: Issuer,
  { browser, next, asAnother }: { browser: string; next: string; asAnother: boolean },
): Promise<URL> {
  const [nonce, verifier] = [oidc.randomNonce(), oidc.randomPKCECodeVerifier()]
  const address = await issuers.ask(issuer, async (configuration) =>
    oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: callbackOf(app, issuer),
      scope: issuer.scopes.join(' '),
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      nonce,
      // Issuers remember who signed in before, and would send them back as the same.
      ...(asAnother ? { prompt: issuer.kind === 'entra' ? 'select_account' : 'login' } : {}),
    }),
  )
  const underWay: UnderWay = { issuer: issuer.name, browser: hashOf(browser), next, nonce, verifier }
  const state = await transaction(app.db, (tx) =>
    giveOnce(tx, 'sign-in', underWay, { now: app.clock(), livesMs: signInLivesMs }),
  )
  address.searchParams.set('state', state)
  return address
}

/**
 * What a state was given for, once.
 * @param browser the cookie of the one that comes back, if it has any
 * @throws forbidden
 */
export async function takeUnderWay(
  app: App,
  issuer: Issuer,
  { state, browser }: { state: string | null; browser: string | undefined },
): Promise<UnderWay> {
  const taken = await transaction(app.db, (tx) => takeOnce(tx, 'sign-in', state ?? '', app.clock()))
  const underWay = taken as UnderWay | undefined
  if (!underWay || browser === undefined || underWay.browser !== hashOf(browser)) throw signInOver()
  if (underWay.issuer !== issuer.name) throw signInOver()
  return underWay
}

/**
 * @param answer the query of the address that the issuer sent the browser back to
 * @throws forbidden, unavailable
 */
export function personBehind(
  app: App,
  issuers: Issuers,
  issuer: Issuer,
  { nonce, verifier }: UnderWay,
  answer: URLSearchParams,
): Promise<Person> {
  const back = new URL(callbackOf(app, issuer))
  back.search = answer.toString()
  return issuers.ask(issuer, async (configuration) => {
    const tokens = await oidc.authorizationCodeGrant(configuration, back, {
      pkceCodeVerifier: verifier,
      expectedNonce: nonce,
      expectedState: answer.get('state')!,
      idTokenExpected: true,
    })
    return askAfter(app, issuer, configuration, tokens.claims()!, tokens.access_token)
  })
}

/** What the ID token leaves out, the issuer says when it is asked with the access token. */
async function askAfter(
  app: App,
  issuer: Issuer,
  configuration: oidc.Configuration,
  token: oidc.IDToken,
  accessToken: string,
): Promise<Person> {
  if (!isSubject(token.sub)) throw subjectUnusable()
  let claims: Claims = token
  if (lacksSomething(issuer, claims) && configuration.serverMetadata().userinfo_endpoint !== undefined)
    claims = joined(claims, await oidc.fetchUserInfo(configuration, accessToken, token.sub))
  const person = personOf(issuer, claims)
  const elsewhere = issuer.kind === 'entra' && issuer.groupMappings.length > 0 ? overageAddress(claims) : undefined
  return elsewhere === undefined ? person : { ...person, groups: await groupsAt(app, issuer, elsewhere, accessToken) }
}

/** As the library says what it does not believe. */
const subjectUnusable = () => Object.assign(new Error('its sub cannot name a person'), { code: 'SUBJECT_UNUSABLE' })

const hashOf = (browser: string) => createHash('sha256').update(browser).digest('base64url')
