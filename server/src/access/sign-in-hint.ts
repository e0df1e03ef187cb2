/** What somebody does next who is not signed in, in one sentence with the exact command: terraform shows it to people as it is. */
import type { Hint } from '../foundation/refusal.ts'

/** Refusals of 401 end with it. */
export const howToSignIn: Hint = (baseUrl) =>
  `Use an API key: cadastre token create NAME --scope modules:read,providers:read --host ${hostIn(baseUrl)}`

/** As `--host` takes it; over plain http the whole address is needed. */
const hostIn = (baseUrl: string) => (baseUrl.startsWith('https:') ? new URL(baseUrl).host : baseUrl)
