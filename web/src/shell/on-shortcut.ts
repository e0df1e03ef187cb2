/** Single keys of a page: they rest inside fields and dialogs, beside other keys, and where the reader switched them off. */
import { areShortcutsOn } from './shortcut-setting.ts'

/** @returns what takes them back */
export function onShortcut(does: Record<string, () => void>): () => void {
  function onKey(event: KeyboardEvent) {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return
    const action = does[event.key]
    if (!action || !areShortcutsOn() || isTyping(event.target) || isAsked()) return
    event.preventDefault()
    action()
  }
  document.addEventListener('keydown', onKey)
  return () => document.removeEventListener('keydown', onKey)
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

const isAsked = () => document.querySelector('[role="dialog"]') !== null
