/** Single keys, for those who want them: they rest inside fields and can be switched off (WCAG 2.1.4). */
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { pageData } from '../page-data.ts'
import { areShortcutsOn } from './shortcut-setting.ts'

/** After `g`. */
const places: Record<string, string> = { m: '/modules', p: '/providers', a: '/admin', h: '/' }
const waitMs = 1_000

export function Shortcuts() {
  const router = useRouter()
  useEffect(() => {
    let goUntil = 0
    function onKey(event: KeyboardEvent) {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return
      if (!areShortcutsOn() || isTyping(event.target)) return
      if (Date.now() < goUntil && places[event.key]) {
        goUntil = 0
        event.preventDefault()
        router.history.push(`${pageData.basePath}${places[event.key]}`)
        return
      }
      if (event.key === 'g') goUntil = Date.now() + waitMs
      if (event.key === '/') {
        event.preventDefault()
        document.getElementById('search-field')?.focus()
      }
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [router])
  return null
}

export const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
