/** What somebody does next who is not signed in, in one sentence with the exact command: terraform shows it to people as it is. */
import { parseUrl } from '@cadastre/contract/parse-url'
import type { Hint } from '../foundation/refusal.ts'

/** Refusals of 401 end with it. Terraform signs in where there is https alone; our own command line over plain http, too. */
export const howToSignIn: Hint = (baseUrl) =>
  baseUrl.startsWith('http:') ? `Sign in: cadastre login ${baseUrl}` : `Sign in: terraform login ${hostOf(baseUrl)}`

/** Where the address is not known it is a word that stands for it. */
const hostOf = (baseUrl: string) => parseUrl(baseUrl)?.host ?? baseUrl
