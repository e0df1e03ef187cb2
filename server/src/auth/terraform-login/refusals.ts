/** What is said when a sign-in on the command line cannot go on: to a person on a page, or to their client as OAuth says it. */
import { Refusal } from '../../foundation/refusal.ts'

const again = 'Stop the command in your terminal with Ctrl-C, and run terraform login again.'

export const loginRequestInvalid = (what: string) => new Refusal('malformed', 'login-request-invalid', what, again)

export const loginClientUnknown = () =>
  new Refusal('malformed', 'login-client-unknown', 'No such program may ask for a key here.', again)

export const grantUnsupported = () =>
  new Refusal('malformed', 'login-grant-unsupported', 'Codes alone are exchanged here: grant_type=authorization_code.')

export const loginKeysOff = () =>
  new Refusal(
    'forbidden',
    'login-keys-off',
    'This registry takes no API keys, so it gives none either.',
    'Stop the command in your terminal with Ctrl-C, and ask whoever runs this registry about auth.api_keys.enabled.',
  )

/** Why a code that was good is not exchanged; the audit trail keeps it. */
export type CodeFault = 'client' | 'redirect' | 'verifier' | 'session' | 'used'

const faults: Record<CodeFault | 'unknown', string> = {
  unknown: 'The code is unknown, or too old.',
  client: 'The code was given to another client.',
  redirect: 'The code was given for another redirect_uri.',
  verifier: 'The code_verifier does not belong to the code.',
  session: 'Whoever allowed this is not signed in any more.',
  used: 'The code was used before, so the key that was made with it is revoked.',
}

export const codeRefused = (fault: CodeFault | 'unknown') =>
  new Refusal('malformed', 'login-code-invalid', faults[fault], 'Run terraform login again.')
