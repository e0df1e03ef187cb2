/** Asks Microsoft Graph which groups somebody is in, when they are too many for an ID token. */
import type { App } from '../../foundation/app.ts'
import { bytesOf } from '../../foundation/egress.ts'
import { asRecord, graphInsteadOf } from './entra.ts'
import type { Issuer } from './issuer.ts'
import { groupsUnreadable } from './sign-in-refusals.ts'

// At most 11,000 ids: https://learn.microsoft.com/graph/api/directoryobject-getmemberobjects
const maxAnswerBytes = 2 * 1024 * 1024

/** @throws unavailable: without an answer nobody knows which roles somebody lost */
export async function groupsAt(app: App, issuer: Issuer, address: string, accessToken: string): Promise<string[]> {
  const { host, protocol } = new URL(address)
  const isOwn = host === new URL(issuer.issuerUrl).host
  if (!isOwn && !(protocol === 'https:' && isGraph(host)))
    throw groupsUnreadable(issuer, `${host} is not Microsoft Graph`)
  const answer = await app.egress.fetch(address, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${accessToken}`,
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: JSON.stringify({ securityEnabledOnly: false }),
    redirect: 'manual',
    timeoutMs: 10_000,
    maxBytes: maxAnswerBytes,
    trusted: isOwn && issuer.source === 'settings',
  })
  const groups = asRecord(parsed((await bytesOf(answer)).toString())).value
  if (answer.status !== 200 || !Array.isArray(groups))
    throw groupsUnreadable(issuer, `${host} answers ${answer.status}`)
  return groups.filter((group) => typeof group === 'string')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Nobody else is shown an access token. */
const isGraph = (host: string) => Object.values(graphInsteadOf).includes(`https://${host}`)
