/** The single keys that do the same on every page. */
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { pageData } from '../page-data.ts'
import { openPart } from './floating.ts'
import { onShortcut } from './on-shortcut.ts'

/** After `g`. */
const places: Record<string, string> = { m: '/modules', p: '/providers', a: '/admin', h: '/' }
const waitMs = 1_000
/** What `j` and `k` go through: hits, and whatever names a row. Enter follows the link that has the focus by itself. */
const listed = 'main [data-hit], main tbody th a'

export function Shortcuts() {
  const router = useRouter()
  useEffect(() => {
    let goUntil = 0
    const go = (key: string) => () => {
      if (Date.now() > goUntil) return
      goUntil = 0
      router.history.push(`${pageData.basePath}${places[key]}`)
    }
    return onShortcut({
      ...Object.fromEntries(Object.keys(places).map((key) => [key, go(key)])),
      g: () => {
        goUntil = Date.now() + waitMs
      },
      '/': () => document.getElementById('search-field')?.focus(),
      '?': () => openPart('keys'),
      j: () => step(1),
      k: () => step(-1),
    })
  }, [router])
  return null
}

function step(by: number): void {
  const links = [...document.querySelectorAll<HTMLElement>(listed)]
  const at = links.indexOf(document.activeElement as HTMLElement)
  links[Math.max(0, Math.min(links.length - 1, at + by))]?.focus()
}
