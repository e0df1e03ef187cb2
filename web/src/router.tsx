/** Every page of the contract as a route: its first answers are there before it is shown. */
import type { Page } from '@cadastre/contract/page'
import { type PageName, pages } from '@cadastre/contract/pages'
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { asked, queries, Refused } from './api.ts'
import { placeOf } from './at.ts'
import { pageData } from './page-data.ts'
import { components } from './pages.ts'
import { NotFound } from './shell/NotFound.tsx'
import { PageFailed } from './shell/PageFailed.tsx'
import { Shell } from './shell/Shell.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: PageFailed })

/**
 * `:version?` is two routes, one with it and one without; names and rests as the router writes them. The slash at the end
 * is in no address: without it the router takes `/files` for `/files/$` with an empty rest.
 */
function pathsOf({ path }: Page): string[] {
  const end = path.includes('/*') ? '/$' : '/'
  const written =
    path
      .replace(/:\w+\.\.\.:\w+/, ':range')
      .replace(/\/(\*\w+)?$/, '')
      .replace(/:(\w+)(?!\w*\?)/g, '$$$1') + end
  return written.includes('/:version?')
    ? [written.replace('/:version?', ''), written.replace('/:version?', '/$version')]
    : [written]
}

/** Answers come from what is kept, else from the API; a refusal is kept too, and shown where the answer would stand. */
async function prepare(page: Page, pathname: string, search: string): Promise<void> {
  const at = placeOf(pathname, search)
  if (!at.name) return
  const first = page.first && (await queries.ensureQueryData(asked(page.first(at))).catch(reloadWhenSignedOut))
  if (page.first && first === undefined) return
  await Promise.all(
    (page.rest?.(at, first) ?? []).map((question) => queries.ensureQueryData(asked(question)).catch(() => {})),
  )
}

/** The server answers a signed-out reader with the form to sign in, at the same address. */
function reloadWhenSignedOut(error: unknown): undefined {
  if (error instanceof Refused && error.problem.status === 401) location.reload()
}

const routes = () =>
  (Object.keys(components) as PageName[]).flatMap((name) => {
    const page: Page = pages[name]
    return pathsOf(page).map((path) =>
      createRoute({
        getParentRoute: () => root,
        path,
        loader: ({ location }) => prepare(page, location.pathname, location.searchStr),
        loaderDeps: ({ search }) => search,
        component: lazyRouteComponent(components[name]!),
      }),
    )
  })

/** In development builds alone. */
const kit = () =>
  __KIT__
    ? [
        createRoute({
          getParentRoute: () => root,
          path: '/dev/kit',
          component: lazyRouteComponent(() => import('./kit/KitPage.tsx'), 'KitPage'),
        }),
      ]
    : []

/** Made when it is asked for, so that a slow machine can do something else between reading our code and this. */
export const makeRouter = () =>
  createRouter({
    routeTree: root.addChildren([...routes(), ...kit()]),
    basepath: pageData.basePath || '/',
    defaultPreload: 'intent',
    defaultPendingMs: 200,
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    // Filters are read by their pages, as text: what the address says is the state.
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(search as Record<string, string>).toString()
      return text ? `?${text}` : ''
    },
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
