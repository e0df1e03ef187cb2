/**
 * The door to what floats. It comes in files of its own, when the browser has nothing to do or somebody reaches for
 * anything, never before the first paint; what is typed meanwhile is kept for the palette.
 */
import { useEffect, useRef, useState } from 'react'
import { onOpenPart, type Part } from './floating.ts'

type Parts = typeof import('../palette/parts.ts')

let coming: Promise<Parts> | undefined

/** One that did not come is asked for again the next time. */
function load(): Promise<Parts> {
  coming ??= import('../palette/parts.ts').catch((error) => {
    coming = undefined
    throw error
  })
  return coming
}

export function FloatingParts() {
  const [parts, setParts] = useState<Parts>()
  const [open, setOpen] = useState<Part>()
  const [text, setText] = useState('')
  /** The field of the palette has the focus: what is typed goes there by itself. */
  const isTaken = useRef(false)

  useEffect(() => loadingWhenIdle(), [])

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (!isPaletteKey(event)) return
      event.preventDefault()
      show('palette')
    }
    function show(part: Part) {
      isTaken.current = false
      setText('')
      setOpen(part)
      load().then(setParts, () => {
        setOpen(undefined)
        document.getElementById('search-field')?.focus()
      })
    }
    document.addEventListener('keydown', onKey)
    const takeBack = onOpenPart(show)
    return () => {
      document.removeEventListener('keydown', onKey)
      takeBack()
    }
  }, [])

  useEffect(() => {
    if (open !== 'palette') return
    function onKey(event: KeyboardEvent) {
      if (isTaken.current || event.metaKey || event.ctrlKey || event.altKey) return
      if (event.key === 'Escape') setOpen(undefined)
      else if (event.key === 'Backspace') setText((typed) => typed.slice(0, -1))
      else if (event.key.length === 1) setText((typed) => typed + event.key)
      else return
      event.preventDefault()
      event.stopPropagation()
    }
    document.addEventListener('keydown', onKey, true)
    return () => document.removeEventListener('keydown', onKey, true)
  }, [open])

  if (!parts || !open) return null
  const onClose = () => setOpen(undefined)
  if (open === 'keys') return <parts.KeySheet onClose={onClose} />
  return (
    <parts.Palette
      text={text}
      onText={setText}
      onTaken={() => {
        isTaken.current = true
      }}
      onClose={onClose}
    />
  )
}

const isPaletteKey = ({ key, metaKey, ctrlKey, shiftKey, altKey }: KeyboardEvent) =>
  key.toLowerCase() === 'k' && metaKey !== ctrlKey && !shiftKey && !altKey

const reaching = ['pointerover', 'focusin'] as const
/** Where a browser does not say that it is idle. */
const soonMs = 2_000

/** @returns what takes it back */
function loadingWhenIdle(): () => void {
  const start = () => void load().catch(() => {})
  const whenIdle = () => {
    if ('requestIdleCallback' in window) requestIdleCallback(start, { timeout: soonMs })
    else setTimeout(start, soonMs)
  }
  if (document.readyState === 'complete') whenIdle()
  else window.addEventListener('load', whenIdle, { once: true })
  for (const kind of reaching) document.addEventListener(kind, start, { once: true })
  return () => {
    window.removeEventListener('load', whenIdle)
    for (const kind of reaching) document.removeEventListener(kind, start)
  }
}
