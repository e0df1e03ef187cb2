/** What is filled in, and the part of the address that holds it. */
import { useEffect, useMemo, useState } from 'react'
import type { Filled, Input } from './entry.ts'
import { filledIn, fragmentOf } from './fragment.ts'

const writtenAfterMs = 300

export function useFilled(inputs: Input[]) {
  const [filled, setFilled] = useState<Filled>(() => filledIn(location.hash, inputs))
  const fragment = useMemo(() => fragmentOf(filled, inputs), [filled, inputs])

  useEffect(() => {
    const writing = setTimeout(() => writeFragment(fragment ?? ''), writtenAfterMs)
    return () => clearTimeout(writing)
  }, [fragment])

  useEffect(() => {
    const read = () => setFilled(filledIn(location.hash, inputs))
    window.addEventListener('hashchange', read)
    return () => window.removeEventListener('hashchange', read)
  }, [inputs])

  return { filled, setFilled, isTooLong: fragment === undefined }
}

/** Past the router: to it each address is a visit, which would lead to the top of the page. */
function writeFragment(fragment: string): void {
  if (location.hash.slice(1) === fragment) return
  const address = `${location.pathname}${location.search}${fragment && `#${fragment}`}`
  History.prototype.replaceState.call(history, history.state, '', address)
}
