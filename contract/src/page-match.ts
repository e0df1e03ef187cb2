/** Which page an address belongs to. */
import type { Page } from './page.ts'

type Matched<Name extends string> = { name: Name; page: Page; params: Record<string, string> }

/**
 * @param pathname as the browser has it, percent-encoded
 * @returns undefined when no page is there, also when the encoding is broken, or a part of it is dots. Words win over `:version?`, and that over `*path`
 */
export function matchPage<Name extends string>(
  pages: Readonly<Record<Name, Page>>,
  pathname: string,
): Matched<Name> | undefined {
  const segments = decoded(pathname)
  if (!segments) return undefined
  for (const name of Object.keys(pages) as Name[]) {
    const params = paramsOf(pages[name].path.split('/').slice(1), segments)
    if (params) return { name, page: pages[name], params }
  }
  return undefined
}

function paramsOf(pattern: string[], segments: string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {}
  let at = 0
  for (const part of pattern) {
    const segment = segments[at]
    if (part.startsWith('*')) {
      const rest = segments.slice(at)
      if (rest.length === 0 || rest.includes('')) return undefined
      return { ...params, [part.slice(1)]: rest.join('/') }
    }
    if (part === ':version?') {
      if (segment && /^\d/.test(segment)) {
        params.version = segment
        at++
      }
      continue
    }
    if (segment === undefined) return undefined
    const pair = /^:(\w+)\.\.\.:(\w+)$/.exec(part)
    if (pair) {
      const [, one, other] = /^(.+?)\.\.\.(.+)$/.exec(segment) ?? []
      if (!one || !other) return undefined
      params[pair[1]!] = one
      params[pair[2]!] = other
    } else if (part.startsWith(':')) {
      if (segment === '') return undefined
      params[part.slice(1)] = segment
    } else if (part !== segment) return undefined
    at++
  }
  return at === segments.length ? params : undefined
}

function decoded(pathname: string): string[] | undefined {
  try {
    const segments = pathname.split('/').slice(1).map(decodeURIComponent)
    // Browsers and clients take dots for steps, so that with them a question would become another one.
    return segments.some((segment) => segment.includes('\0') || /^\.{1,2}$/.test(segment)) ? undefined : segments
  } catch {
    return undefined
  }
}
