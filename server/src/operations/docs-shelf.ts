/**
 * The documentation as it lies beside the server: every page that docs/index.md lists, and the sections of the error
 * catalogue. Read on first use; the files of a server that runs do not change.
 */
import { existsSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import type { DocsKind } from '@cadastre/contract/docs'
import { evenlySpaced } from '../foundation/one-line.ts'
import { Refusal } from '../foundation/refusal.ts'

export type ShelvedPage = {
  /** `/docs/configuration` */
  address: string
  /** as the index calls it */
  title: string
  kind: DocsKind
  /** one sentence of the index; may be empty */
  about: string
  /** Markdown, from its heading on; links lead to addresses of pages, or nowhere */
  text: string
}

export type Shelf = {
  /** in the order of the index */
  pages: ShelvedPage[]
  /** what is at the end of `/docs/…` → page */
  byName: Map<string, ShelvedPage>
  errors: Map<string, ShelvedPage>
  /** the index itself, for those who read Markdown */
  index: string
}

const kinds: Record<string, DocsKind> = {
  Start: 'start',
  'How-to': 'how-to',
  Reference: 'reference',
  Explanation: 'explanation',
  Decisions: 'decisions',
  Project: 'project',
}

/** @param root the folder that has docs/ in it */
export function readShelf(root: string): Shelf {
  const read = (file: string) => readFileSync(posix.join(root, file), 'utf8')
  const indexed = listedIn(read('docs/index.md')).filter(({ file }) => existsSync(posix.join(root, file)))
  const addresses = new Map([
    ['docs/index.md', '/docs'],
    ...indexed.map(({ file }) => [file, addressOf(file)] as const),
  ])
  const pages = indexed.map(({ file, title, kind, about }): ShelvedPage => {
    const text = linkedTo(addresses, posix.dirname(file), read(file))
    return { address: addressOf(file), title, kind, about, text }
  })
  const byName = new Map(pages.map((page) => [page.address.slice('/docs/'.length), page]))
  const catalogue = byName.get('errors')
  return {
    pages,
    byName,
    errors: new Map(catalogue ? errorSections(catalogue) : []),
    index: linkedTo(addresses, 'docs', read('docs/index.md')),
  }
}

export const docsPageUnknown = () =>
  new Refusal(
    'not-found',
    'docs-page-unknown',
    'The documentation of this registry has no such page.',
    'GET /api/v1/docs lists all pages, and finds them with q.',
  )

export const errorUnknown = () =>
  new Refusal('not-found', 'error-unknown', 'No refusal of this registry has that code.')

type Listed = { file: string; title: string; kind: DocsKind; about: string }

/** What the lists of the index lead to; the heading above a list says what kind its pages are. */
function listedIn(index: string): Listed[] {
  return index.split(/^(?=## )/m).flatMap((part) => {
    const kind = kinds[/^## (.+)$/m.exec(part)?.[1] ?? '']
    if (!kind) return []
    return [...part.matchAll(/^- \[([^\]]+)\]\(([^)]+\.md)\)(?:: (.+))?$/gm)].map(([, title, link, about = '']) => ({
      file: posix.join('docs', link!),
      title: title!,
      kind,
      about: plainOf(about),
    }))
  })
}

/** What lies beside docs/ is documentation too, and has its address below it. */
const addressOf = (file: string) =>
  `/docs/${(file.startsWith('docs/') ? file.slice('docs/'.length) : file.toLowerCase()).replace(/\.md$/, '')}`

/** Without the marks of Markdown. */
export const plainOf = (markdown: string) =>
  evenlySpaced(
    markdown.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, ''),
  )

/** Code that stands in lines of its own is nobody's link. */
const fences = /^(```[^\n]*\n[\s\S]*?^```)/m

/** Links between files become links between pages; of those that lead to other files of the sources the words stay. */
function linkedTo(addresses: Map<string, string>, folder: string, text: string): string {
  return text
    .split(fences)
    .map((part) => (part.startsWith('```') ? part : part.replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, link)))
    .join('')

  function link(whole: string, words: string, target: string): string {
    if (/^(?:[a-z]+:|#)/.test(target)) return whole
    const [path = '', anchor] = target.split('#')
    const address = addresses.get(posix.join(folder, path))
    if (!address) return words
    return `[${words}](${address}${anchor === undefined ? '' : `#${anchor}`})`
  }
}

/** Code → its section; each begins with the heading that has the code in it. */
function errorSections(catalogue: ShelvedPage): [string, ShelvedPage][] {
  return catalogue.text.split(/^(?=#{2,3} )/m).flatMap((text) => {
    const code = /^### `([a-z0-9-]+)`/.exec(text)?.[1]
    if (!code) return []
    return [[code, { ...catalogue, address: `/docs/errors/${code}`, title: code, about: '', text }]]
  })
}
