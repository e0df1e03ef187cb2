/** `j` and `k` go through the hits; Enter follows the link that has the focus by itself. */
import { useEffect } from 'react'
import { onShortcut } from '../shell/on-shortcut.ts'

export function useListKeys(): void {
  useEffect(() => {
    const go = (step: number) => () => {
      const links = [...document.querySelectorAll<HTMLElement>('[data-hit]')]
      const at = links.indexOf(document.activeElement as HTMLElement)
      links[Math.max(0, Math.min(links.length - 1, at + step))]?.focus()
    }
    return onShortcut({ j: go(1), k: go(-1) })
  }, [])
}
