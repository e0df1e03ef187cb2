/** Codes that a client exchanges for a key: bound to all that they were asked for with, and used once. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Tx } from '../../foundation/database/database.ts'
import { giveOnce, holdOnce, leaveOnce } from '../one-time.ts'
import type { AuthorizationRequest } from './authorization-request.ts'
import { loginClientId } from './client.ts'

/** What a code stands for; once it was exchanged, which key came of it. */
type Code = { clientId: string; redirectUri: string; challenge: string; sessionId: string }
type UsedCode = { keyId: string }

export type TokenRequest = { clientId: string; redirectUri: string; code: string; verifier: string }

// From the press of a button to a program that waits on the same computer.
const livesMs = 60_000
/** So that a second use is noticed, whoever kept the address that it stands in. */
const rememberedMs = 24 * 60 * 60_000

export const giveCode = (
  tx: Tx,
  { redirectUri, challenge }: AuthorizationRequest,
  sessionId: string,
  now: number,
): Promise<string> =>
  giveOnce(tx, 'code', { clientId: loginClientId, redirectUri, challenge, sessionId } satisfies Code, { now, livesMs })

/** Of two that come with the same code the second waits for the first, and finds it used. */
export const holdCode = async (tx: Tx, code: string, now: number) =>
  (await holdOnce(tx, 'code', code, now)) as Code | UsedCode | undefined

export const markUsed = (tx: Tx, code: string, used: UsedCode, now: number) =>
  leaveOnce(tx, 'code', code, used, new Date(now + rememberedMs))

export function faultOf(code: Code, request: TokenRequest): 'client' | 'redirect' | 'verifier' | undefined {
  if (code.clientId !== request.clientId) return 'client'
  if (code.redirectUri !== request.redirectUri) return 'redirect'
  return fits(code.challenge, request.verifier) ? undefined : 'verifier'
}

/** https://www.rfc-editor.org/rfc/rfc7636#section-4.6 */
const fits = (challenge: string, verifier: string) =>
  timingSafeEqual(createHash('sha256').update(verifier).digest(), Buffer.from(challenge, 'base64url'))
