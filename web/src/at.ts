/** Where the reader is: the page of the address, its parts and its search. */
import type { At } from '@cadastre/contract/page'
import { matchPage } from '@cadastre/contract/page-match'
import { type PageName, pages } from '@cadastre/contract/pages'
import { useRouterState } from '@tanstack/react-router'

export type Here = At & { name: PageName | undefined; pathname: string }

/** @param pathname without the part where the registry lies below its host */
export function placeOf(pathname: string, search: string): Here {
  const matched = matchPage(pages, pathname)
  return { name: matched?.name, params: matched?.params ?? {}, search: new URLSearchParams(search), pathname }
}

export function useAt(): Here {
  const { pathname, searchStr } = useRouterState({ select: ({ location }) => location })
  return placeOf(pathname, searchStr)
}
