/** The documentation of this version, inside the registry: what there is, a page as HTML, and every page as Markdown. */
import { join } from 'node:path'
import { DocsEntry, DocsErrorParams, DocsParams, DocsQuery, DocsText } from '@cadastre/contract/docs'
import * as z from 'zod'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { basePathOf, type Http } from '../foundation/http/http.ts'
import { renderedMarkdown } from '../foundation/markdown/ask-worker.ts'
import { serverRoot } from '../foundation/server-root.ts'
import { docsIndexOf, entryOf } from './docs-search.ts'
import { docsPageUnknown, errorUnknown, readShelf, type Shelf, type ShelvedPage } from './docs-shelf.ts'

const tags = ['documentation']

let read: Shelf | undefined

/** The same for every server of a process: it is what this version says. */
export function docsShelf(): Shelf {
  read ??= readShelf(join(serverRoot, '..'))
  return read
}

const mostFound = 30

const withoutMatch = ({ match: _, ...entry }: DocsEntry & { match: string }): DocsEntry => entry

let search: ReturnType<typeof docsIndexOf> | undefined

/** What finds sections by words; made when the first one asks. */
export function docsSearch(): ReturnType<typeof docsIndexOf> {
  search ??= docsIndexOf(docsShelf().pages)
  return search
}

export function docsApi(api: Api, app: App) {
  const textOf = rendering(app)

  api.get(
    '/docs',
    {
      schema: {
        summary: 'The pages of the documentation, or the sections of them that have these words. For anyone.',
        tags,
        querystring: DocsQuery,
        response: { 200: z.object({ items: z.array(DocsEntry), next: z.null() }) },
      },
    },
    async ({ query: { q = '' } }) => ({
      items: q.trim() === '' ? docsShelf().pages.map(entryOf) : docsSearch()(q).slice(0, mostFound).map(withoutMatch),
      next: null,
    }),
  )

  for (const [folder, what] of [
    ['', 'A page of the documentation'],
    ['decisions/', 'A decision, of those that say why things are as they are'],
  ] as const) {
    api.get(
      `/docs/${folder}:page`,
      { schema: { summary: `${what}. For anyone.`, tags, params: DocsParams, response: { 200: DocsText } } },
      async ({ params }) => {
        const page = docsShelf().byName.get(folder + params.page)
        if (!page) throw docsPageUnknown()
        return textOf(page)
      },
    )
  }

  api.get(
    '/docs/errors/:code',
    {
      schema: {
        summary: 'What the error catalogue says of one code. For anyone.',
        tags,
        params: DocsErrorParams,
        response: { 200: DocsText },
      },
    },
    async ({ params }) => {
      const section = docsShelf().errors.get(params.code)
      if (!section) throw errorUnknown()
      return textOf(section)
    },
  )
}

/** Each page once, by a worker thread. */
function rendering(app: App): (page: ShelvedPage) => Promise<DocsText> {
  const kept = new Map<string, Promise<DocsText>>()
  const links = { files: `${basePathOf(app.config)}/`, raw: `${basePathOf(app.config)}/`, folder: '' }

  async function render({ address, title, kind, text }: ShelvedPage): Promise<DocsText> {
    const markdown = text.replace(/^#{1,3} .+\n/, '')
    const { html, headings, plain } = await renderedMarkdown(app.workers, { markdown, links })
    // A busy moment shall not be remembered.
    if (plain) kept.delete(address)
    return {
      ...{ address, title, kind, markdown: `${address}.md` },
      html: named(html),
      headings: headings.map((heading) => ({ ...heading, id: heading.id.replace(/^user-content-/, '') })),
    }
  }

  return (page) => {
    const text = kept.get(page.address) ?? render(page)
    kept.set(page.address, text)
    text.catch(() => kept.delete(page.address))
    return text
  }
}

/** Our own headings need not be kept apart from the page that they stand on. */
const named = (html: string) => html.replace(/(id="|href="#|aria-describedby=")user-content-/g, '$1')

/** Every page at its address with `.md` behind it. */
export function docsMarkdown(http: Http) {
  const give = (path: string, textOf: (name: string) => string) =>
    http.get<{ Params: { name: string } }>(path, (request, reply) =>
      reply
        .headers(markdownHeaders)
        .type(markdownType)
        .send(withTwins(textOf(request.params.name), http.baseUrl)),
    )
  const pageText = (name: string) => {
    const page = docsShelf().byName.get(name)
    if (!page) throw docsPageUnknown()
    return page.text
  }

  give('/docs/:name.md', (name) => (name === 'index' ? docsShelf().index : pageText(name)))
  give('/docs/decisions/:name.md', (name) => pageText(`decisions/${name}`))
}

export const markdownType = 'text/markdown; charset=utf-8'
export const markdownHeaders = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
}

/** Whoever reads Markdown goes on reading Markdown. */
export const withTwins = (text: string, baseUrl: string) =>
  text.replace(/\]\((\/docs)(\/[^)#]+)?(#[^)]*)?\)/g, (_, docs, page = '/index', anchor = '') => {
    return `](${baseUrl}${docs}${page}.md${anchor})`
  })
