/** The headers of pages: what a page may load and do, and who may keep it. */

export const guardingHeaders = {
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  // With no-referrer browsers send the origin of a form as null, and we could not tell our own from others.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

/** Everything comes from this registry; scripts are its files, and the one that was given this nonce. */
export const contentPolicy = (nonce: string) =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/** Of a page that somebody asked for who is known. */
export const forOneAlone = { 'cache-control': 'private, no-store', vary: 'cookie, authorization, accept-encoding' }

/** What everybody may read is kept, and asked after each time: it may be made private at any moment. */
export const forEverybody = {
  'cache-control': 'public, max-age=0, must-revalidate',
  vary: 'cookie, authorization, accept-encoding',
}
