/** How long another server wants not to be asked, as its headers say it. Pure. */

/** @returns milliseconds; undefined: it does not say */
export function waitAsked(headers: Headers, now: number): number | undefined {
  const wait = retryAfter(headers.get('retry-after'), now) ?? reset(headers, now)
  return wait === undefined ? undefined : Math.max(0, wait)
}

/** Seconds, or a date (https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3). */
function retryAfter(text: string | null, now: number): number | undefined {
  if (text === null) return undefined
  if (/^\d{1,9}$/.test(text.trim())) return Number(text) * 1000
  const date = text.trim().endsWith('GMT') ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? undefined : date - now
}

/** Of those that count: the second of the epoch, or so many seconds from now; it holds when nothing is left. */
function reset(headers: Headers, now: number): number | undefined {
  const text = headers.get('x-ratelimit-reset')
  if (text === null || !/^\d{1,12}(\.\d+)?$/.test(text)) return undefined
  if (Number(headers.get('x-ratelimit-remaining') ?? 0) > 0) return undefined
  const seconds = Number(text)
  return seconds > epochBegins ? seconds * 1000 - now : seconds * 1000
}

/** No registry asks to wait for thirty years. */
const epochBegins = 1_000_000_000
