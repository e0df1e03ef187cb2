/** What the reader looked at last, kept in this browser; who signs in as somebody else does not see it. */
import type { Here } from '../at.ts'
import { pageData } from '../page-data.ts'

export type Visit = { to: string; label: string }

const kept = 'cadastre.recent'
const maxVisits = 6

export function rememberVisit(at: Here): void {
  const visit = visitOf(at)
  if (!visit) return
  const visits = [visit, ...recentVisits().filter(({ to }) => to !== visit.to)].slice(0, maxVisits)
  localStorage.setItem(kept, JSON.stringify({ caller: pageData.caller.id, visits }))
}

export function recentVisits(): Visit[] {
  try {
    const { caller, visits } = JSON.parse(localStorage.getItem(kept) ?? '{}')
    return caller === pageData.caller.id && Array.isArray(visits) ? visits : []
  } catch {
    return []
  }
}

/** Sections and versions of a thing are visits to the thing. */
export function visitOf({ name, params, pathname }: Pick<Here, 'name' | 'params' | 'pathname'>): Visit | undefined {
  const [, room] = pathname.split('/')
  const { hostname, namespace, type, name: module, system } = params
  const address = [hostname, namespace, ...(type ? [type] : [module, system])].filter(Boolean).join('/')
  const isThing = namespace !== undefined && (type !== undefined || system !== undefined)
  if (!name || !isThing || !['modules', 'providers', 'mirror'].includes(room ?? '')) return undefined
  return { to: `/${room}/${address}`, label: address }
}
