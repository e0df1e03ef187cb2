/**
 * The address of a repository, as whoever publishes says it: one rule for those who send it and for the registry that takes
 * it. Pure, and without schemas, so that browsers need none.
 */
import { parseUrl } from './parse-url.ts'
import { hostKind } from './source-address.ts'

const maxLength = 500

export type ReadSourceUrl = { url: string } | { wrong: string }

/** @returns the address in one spelling, or what is wrong with it */
export function readSourceUrl(text: string): ReadSourceUrl {
  if (text.length > maxLength) return tooLong
  // What a parser of URLs drops or turns round would be shown as something else than was checked.
  if (/[\p{C}\p{Z}\\<>"'`{}|^]/u.test(text))
    return { wrong: 'must be without spaces, quotes, brackets, backslashes and control characters' }
  if (!/^https:\/\/[^/]/i.test(text)) return { wrong: 'must begin with https://' }
  if (text.slice('https://'.length).split('/', 1)[0]!.includes('@')) return credentials
  if (/[?#]/.test(text)) return { wrong: 'must be without ? and #' }
  if (holdsSecret(text)) return credentials
  const parsed = parseUrl(text)
  return parsed ? spelled(parsed) : { wrong: 'must be the address of a repository' }
}

const credentials = { wrong: 'must be without a user name, password or token' }
const tooLong = { wrong: `must be of ${maxLength} characters at most` }

/** Whoever reads the version reads its source, so that what is recognised as a secret is not kept, wherever it stands. */
function holdsSecret(address: string): boolean {
  const text = decoded(address)
  return secrets.some((secret) => secret.test(text))
}

/** As the makers of well-known tokens write them, and as people and programs put a password into an address. */
const secrets = [
  // What is random has digits or capitals among so many letters; names of repositories that begin alike are of small letters.
  /(?<![A-Za-z0-9])(?:gh[oprsu]_(?=\w{0,15}[A-Z0-9])[A-Za-z0-9]{16}|github_pat_(?=\w{0,15}[A-Z0-9])\w{16})/,
  /(?<![A-Za-z0-9])gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|wt|soat|ffct|oas)-(?=[\w-]{0,19}[A-Z0-9])[\w-]{20}/,
  /(?<![A-Za-z0-9])(?:AT(?:ATT|BB|CTT)(?=\w*[0-9])\w{16}|AKIA[A-Z0-9]{16}|xox[abeoprs]-\d[\w-]{7})/,
  /(?<![A-Za-z0-9])(?:npm_(?=\w{0,29}[A-Z0-9])[A-Za-z0-9]{30}|hv[bs]\.(?=[\w-]{0,19}[A-Z0-9])[\w-]{20}|eyJ[\w-]{8,}\.eyJ)/,
  /\.atlasv1\.|[A-Za-z0-9]{76}AZDO/,
  // What this registry calls a key, whatever it has for a prefix.
  /_[0-9A-Za-z]{49}(?![0-9A-Za-z])/,
  /(?:x-access-token|x-token-auth|gitlab-ci-token|oauth2):|(?:token|password|passwd|secret|api[-_]?key)=/i,
  /:\/\/[^/]*\/.*[^/]:[^/]*@/,
]

/** Percent signs may stand for percent signs. */
function decoded(text: string): string {
  const once = text.replace(/%([2-7][0-9a-f])/gi, (_whole, code) => String.fromCharCode(Number.parseInt(code, 16)))
  return once === text ? text : decoded(once)
}

/** Letters beyond ASCII as names of hosts are resolved: what looks like another host shall not be taken for it. */
function spelled(parsed: URL): ReadSourceUrl {
  const path = parsed.pathname.replace(/\/+$/, '')
  if (path === '') return { wrong: 'must name a repository of its host' }
  const url = parsed.origin + (hostKind(parsed) === undefined ? path : path.replace(/\.git$/, ''))
  return url.length > maxLength ? tooLong : { url }
}
