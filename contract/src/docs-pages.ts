/** The pages of the documentation, and of the reference of the API. */
import { definePage, plainPage } from './page.ts'
import { question } from './question.ts'

const tree = () => question('/api/v1/docs')

export const docsPages = {
  docs: definePage({
    path: '/docs',
    audience: 'anyone',
    first: ({ search }) => question('/api/v1/docs', { query: { q: search.get('q') || undefined } }),
    rest: () => [tree()],
    title: ({ search }) => (search.get('q') ? `${search.get('q')} \u00b7 Documentation` : 'Documentation'),
    description: () => 'How this registry is used and run.',
    canonical: () => '/docs',
    markdown: () => '/docs/index.md',
  }),
  docsPage: definePage({
    path: '/docs/:page',
    audience: 'anyone',
    first: ({ params }) => question('/api/v1/docs/{page}', { path: params }),
    rest: () => [tree()],
    title: (_at, { title }) => `${title} \u00b7 Documentation`,
    canonical: (_at, { address }) => address,
    markdown: (_at, { markdown }) => markdown,
  }),
  docsDecision: definePage({
    path: '/docs/decisions/:page',
    audience: 'anyone',
    first: ({ params }) => question('/api/v1/docs/decisions/{page}', { path: params }),
    rest: () => [tree()],
    title: (_at, { title }) => `${title} \u00b7 Documentation`,
    canonical: (_at, { address }) => address,
    markdown: (_at, { markdown }) => markdown,
  }),
  docsError: definePage({
    path: '/docs/errors/:code',
    audience: 'anyone',
    first: ({ params }) => question('/api/v1/docs/errors/{code}', { path: params }),
    rest: () => [tree()],
    title: (_at, { title }) => `${title} \u00b7 Error catalogue`,
    canonical: (_at, { address }) => address,
    markdown: (_at, { markdown }) => markdown,
  }),
  apiReference: plainPage('/api', 'API reference'),
}
