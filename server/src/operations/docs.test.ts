/** The documentation inside the registry: its pages as HTML and as Markdown, and what is found in them. */
import type { DocsEntry, DocsText } from '@cadastre/contract/docs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectStatus } from '../../test/client.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

const asBrowser = { accept: 'text/html,*/*;q=0.8' }

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry?.stop())

const get = (path: string, headers: Record<string, string> = {}) =>
  registry.anonymous.send('GET', path, undefined, headers)
const listed = async (q = ''): Promise<DocsEntry[]> =>
  expectStatus(await get(`/api/v1/docs${q && `?q=${encodeURIComponent(q)}`}`), 200).json.items

test('anybody reads which pages there are, by kind, with what each is about', async () => {
  const pages = await listed()

  expect([...new Set(pages.map(({ kind }) => kind))]).toEqual([
    'start',
    'how-to',
    'reference',
    'explanation',
    'decisions',
    'project',
  ])
  expect(pages).toContainEqual({
    address: '/docs/configuration',
    title: 'Settings',
    kind: 'reference',
    section: null,
    excerpt: 'where they are found, how they are checked',
  })
  expect(pages.map(({ address }) => address)).toContain('/docs/decisions/0003-no-placeholders')
})

test('every page is rendered whole, and each section that is found has its anchor in it', async () => {
  const pages = await listed()
  const found = [...(await listed('database')), ...(await listed('key')), ...(await listed('version'))]
  const sections = found.flatMap(({ address, section }) => (section ? [{ address, id: section.id }] : []))
  const texts = new Map<string, DocsText>()
  // One after another: all at once, the last would wait for the others, and no reader asks so.
  for (const { address } of pages) texts.set(address, expectStatus(await get(`/api/v1${address}`), 200).json)

  // A page that is too much for the renderer would stand there as it was written.
  expect([...texts.values()].filter(({ html }) => !/<(p|ul|table)\b/.test(html))).toEqual([])
  expect(sections.length).toBeGreaterThan(20)
  expect(sections.filter(({ address, id }) => !texts.get(address)!.html.includes(`id="${id}"`))).toEqual([])
})

test('a page says what it is called, has its headings, and leads to other pages of this registry', async () => {
  const page: DocsText = expectStatus(await get('/api/v1/docs/catalogue'), 200).json

  expect(page).toMatchObject({
    title: 'The catalogue of public registries',
    kind: 'how-to',
    markdown: '/docs/catalogue.md',
  })
  expect(page.headings).toContainEqual({ id: 'who-may-see-it', text: 'Who may see it', level: 3 })
  expect(page.html).toContain('href="/docs/errors#import-incomplete"')
  expect(page.html).toContain('href="#who-may-see-it"')
  expect(page.html).not.toMatch(/<h1|user-content-|href="[^"]*\.md/)
})

test.each([
  ['restore a backup', '/docs/operations', 'backup'],
  ['sign-in-needed', '/docs/errors', 'sign-in-needed'],
  ['server.base_url', '/docs/configuration', undefined],
])('%s is found', async (q, address, id) => {
  const found = await listed(q)

  expect(found.some((entry) => entry.address === address && (!id || entry.section?.id === id))).toBe(true)
})

test('what has none of these words, or no words at all, finds nothing', async () => {
  expect([await listed('zebra crossing'), await listed('\u2026')]).toEqual([[], []])
})

test('every page is there as Markdown, and leads on to Markdown', async () => {
  const { text, headers } = expectStatus(await get('/docs/catalogue.md', asBrowser), 200)
  const decision = expectStatus(await get('/docs/decisions/0003-no-placeholders.md'), 200)
  const index = expectStatus(await get('/docs/index.md'), 200)

  expect(headers.get('content-type')).toBe('text/markdown; charset=utf-8')
  expect(text).toMatch(/^# The catalogue\n/)
  expect(text).toContain(`](${registry.app.config.server.base_url}/docs/errors.md#import-incomplete)`)
  expect(decision.text).toMatch(/^# 0003/)
  expect(index.text).toContain(`](${registry.app.config.server.base_url}/docs/readme.md)`)
})

test('a code is explained as a page to browsers, and as Markdown to everybody else', async () => {
  const page = await get('/docs/errors/sign-in-needed', asBrowser)
  const text = await get('/docs/errors/sign-in-needed', { accept: '*/*' })
  const twin = await get('/docs/errors/sign-in-needed.md', asBrowser)

  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(page.text).toContain('<title>sign-in-needed \u00b7 Error catalogue')
  expect([text.status, text.text.slice(0, 20), text.text]).toEqual([200, '### `sign-in-needed`', twin.text])
})

test('what is not there is refused, as a page and as an answer', async () => {
  const answers = await Promise.all(
    [
      '/api/v1/docs/none',
      '/api/v1/docs/..%2Fpackage',
      '/docs/none.md',
      '/api/v1/docs/errors/none',
      '/docs/errors/none',
    ].map(async (path) => (await get(path)).json),
  )
  const pages = await Promise.all(['/docs/none', '/docs/errors/none'].map((path) => get(path, asBrowser)))

  expect(answers.map(({ status, code }) => [status, code])).toEqual([
    [404, 'docs-page-unknown'],
    [404, 'docs-page-unknown'],
    [404, 'docs-page-unknown'],
    [404, 'error-unknown'],
    [404, 'error-unknown'],
  ])
  expect(pages.map(({ status, headers }) => [status, headers.get('content-type')])).toEqual([
    [404, 'text/html; charset=utf-8'],
    [404, 'text/html; charset=utf-8'],
  ])
})
