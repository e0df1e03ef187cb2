/** `terraform login` as far as tests need it: what it asks for, and what it sends for the code that a browser brings. */
import { createHash } from 'node:crypto'
import type { Browser } from './browser.ts'
import { type Answer, type Client, expectStatus } from './client.ts'

/** As terraform makes them: a UUID and nine digits. */
export const verifier = '3f0c5b8e-6d5c-4a52-8d3e-0b8a1f2c9d77.123456789'
export const redirectUri = 'http://localhost:10003/login'

export const asked = {
  client_id: 'terraform-cli',
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
  redirect_uri: redirectUri,
  response_type: 'code',
  state: 'b5f4d0d7-4a6e-4f41-8f0c-2a9be6a5d7d1',
}

type Fields = Partial<Record<string, string>>

/** As a form or an address has them; one that is undefined is left out. */
export const encoded = (fields: Fields): string =>
  new URLSearchParams(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ).toString()

/** Where a client sends a browser. */
export const authorizePath = (more: Fields = {}) => `/oauth/authorize?${encoded({ ...asked, ...more })}`

/** Opens the page and presses Allow. @returns what the browser brings to the client */
export async function allow(browser: Browser, more: Fields = {}): Promise<URLSearchParams> {
  const page = expectStatus(await browser.get(authorizePath(more)), 200)
  const answer = expectStatus(await browser.submit(page, { decision: 'allow' }), 303)
  return new URL(answer.headers.get('location')!).searchParams
}

export const codeFrom = async (browser: Browser) => (await allow(browser)).get('code')!

/** What a client sends then. */
export function exchange(client: Client, code: string, more: Fields = {}): Promise<Answer> {
  const fields = {
    client_id: asked.client_id,
    code,
    code_verifier: verifier,
    grant_type: 'authorization_code',
    redirect_uri: redirectUri,
    ...more,
  }
  return client.send('POST', '/oauth/token', encoded(fields), form)
}

export const form = { 'content-type': 'application/x-www-form-urlencoded' }
