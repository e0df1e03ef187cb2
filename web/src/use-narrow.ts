/** Filters lie in the address: narrowing a list leads to an address of its own, which the way back undoes. */
import { useRouter } from '@tanstack/react-router'
import { useAt } from './at.ts'
import { pageData } from './page-data.ts'

/** @returns sets one filter of this page; an empty value takes it away */
export function useNarrow(): (key: string, value: string) => void {
  const { search, pathname } = useAt()
  const router = useRouter()
  return (key, value) => {
    const next = new URLSearchParams(search)
    if (value) next.set(key, value)
    else next.delete(key)
    router.history.push(`${pageData.basePath}${pathname}${next.size > 0 ? `?${next}` : ''}`)
  }
}
