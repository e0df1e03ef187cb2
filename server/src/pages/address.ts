/** Which addresses are pages, and how one is written properly: in lower case where case says nothing, without a slash at its end. */
import type { Page } from '@cadastre/contract/page'
import { matchPage } from '@cadastre/contract/page-match'
import { type PageName, pages } from '@cadastre/contract/pages'

export type PageAddress = {
  name: PageName
  page: Page
  params: Record<string, string>
  /** how this address is written; it leads to the same */
  properPath: string
}

/** Below these, and at these, programs are answered: what is not there is said as they are used to. */
const forPrograms =
  /^\/(?:(?:api|v1|v2|\.well-known|oauth|terraform|registry|top|assets|archives)\/|(?:health|ready|live)$)/

export const isForPrograms = (pathname: string) => forPrograms.test(pathname)

/** The parts of addresses that the registry keeps in lower case. */
const caseless = new Set([':hostname', ':namespace', ':name', ':system', ':type'])

/** @param pathname percent-encoded, as it came @returns undefined when no page is there */
export function pageAt(pathname: string): PageAddress | undefined {
  const path = pathname.replace(/(?<=[^/])\/$/, '')
  const matched = matchPage<PageName>(pages, path) ?? matchPage<PageName>(pages, path.toLowerCase())
  if (!matched) return undefined
  const { name, page } = matched
  const properPath = properly(page.path, path, matched.params.version !== undefined)
  const { params } = matchPage<PageName>(pages, properPath) ?? matched
  return { name, page, params, properPath }
}

function properly(pattern: string, path: string, hasVersion: boolean): string {
  const segments = path.split('/').slice(1)
  const written: string[] = []
  for (const part of pattern.split('/').slice(1)) {
    if (part.startsWith('*')) return `/${[...written, ...segments].join('/')}`
    if (part === ':version?' && !hasVersion) continue
    const segment = segments.shift()!
    const isCaseless = !part.startsWith(':') || caseless.has(part)
    written.push(isCaseless ? segment.toLowerCase() : segment)
  }
  return `/${written.join('/')}`
}
