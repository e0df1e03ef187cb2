/** Filters lie in the address: narrowing a list leads to an address of its own, which the way back undoes. */
import { useRouter } from '@tanstack/react-router'
import { useAt } from './at.ts'
import { pageData } from './page-data.ts'

/** @returns sets one filter of this page; an empty value takes it away */
export function useNarrow(): (key: string, value: string) => void {
  const { search, pathname } = useAt()
  const router = useRouter()
  return (key, value) => {
    // Of two filters that are set in haste the second begins where the first leads, and not where the page still is.
    const ahead = router.history.location
    const next = new URLSearchParams(ahead.pathname === `${pageData.basePath}${pathname}` ? ahead.search : search)
    if (value) next.set(key, value)
    else next.delete(key)
    router.history.push(`${pageData.basePath}${pathname}${next.size > 0 ? `?${next}` : ''}`)
  }
}
