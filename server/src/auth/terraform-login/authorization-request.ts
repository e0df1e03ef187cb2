/** What a client asks a person for by way of their browser (https://www.rfc-editor.org/rfc/rfc7636#section-4.3). Pure. */
import { isLoopbackRedirect, loginClientId, loginPorts } from './client.ts'
import { loginClientUnknown, loginRequestInvalid } from './refusals.ts'

export type AuthorizationRequest = {
  redirectUri: string
  /** the SHA-256 of what the client will show with the code */
  challenge: string
  /** what the client knows its own request by; it goes back as it came */
  state: string
}

// Encoded, with the rest of the request, it has to fit where a sign-in keeps the address that it leads to.
const maxStateLength = 500

/** @param given parameters of a query or a form; those that are unknown, `scope` among them, are not looked at */
export function authorizationRequest(given: Partial<Record<string, unknown>>): AuthorizationRequest {
  const { client_id, redirect_uri, response_type, code_challenge, code_challenge_method, state } = given
  if (client_id !== loginClientId) throw loginClientUnknown()
  if (typeof redirect_uri !== 'string' || !isLoopbackRedirect(redirect_uri))
    throw loginRequestInvalid(
      `The answer may go to http://localhost:PORT/login of this computer alone, with a port from ${loginPorts.first} to ${loginPorts.last}.`,
    )
  if (response_type !== 'code') throw loginRequestInvalid('The request has to say response_type=code.')
  if (code_challenge_method !== 'S256') throw loginRequestInvalid('The request has to say code_challenge_method=S256.')
  if (typeof code_challenge !== 'string' || !/^[\w-]{43}$/.test(code_challenge))
    throw loginRequestInvalid('The request needs a code_challenge: a SHA-256 of 43 characters.')
  // What a form would not send back as it was is not taken.
  if (typeof state !== 'string' || state.length > maxStateLength || !/^[\x20-\x7e]+$/.test(state))
    throw loginRequestInvalid(`The request needs a state: at most ${maxStateLength} printable ASCII characters.`)
  return { redirectUri: redirect_uri, challenge: code_challenge, state }
}

/** The same as a client sends it: the fields of a form, or of the address. */
export const asParameters = ({ redirectUri, challenge, state }: AuthorizationRequest): Record<string, string> => ({
  client_id: loginClientId,
  code_challenge: challenge,
  code_challenge_method: 'S256',
  redirect_uri: redirectUri,
  response_type: 'code',
  state,
})
