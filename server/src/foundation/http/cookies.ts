/** Reading and writing the few cookies that there are. */

/** The value of a cookie; of two with one name the first, which is the one that was set for the narrower path. */
export function cookieIn(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return undefined
}

/** Not for scripts, not for other sites' requests, and over https alone where there is https. */
export function cookieText(
  name: string,
  value: string,
  options: { secure: boolean; maxAgeSeconds: number; path?: string },
): string {
  const { secure, maxAgeSeconds, path = '/' } = options
  return `${name}=${value}; Path=${path}; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure ? '; Secure' : ''}`
}
