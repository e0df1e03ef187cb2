/** Everything by typing: the registry finds and ranks, and what can be done stands below. */
import { pageOf } from '@cadastre/contract/hit-address'
import { moduleTemplate, versionTemplate } from '@cadastre/contract/module-pages'
import { type Question, question } from '@cadastre/contract/question'
import type { FoundKind } from '@cadastre/contract/search-kinds'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { asked, queries } from '../api.ts'
import { useAt } from '../at.ts'
import { pageData } from '../page-data.ts'
import { openPart } from '../shell/floating.ts'
import { recentVisits } from '../shell/recent.ts'
import { allOfKind, inAll } from '../shell/search-kinds.ts'
import { copyText } from '../ui/CopyButton.tsx'
import { Icon } from '../ui/Icon.tsx'
import { asCount } from '../ui/in-words.ts'
import { announce } from '../ui/LiveRegion.tsx'
import { useSettled } from '../ui/use-settled.ts'
import { Floating } from './Floating.tsx'
import { type Entry, groupsOf, type ModuleAddress } from './groups.ts'
import styles from './Palette.module.css'
import { places } from './places.ts'

type Props = { text: string; onText: (text: string) => void; onTaken: () => void; onClose: () => void }

const shownHits = 8
const shownInside = 2
const typedMs = 80

export function Palette({ text, onText, onTaken, onClose }: Props) {
  const router = useRouter()
  const at = useAt()
  const field = useRef<HTMLInputElement>(null)
  const hasLeft = useRef(false)
  const list = useId()
  const [active, setActive] = useState(0)
  const q = useSettled(text.trim(), typedMs)
  const { data, isPlaceholderData, isError } = useQuery({
    ...asked(searchFor(q)),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  })
  const inside = useQuery({ ...asked(insideFor(q)), enabled: q !== '', placeholderData: keepPreviousData })
  const here = moduleOf(at.params, at.name)
  const versions = useQuery({ ...asked(versionsOf(here)), enabled: here !== undefined })
  const isFresh = q === text.trim() && !isPlaceholderData
  const groups = groupsOf({
    text,
    found: q === '' ? undefined : data,
    inside: (q !== '' && inside.data?.groups) || [],
    visits: recentVisits(),
    here,
    newest: versions.data?.items.slice(0, 2).map(({ version }) => version) ?? [],
    places: places(),
    pageOf,
  })
  const entries = groups.flatMap((group) => group.entries)
  const current = Math.min(active, entries.length - 1)
  useEffect(() => {
    document.getElementById(`${list}-${current}`)?.scrollIntoView({ block: 'nearest' })
  }, [list, current])

  function goTo(to: string) {
    hasLeft.current = true
    onClose()
    router.history.push(`${pageData.basePath}${to}`)
  }

  function choose(entry: Entry) {
    if ('to' in entry) return goTo(entry.to)
    onClose()
    if (entry.does === 'copy') void copyBlock(entry.of)
    // Once this one is closed.
    else setTimeout(() => openPart('keys'))
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setActive((current + step + entries.length) % entries.length)
    else if (event.key !== 'Enter') return
    // Whoever types faster than the registry answers gets the search for what they typed.
    else if (text.trim() && !isFresh && current === 0) goTo(`/search?q=${encodeURIComponent(text.trim())}`)
    else if (entries[current]) choose(entries[current])
    event.preventDefault()
  }

  return (
    <Floating title="Palette" first={field} givesBack={() => !hasLeft.current} onClose={onClose}>
      <div className={styles.field}>
        <Icon name="search" />
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-label="Search, or say what to do"
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls={list}
          aria-activedescendant={entries.length > 0 ? `${list}-${current}` : undefined}
          placeholder="vpc · input:cidr · an error code · new token"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={text}
          onFocus={onTaken}
          onChange={({ target }) => {
            onText(target.value)
            setActive(0)
          }}
          onKeyDown={onKeyDown}
        />
        <span className={styles.key} aria-hidden="true">
          Esc
        </span>
      </div>
      <div className={styles.list} role="listbox" id={list} aria-label="Suggestions">
        {groups.map(({ label, entries: offered }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
          <div key={label} role="group" aria-label={label}>
            <p className={styles.label} aria-hidden="true">
              {label}
            </p>
            {offered.map((entry) => {
              const place = entries.indexOf(entry)
              return (
                // biome-ignore lint/a11y/useFocusableInteractive: as above
                // biome-ignore lint/a11y/useKeyWithClickEvents: keys are those of the field
                <div
                  key={entry.key}
                  id={`${list}-${place}`}
                  role="option"
                  aria-selected={place === current}
                  className={place === current ? styles.current : styles.option}
                  onMouseMove={() => setActive(place)}
                  onClick={() => choose(entry)}
                >
                  {entry.isCode ? <code>{entry.label}</code> : <span>{entry.label}</span>}
                  {entry.about && <span className={styles.about}>{entry.about}</span>}
                </div>
              )
            })}
          </div>
        ))}
      </div>
      <p className={styles.count} role="status">
        {isError
          ? 'The registry could not search. Enter tries again.'
          : isFresh && q && !inside.isPlaceholderData && !inside.isPending
            ? counted(data?.total.count ?? 0, inside.data?.groups ?? [])
            : ''}
      </p>
    </Floating>
  )
}

const searchFor = (q: string): Question<'/api/v1/search'> =>
  question('/api/v1/search', { query: { q, limit: shownHits } })

const versionsOf = (here: ModuleAddress | undefined) =>
  question(`${moduleTemplate}/versions`, { path: here?.path ?? {} })

const insideFor = (q: string) => question('/api/v1/search/groups', { query: { q, limit: shownInside } })

type Total = { count: number; isEstimate: boolean }

/** Said once all of it is there: where no module or provider fits, what is inside of them is all there is. */
function counted(found: number, inside: { kind: FoundKind; total: Total }[]): string {
  const count = found || inAll(inside).count
  const results = count === 1 ? '1 result' : `${asCount(count)} results`
  return [results, ...inside.map(({ kind, total }) => `${allOfKind(kind)}: ${total.count}`)].join(', ')
}

function moduleOf(params: Readonly<Record<string, string>>, page: string | undefined): ModuleAddress | undefined {
  const { hostname, namespace, name, system } = params
  if (!page?.startsWith('module') || hostname || !namespace || !name || !system) return undefined
  return { address: `${namespace}/${name}/${system}`, path: { namespace, name, system } }
}

async function copyBlock({ address, path }: ModuleAddress): Promise<void> {
  try {
    const { latestVersion } = await queries.fetchQuery(asked(question(moduleTemplate, { path })))
    const versioned = { ...path, version: latestVersion ?? '' }
    const { text } = await queries.fetchQuery(asked(question(`${versionTemplate}/usage`, { path: versioned })))
    await copyText(text)
    announce(`Copied the block for ${address}`)
  } catch {
    announce(`The block for ${address} could not be copied`)
  }
}
