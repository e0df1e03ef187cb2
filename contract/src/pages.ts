/**
 * Every page: its address, what its first paint asks of the API, and what it is called. The server answers an address
 * with the status of its first question and puts the answers into the page; the web shows them, and asks again later.
 */
import { adminPages } from './admin-pages.ts'
import { docsPages } from './docs-pages.ts'
import { mirrorPages } from './mirror-pages.ts'
import { modulePages } from './module-pages.ts'
import { definePage, type Page, plainPage } from './page.ts'
import { providerPages } from './provider-pages.ts'
import { type Answer, type Question, question } from './question.ts'
import { groupsQuestion, listedKind, partsQuestion, previewOf, searchQuery } from './search-page.ts'

export const pages = {
  home: definePage({
    path: '/',
    audience: 'anyone',
    rest: () => [changedThisWeek()],
    title: () => 'Home',
  }),

  activity: definePage({
    path: '/activity',
    audience: 'anyone',
    first: ({ search }) => question('/api/v1/activity', { query: activityQuery(search) }),
    rest: () => [question('/api/v1/namespaces', { query: { limit: 100 } })],
    title: () => 'Activity',
    description: () => 'What was published, deprecated, deleted and restored.',
  }),

  search: definePage({
    path: '/search',
    audience: 'anyone',
    first: ({ search }): Question<'/api/v1/search' | '/api/v1/search/parts'> => {
      const kind = listedKind(search)
      return kind ? partsQuestion(search, kind) : question('/api/v1/search', { query: searchQuery(search) })
    },
    rest: ({ search }, answer) => {
      const groups = groupsQuestion(search)
      const [first] = listedKind(search) ? [] : (answer as Answer<'/api/v1/search'>).items
      return [...(groups ? [groups] : []), ...(first ? previewOf(first) : [])]
    },
    title: ({ search }) => (search.get('q') ? `${search.get('q')} · Search` : 'Search'),
  }),

  ...modulePages,
  ...providerPages,
  ...mirrorPages,
  ...docsPages,

  namespaces: definePage({
    path: '/namespaces',
    audience: 'anyone',
    first: ({ search }) => question('/api/v1/namespaces', { query: { ...namespacesQuery(search), counts: true } }),
    title: () => 'Namespaces',
    description: () => 'The namespaces of this registry: whose they are, and what is in them.',
  }),
  newNamespace: definePage({
    path: '/namespaces/new',
    audience: ['organizations:write'],
    rest: () => [question('/api/v1/organizations', { query: { limit: 100 } })],
    title: () => 'Claim a namespace',
  }),
  namespaceSettings: definePage({
    path: '/namespaces/:namespace/settings',
    audience: ['organizations:write'],
    first: ({ params }) => question('/api/v1/namespaces/{namespace}', { path: params }),
    needs: (namespace) => ({ scope: 'organizations:write', namespace }),
    rest: () => [question('/api/v1/organizations', { query: { limit: 100 } })],
    title: ({ params }) => `${params.namespace} · Settings`,
  }),
  namespace: definePage({
    path: '/namespaces/:namespace',
    audience: 'anyone',
    first: ({ params }) => question('/api/v1/namespaces/{namespace}', { path: params }),
    rest: ({ params }) => [
      question('/api/v1/modules', { query: { namespace: params.namespace } }),
      question('/api/v1/providers', { query: { namespace: params.namespace } }),
      question('/api/v1/namespaces/{namespace}/signing-keys', { path: params }),
    ],
    title: ({ params }) => params.namespace!,
    description: ({ params }) => `Modules and providers of ${params.namespace}.`,
  }),

  account: definePage({
    path: '/me',
    audience: 'signed-in',
    first: () => question('/api/v1/whoami'),
    title: () => 'Your account',
  }),
  tokens: definePage({
    path: '/me/tokens',
    audience: 'signed-in',
    first: () => question('/api/v1/api-keys', { query: { mine: true } }),
    title: () => 'Your tokens',
  }),
  newToken: plainPage('/me/tokens/new', 'New token', 'signed-in'),
  sessions: definePage({
    path: '/me/sessions',
    audience: 'signed-in',
    first: () => question('/api/v1/sessions'),
    title: () => 'Your sessions',
  }),
  publishModule: definePage({
    path: '/publish/module',
    audience: 'signed-in',
    rest: () => [namespacesToPublishIn('modules:write')],
    title: () => 'Publish a module',
  }),
  publishProvider: definePage({
    path: '/publish/provider',
    audience: 'signed-in',
    rest: () => [namespacesToPublishIn('providers:write')],
    title: () => 'Publish a provider',
  }),

  ...adminPages,
} satisfies Record<string, Page>

export type PageName = keyof typeof pages

/** What the activity is narrowed by, out of the address of its page; filters are named as the search names them. */
export const activityQuery = (search: URLSearchParams) => ({
  action: search.get('action') ?? undefined,
  type: search.get('kind') ?? undefined,
  namespace: search.get('ns') ?? undefined,
})

/** What the list of namespaces is narrowed by, out of the address of its page. */
export const namespacesQuery = (search: URLSearchParams) => ({
  q: search.get('q') || undefined,
  visibility: search.get('visibility') || undefined,
  organization: search.get('organization') || undefined,
})

export const namespacesToPublishIn = (scope: 'modules:write' | 'providers:write') =>
  question('/api/v1/namespaces', { query: { holding: scope, limit: 100 } })

/** From the beginning of a day on, so that server and browser ask the same. */
export function changedThisWeek() {
  const day = new Date(Date.now() - 7 * 24 * 60 * 60 * 1_000).toISOString().slice(0, 10)
  return question('/api/v1/activity', { query: { since: `${day}T00:00:00Z`, limit: 12 } })
}
