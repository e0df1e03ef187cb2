/** Signing in with a browser, as terraform and tofu do: the authorization code flow with PKCE. */
import { randomBytes } from 'node:crypto'
import type { Call } from '../call.ts'
import { objectIn } from '../discovery-document.ts'
import { type Answer, type Exchange, exchangeOver } from '../exchange.ts'
import { exit, exitOfStatus, Failure } from '../exit.ts'
import { whenInterrupted } from '../interruption.ts'
import { authorizationUrl } from './authorization-url.ts'
import { hasBrowser, openBrowser } from './browser.ts'
import { listenForCallback } from './callback.ts'
import { findLoginService, type LoginService } from './login-service.ts'

const waitMs = 10 * 60_000

/** @param wanted.browser false: only says which address to open @returns the token */
export async function signInWithBrowser(call: Call, base: string, wanted: { browser: boolean }): Promise<string> {
  const { timeout: timeoutSeconds, caFile } = call.flags
  const exchange = exchangeOver({ timeoutSeconds, caFile })
  const service = await findLoginService(base, exchange)
  const [verifier, state] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')]
  const callback = await listenForCallback(service.ports, { state, issuer: new URL(service.token).origin })
  const release = whenInterrupted(() => 'Nobody was signed in, and nothing was kept.')
  try {
    invite(call, authorizationUrl(service, { verifier, state, redirectUri: callback.redirectUri }), wanted)
    const code = await callback.code(waitMs)
    return await tokenFor({ code, verifier, redirectUri: callback.redirectUri }, service, exchange)
  } finally {
    release()
    callback.close()
  }
}

/** The address is said even to those who want to hear nothing: without it they would wait for nothing. */
function invite(call: Call, address: string, { browser }: { browser: boolean }): void {
  const opens = browser && hasBrowser(call.here)
  call.say(
    opens
      ? 'A browser opens, to sign in there. If it does not, open this address:'
      : 'Open this address in a browser on this machine, to sign in there:',
  )
  process.stderr.write(`\n  ${address}\n\n`)
  call.say('Waiting for the browser. Ctrl-C gives up.')
  if (opens) openBrowser(address, call.here)
}

type Redeemed = { code: string; verifier: string; redirectUri: string }

async function tokenFor(
  { code, verifier, redirectUri }: Redeemed,
  { client, token: url }: LoginService,
  exchange: Exchange,
): Promise<string> {
  const form = new URLSearchParams({
    client_id: client,
    code,
    code_verifier: verifier,
    grant_type: 'authorization_code',
    redirect_uri: redirectUri,
  })
  const body = Buffer.from(form.toString())
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length) }
  return tokenIn(await exchange({ method: 'POST', url, headers, body }), url)
}

function tokenIn({ status, text }: Answer, url: string): string {
  const { access_token, token_type = 'bearer', error, error_description } = objectIn(text) ?? {}
  const isToken = typeof access_token === 'string' && /^[\x21-\x7e]+$/.test(access_token)
  if (status === 200 && isToken && String(token_type).toLowerCase() === 'bearer') return access_token
  if (typeof error === 'string')
    throw new Failure(
      exit.refused,
      error,
      `The sign-in was refused: ${typeof error_description === 'string' ? error_description : error}`,
      'Run cadastre login again.',
    )
  throw new Failure(
    status < 300 ? exit.unexpected : exitOfStatus(status),
    'unexpected-answer',
    `${new URL(url).origin} answered ${status} when it was asked for a token, and gave none.`,
    'Run cadastre login again.',
  )
}
