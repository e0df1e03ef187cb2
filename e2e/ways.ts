/** The two ways in which terraform and tofu reach a registry, so that a case can be run over both. */
import { afterAll, beforeAll, describe } from 'vitest'
import { canTrustAuthorities, loopbackNames, makeAuthority } from './certificates.ts'
import { type Front, type FrontOptions, startFront, type Tls } from './front.ts'
import { calling, type Program, requiring, type Workplace, workplace } from './terraform.ts'

export type Way = {
  /** A front of the registry that stops with the test. */
  front(target: string, options?: FrontOptions): Promise<Front>
  /** A front, and a machine behind it whose configuration calls a module of the registry, or requires a provider of it. */
  machine(program: Program, target: string, wanted: Wanted): Promise<{ front: Front; cli: Workplace }>
}

export type Wanted = {
  /** `acme/vpc/aws` */
  module?: string
  /** `acme/greeter` */
  provider?: string
  version?: string
  token?: string
  env?: Record<string, string>
  front?: FrontOptions
  /** a front that is there already */
  through?: Front
}

/** Over plain http, under a name that a `host` block gives the registry; over TLS, under its address, found by discovery. */
export function eachWay(cases: (way: Way) => void): void {
  describe('over http with a host block', () => cases(wayThrough(startFront)))
  overTls((tls) => cases(wayThrough((target, options) => startFront(target, options, tls()))))
}

export const wayThrough = (front: Way['front']): Way => ({
  front,
  async machine(program, target, { module, provider, version, token, env, front: options, through }) {
    const used = through ?? (await front(target, options))
    const files = {
      ...(module === undefined ? {} : { 'main.tf': calling(`${used.host}/${module}`, version) }),
      ...(provider === undefined ? {} : { 'providers.tf': requiring({ [`${used.host}/${provider}`]: version }) }),
    }
    return { front: used, cli: await workplace(program, { through: used, token, env, files }) }
  },
})

/** @param cases get the throw-away authority and a certificate of it when they run */
export function overTls(cases: (tls: () => Tls) => void): void {
  const name = 'over TLS with a throw-away authority'
  describe.skipIf(!canTrustAuthorities)(canTrustAuthorities ? name : `${name} (needs openssl on Linux)`, () => {
    let tls: Tls
    beforeAll(async () => {
      const authority = await makeAuthority()
      tls = { authority, certificate: await authority.issue('leaf', loopbackNames) }
    })
    afterAll(() => tls?.authority.remove())
    cases(() => tls)
  })
}
