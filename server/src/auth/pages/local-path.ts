/** Where somebody wanted to go before they signed in: an address of ours, whatever the query says. */
import { parseUrl } from '@cadastre/contract/parse-url'

const nowhere = 'http://local.invalid'
const maxLength = 2_000

/** @param wanted as routes know addresses, without the path of `server.base_url` @returns it, or `/` when it leads elsewhere */
export function localPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || wanted.length > maxLength || !/^\/[\x21-\x7e]*$/.test(wanted)) return '/'
  // Browsers take a backslash for a slash, and proxies may undo what is encoded.
  if (/^\/(?:[/\\]|%2f|%5c)/i.test(wanted) || wanted.includes('\\') || !parseUrl(wanted, nowhere)) return '/'
  const { origin, pathname, search, hash } = new URL(wanted, nowhere)
  return origin === nowhere && !/^\/(?:\/|%2f|%5c)/i.test(pathname) ? pathname + search + hash : '/'
}
