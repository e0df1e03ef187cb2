/** Where the reader is: the page of the address, its parts and its search. */
import type { At } from '@cadastre/contract/page'
import { matchPage } from '@cadastre/contract/page-match'
import { type PageName, pages } from '@cadastre/contract/pages'
import { rootRouteId, useMatch, useRouterState } from '@tanstack/react-router'

export type Here = At & { name: PageName | undefined; pathname: string }

/** @param pathname without the part where the registry lies below its host */
export function placeOf(pathname: string, search: string): Here {
  const matched = matchPage(pages, pathname)
  return { name: matched?.name, params: matched?.params ?? {}, search: new URLSearchParams(search), pathname }
}

/** A page is where it was opened, also while the next one is still on its way; what stands around it is where the reader goes. */
export function useAt(): Here {
  const { pathname, searchStr } = useRouterState({ select: ({ location }) => location })
  const own = useMatch({ strict: false, shouldThrow: false })
  if (!own || own.routeId === rootRouteId) return placeOf(pathname, searchStr)
  // The router ends some of them with a slash.
  return placeOf(
    own.pathname.replace(/(?<=.)\/$/, ''),
    new URLSearchParams(own.search as Record<string, string>).toString(),
  )
}
