/** What the palette offers: what was looked at lately, what the registry found in its own order, and what can be done. Pure. */
import type { Answer } from '@cadastre/contract/question'
import { withoutKind } from '@cadastre/contract/search-kinds'
import type { Visit } from '../shell/recent.ts'
import { allOfKind, counted, labelOfKind } from '../shell/search-kinds.ts'
import { asCount } from '../ui/in-words.ts'

export type Entry = {
  key: string
  label: string
  /** what stands beside it */
  about?: string
  isCode?: boolean
} & ({ to: string } | { does: 'copy'; of: ModuleAddress } | { does: 'keys' })

export type ModuleAddress = { address: string; path: { namespace: string; name: string; system: string } }
type Group = { label: string; entries: Entry[] }
type FoundGroup = Answer<'/api/v1/search/groups'>['groups'][number]

type Found = Pick<Answer<'/api/v1/search'>, 'items' | 'total'>
type Hit = Found['items'][number]

export type Offered = {
  text: string
  /** for this very text, or for what was typed a moment ago */
  found: Found | undefined
  /** what was found in modules and in the documentation, of each kind the first */
  inside: readonly FoundGroup[]
  visits: readonly Visit[]
  /** the module whose page this is */
  here: ModuleAddress | undefined
  /** its two newest versions, the newest first */
  newest: readonly string[]
  places: readonly { to: string; label: string }[]
  pageOf: (hit: Hit) => string
}

export function groupsOf({ text, found, inside, visits, here, newest, places, pageOf }: Offered): Group[] {
  const q = text.trim()
  const hits = q && found ? found.items : []
  const module = q ? hits.map(ownModule).find(Boolean) : here
  const meant: Entry[] = [
    ...(here ? comparison(here, newest) : []).filter(({ label }) => isMeant(label, q)),
    ...places.filter(({ label }) => isMeant(label, q)).map((place) => ({ key: place.to, ...place })),
    ...(isMeant('Keyboard shortcuts', q) ? [{ key: 'keys', label: 'Keyboard shortcuts', does: 'keys' as const }] : []),
  ]
  const all = q ? [allOf(q, found)] : []
  const actions: Entry[] = [
    ...(module ? [{ key: 'copy', label: `Copy block for ${module.address}`, does: 'copy' as const, of: module }] : []),
    // Where nothing was found, what can be done was meant.
    ...(hits.length + inside.length > 0 ? [...all, ...meant] : [...meant, ...all]),
  ]
  const recent = visits.map(({ to, label }) => ({ key: `recent ${to}`, to, label, isCode: true }))
  return [
    { label: 'Recent', entries: q ? [] : recent },
    { label: 'Results', entries: hits.map((hit) => entryOf(hit, pageOf(hit))) },
    ...(q ? inside.map((group) => insideOf(group, q)) : []),
    { label: 'Actions', entries: actions },
  ].filter(({ entries }) => entries.length > 0)
}

const entryOf = ({ kind, address, version }: Hit, to: string): Entry => ({
  key: `${kind} ${address}`,
  label: address,
  about: version ? `${kind} ${version}` : kind,
  isCode: true,
  to,
})

function comparison({ address }: ModuleAddress, [to, from]: readonly string[]): Entry[] {
  if (!to || !from) return []
  const label = `Compare ${from} with ${to}`
  return [{ key: 'compare', label, to: `/modules/${address}/compare/${from}...${to}` }]
}

function insideOf({ kind, total, items }: FoundGroup, q: string): Group {
  const entries: Entry[] = items.map(({ name, module, page }) => ({
    key: page,
    label: name,
    about: module ?? '',
    isCode: module !== null,
    to: page,
  }))
  if (total.count > items.length)
    entries.push({
      key: `all ${kind}`,
      label: `See all ${counted(total)} ${allOfKind(kind)}`,
      to: `/search?q=${encodeURIComponent(withoutKind(q))}&kind=${kind}`,
    })
  return { label: labelOfKind[kind], entries }
}

function allOf(q: string, found: Found | undefined): Entry {
  const count = found?.total.count ?? 0
  const label = count > 1 ? `See all ${asCount(count)} results for ${q}` : `Search for ${q}`
  return { key: 'all', label, to: `/search?q=${encodeURIComponent(q)}` }
}

function ownModule({ kind, hostname, namespace, name, system, version, address }: Hit): ModuleAddress | undefined {
  if (kind !== 'module' || hostname !== null || system === null || version === null) return undefined
  return { address, path: { namespace, name, system } }
}

/** Every word that was typed begins a word of it. What the registry found is never filtered so. */
const isMeant = (label: string, q: string) => {
  const words = label.toLowerCase().split(' ')
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((typed) => words.some((word) => word.startsWith(typed)))
}
