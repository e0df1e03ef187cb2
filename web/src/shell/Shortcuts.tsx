/** The single keys that do the same on every page. */
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { pageData } from '../page-data.ts'
import { onShortcut } from './on-shortcut.ts'

/** After `g`. */
const places: Record<string, string> = { m: '/modules', p: '/providers', a: '/admin', h: '/' }
const waitMs = 1_000

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
    })
  }, [router])
  return null
}
