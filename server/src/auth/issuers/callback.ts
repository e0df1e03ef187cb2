/** The way back from an issuer: to which address, and for how long. */
import type { App } from '../../foundation/app.ts'
import type { Issuer } from './issuer.ts'

export const signInLivesMs = 10 * 60_000

/** Where issuers send people back to; it has to be known to them to the letter. */
export const callbackOf = ({ config }: App, { name, redirectUrl }: Pick<Issuer, 'name' | 'redirectUrl'>): string =>
  new URL(redirectUrl ?? `${config.server.base_url.replace(/\/+$/, '')}/auth/callback/${name}`).href
