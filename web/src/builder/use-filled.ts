/** What is filled in, and the part of the address that holds it. */
import { useRouter, useRouterState } from '@tanstack/react-router'
import { type SetStateAction, useCallback, useEffect, useMemo, useState } from 'react'
import type { Filled, Input } from './entry.ts'
import { filledIn, fragmentOf, holdsFilled } from './fragment.ts'

const writtenAfterMs = 300

export function useFilled(inputs: Input[]) {
  const router = useRouter()
  const arrived = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation })
  const [filled, setFilled] = useState<Filled>(() => filledIn(location.hash, inputs))
  const [isAsLinked, setAsLinked] = useState(() => Object.keys(filled).length > 0)
  const fragment = useMemo(() => fragmentOf(filled, inputs), [filled, inputs])

  // biome-ignore lint/correctness/useExhaustiveDependencies: links of the page lead to it without what is filled in
  useEffect(() => {
    const writing = setTimeout(() => {
      // On the way to another page the address is that one's already.
      if (router.state.status !== 'pending') writeFragment(fragment ?? '')
    }, writtenAfterMs)
    return () => clearTimeout(writing)
  }, [fragment, router, arrived])

  useEffect(() => {
    const read = () => {
      // Links within the page, such as those that skip parts of it, say nothing of the form.
      if (!holdsFilled(location.hash)) return writeFragment(fragment ?? '')
      const given = filledIn(location.hash, inputs)
      setFilled(given)
      setAsLinked(Object.keys(given).length > 0)
    }
    window.addEventListener('hashchange', read)
    return () => window.removeEventListener('hashchange', read)
  }, [inputs, fragment])

  const fillIn = useCallback((next: SetStateAction<Filled>) => {
    setAsLinked(false)
    setFilled(next)
  }, [])

  return { filled, setFilled: fillIn, isTooLong: fragment === undefined, isAsLinked }
}

/** Past the router: to it each address is a visit, which would lead to the top of the page. */
function writeFragment(fragment: string): void {
  if (location.hash.slice(1) === fragment) return
  const address = `${location.pathname}${location.search}${fragment && `#${fragment}`}`
  History.prototype.replaceState.call(history, history.state, '', address)
}
