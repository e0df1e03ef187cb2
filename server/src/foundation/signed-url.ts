/**
 * Addresses that carry their own permission: archives are fetched without a token.
 * They are signed per five-minute bucket, so every process hands out the same bytes within a bucket and answers that
 * contain them can be kept; a link lives at least fifteen minutes after it was handed out.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

export type UrlSigner = {
  /** The bucket of now: whatever was signed in one bucket stays the same to the letter. */
  bucket(): number
  /** @param path absolute path below the registry's base, e.g. `/archives/…tar.gz` @returns path with `expires` and `signature` */
  sign(path: string): string
  /** @param url path and query as they arrived @returns `valid`, or why it is not */
  verify(url: string): 'valid' | 'expired' | 'wrong'
}

const bucketMs = 5 * 60 * 1000
const guaranteedMs = 15 * 60 * 1000
// go-getter eats these before it sends the request, or adds them (https://github.com/hashicorp/go-getter#protocol-specific-options).
const unsignedParameters = new Set(['archive', 'checksum', 'terraform-get', 'signature'])

/** @param key derived from the registry's encryption key, and so shared by all processes */
export function urlSigner(key: Buffer, clock: () => number): UrlSigner {
  const mac = (text: string) => createHmac('sha256', key).update(text).digest('base64url')
  const bucket = () => Math.floor(clock() / bucketMs)

  return {
    bucket,
    sign(path) {
      const expires = Math.floor(((bucket() + 1) * bucketMs + guaranteedMs) / 1000)
      const url = `${path}${path.includes('?') ? '&' : '?'}expires=${expires}`
      const text = path.includes('?') ? signedText(url) : textOf(path, [['expires', String(expires)]])
      return `${url}&signature=${mac(text)}`
    },
    verify(url) {
      const { parameters } = parts(url)
      const given = Buffer.from(parameters.get('signature') ?? '')
      const wanted = Buffer.from(mac(signedText(url)))
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return 'wrong'
      return Number(parameters.get('expires')) * 1000 > clock() ? 'valid' : 'expired'
    },
  }
}

// Clients re-encode and sort the query, so the signature covers its meaning and not its spelling.
function signedText(url: string): string {
  const { path, parameters } = parts(url)
  return textOf(
    path,
    [...parameters].filter(([name]) => !unsignedParameters.has(name)),
  )
}

const textOf = (path: string, parameters: [name: string, value: string][]) =>
  `${path}?${JSON.stringify(parameters.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))}`

function parts(url: string): { path: string; parameters: URLSearchParams } {
  const [path = ''] = url.split('?', 1)
  return { path, parameters: new URLSearchParams(url.slice(path.length)) }
}
