/** A filter of what is on this page already: what is typed counts at once, and stands in the address when the typing rests. */
import { useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useAt } from './at.ts'
import { pageData } from './page-data.ts'
import { useSettled } from './ui/use-settled.ts'

const settledMs = 300

/** @param key of the address; one that is not set is not there */
export function useFilter(key: string): [value: string, set: (value: string) => void] {
  const { search, pathname } = useAt()
  const router = useRouter()
  const said = search.get(key) ?? ''
  const [value, setValue] = useState(said)
  const settled = useSettled(value, settledMs)
  const [told, setTold] = useState(said)
  // The way back, or a link, says something else.
  if (said !== told) {
    setTold(said)
    setValue(said)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: an address that changes is followed, and not changed back
  useEffect(() => {
    const ahead = router.history.location
    if (settled !== value || ahead.pathname !== `${pageData.basePath}${pathname}`) return
    const next = new URLSearchParams(ahead.search)
    if ((next.get(key) ?? '') === settled) return
    if (settled) next.set(key, settled)
    else next.delete(key)
    setTold(settled)
    // Letters are no steps: the way back leads to the page before.
    router.history.replace(`${ahead.pathname}${next.size > 0 ? `?${next}` : ''}${ahead.hash}`)
  }, [settled])
  return [value, setValue]
}
