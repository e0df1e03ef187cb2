/** Whether people could sign in through an issuer, as far as it can be told without one: what it says of itself, and its keys. */
import { type IdentityProviderCheck, isSafeAddress } from '@cadastre/contract/identity-providers'
import * as z from 'zod'
import type { App } from '../../foundation/app.ts'
import { bytesOf, type EgressRequest } from '../../foundation/egress.ts'
import { Refusal } from '../../foundation/refusal.ts'
import type { Issuer } from './issuer.ts'
import { isSameIssuer } from './issuer-url.ts'

type Step = IdentityProviderCheck['steps'][number]

/** As https://openid.net/specs/openid-connect-discovery-1_0.html has it; what is left out means what stands here. */
const Discovery = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  response_types_supported: z.array(z.string()).default(['code']),
  code_challenge_methods_supported: z.array(z.string()).optional(),
  id_token_signing_alg_values_supported: z.array(z.string()).default(['RS256']),
})
type Discovery = z.infer<typeof Discovery>

const Keys = z.object({ keys: z.array(z.object({ use: z.string().optional() })) })

/** As signing in asks: no redirect is followed. */
const asked = { redirect: 'manual', timeoutMs: 10_000, maxBytes: 1024 * 1024 } as const

export async function checkIssuer({ egress }: Pick<App, 'egress'>, issuer: Issuer): Promise<IdentityProviderCheck> {
  const steps: Step[] = []
  const address = `${issuer.issuerUrl.replace(/\/$/, '')}/.well-known/openid-configuration`
  const read = reader(egress, issuer)
  try {
    const document = await read('discovery', address, Discovery)
    steps.push(good('discovery', address), ...readSteps(document, issuer))
    const { keys } = await read('keys', document.jwks_uri, Keys)
    const signing = keys.filter(({ use = 'sig' }) => use === 'sig').length
    steps.push(step('keys', signing > 0, `${signing} for signing at ${document.jwks_uri}`))
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error
    steps.push({ step: error.step, ok: false, detail: error.message })
  }
  return { ok: steps.every(({ ok }) => ok), steps }
}

function readSteps(document: Discovery, { issuerUrl }: Issuer): Step[] {
  const endpoints = [document.authorization_endpoint, document.token_endpoint, document.jwks_uri]
  const unsafe = endpoints.find((endpoint) => !isSafeAddress(new URL(endpoint)))
  const challenges = document.code_challenge_methods_supported
  const algorithms = document.id_token_signing_alg_values_supported
  return [
    isSameIssuer(document.issuer, issuerUrl)
      ? good('issuer', document.issuer)
      : bad('issuer', `It calls itself ${document.issuer}: give that address, if it is the one that you mean.`),
    unsafe === undefined ? good('endpoints', endpoints.join(', ')) : bad('endpoints', `${unsafe} is not https.`),
    document.response_types_supported.includes('code')
      ? good('flow', 'authorization code')
      : bad('flow', 'It does not know the flow with an authorization code.'),
    challenges === undefined || challenges.includes('S256')
      ? good('pkce', challenges ? 'S256' : 'It does not say; S256 is sent all the same.')
      : bad('pkce', `It knows ${challenges.join(', ') || 'nothing'}, and not S256.`),
    algorithms.some((name) => /^(?:[RPE]S(?:256|384|512)|EdDSA|Ed25519)$/.test(name))
      ? good('signatures', algorithms.join(', '))
      : bad('signatures', `It signs with ${algorithms.join(', ') || 'nothing'}, and none of that is believed here.`),
  ]
}

const step = (step: string, ok: boolean, detail: string): Step => ({ step, ok, detail })
const good = (name: string, detail: string) => step(name, true, detail)
const bad = (name: string, detail: string) => step(name, false, detail)

class StepFailed extends Error {
  constructor(
    readonly step: string,
    message: string,
  ) {
    super(message)
  }
}

/** The operator named the host of an issuer of the settings, and no other one by it. */
function reader(egress: App['egress'], { issuerUrl, source }: Issuer) {
  return async <Content>(step: string, address: string, shape: z.ZodType<Content>): Promise<Content> => {
    const trusted = source === 'settings' && new URL(address).host === new URL(issuerUrl).host
    const text = await textAt(egress, step, address, { ...asked, trusted })
    const { success, data, error } = shape.safeParse(parsed(text))
    if (success) return data
    const [{ path, message }] = error.issues as [z.core.$ZodIssue]
    throw new StepFailed(
      step,
      `${address} is not what it should be: ${[path.join('.'), message].filter(Boolean).join(': ')}`,
    )
  }
}

async function textAt(egress: App['egress'], step: string, address: string, how: EgressRequest): Promise<string> {
  try {
    const response = await egress.fetch(address, how)
    if (response.status === 200) return (await bytesOf(response)).toString('utf8')
    await response.body?.cancel()
    throw new StepFailed(step, `${address} answers with ${response.status}.`)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new StepFailed(step, error.hint === undefined ? error.message : `${error.message} ${error.hint}`)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
