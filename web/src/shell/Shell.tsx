/** What stands around every page: two skip links, the header, the page, and what is said to who does not see it. */
import type { Page } from '@cadastre/contract/page'
import { pages } from '@cadastre/contract/pages'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { queries } from '../api.ts'
import { useAt } from '../at.ts'
import { pageData } from '../page-data.ts'
import { announce, LiveRegion } from '../ui/LiveRegion.tsx'
import { AsCommand } from './AsCommand.tsx'
import { DemoStrip } from './DemoStrip.tsx'
import { FloatingParts } from './FloatingParts.tsx'
import { Footer } from './Footer.tsx'
import { Forbidden } from './Forbidden.tsx'
import { Header } from './Header.tsx'
import { NotFound } from './NotFound.tsx'
import { rememberVisit } from './recent.ts'
import { holdsAny } from './rights.ts'
import styles from './Shell.module.css'
import { Shortcuts } from './Shortcuts.tsx'

export function Shell() {
  const { name, pathname } = useAt()
  const closedTo = name && missingFor(pages[name])
  useArrival()
  return (
    <>
      <a className={styles.skip} href="#content">
        Skip to content
      </a>
      <a className={styles.skip} href="#use">
        Skip to usage block
      </a>
      <Header />
      <DemoStrip />
      <main id="content" className={styles.page} tabIndex={-1}>
        {/* What the contract takes for no address is none, also where the router has a page for it. */}
        {!name && !isKit(pathname) ? (
          <NotFound />
        ) : closedTo ? (
          <Forbidden scopes={closedTo} />
        ) : (
          <>
            <Outlet />
            <AsCommand />
          </>
        )}
      </main>
      <Footer />
      <LiveRegion />
      <Shortcuts />
      <FloatingParts />
    </>
  )
}

/** What the reader holds is not known while the registry is without its database. */
const isKnown = pageData.caller.kind !== 'anonymous' && pageData.status < 500

/** The scopes one of which it takes, when the reader has none of them. */
const missingFor = ({ audience }: Page) =>
  typeof audience === 'object' && isKnown && !holdsAny(audience) ? audience : undefined

const isKit = (pathname: string) => __KIT__ && pathname === '/dev/kit'

/** A new page is named, and the focus goes to its heading; within a page (filters, anchors) it stays where it is. */
function useArrival() {
  const at = useAt()
  const isLoading = useRouterState({ select: ({ status }) => status === 'pending' })
  const before = useRef(at.pathname)
  useEffect(() => {
    if (isLoading) return
    const title = titleOf(at)
    document.title = `${title} \u2014 Cadastre`
    rememberVisit(at)
    if (before.current === at.pathname) return
    before.current = at.pathname
    document.querySelector<HTMLElement>('[data-arrive], h1')?.focus({ preventScroll: true })
    announce(title)
  }, [at, isLoading])
}

function titleOf(at: ReturnType<typeof useAt>): string {
  if (!at.name) return 'Nothing is here'
  const page: Page = pages[at.name]
  const first = page.first && queries.getQueryData([page.first(at).url])
  return page.first && first === undefined ? at.pathname.slice(1) : page.title(at, first)
}
