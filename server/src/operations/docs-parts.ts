/** Sections of the documentation as hits of the one search; what a code of the error catalogue is about has its own page. */
import type { DocsEntry } from '@cadastre/contract/docs'
import type { SearchPart } from '@cadastre/contract/search'
import type { DocsFinder } from '../catalogue/search/parts.ts'
import { docsSearch, docsShelf } from './docs-api.ts'
import { most, slugOf } from './docs-search.ts'

const matches = ['name', 'prefix', 'words'] as const

export const docsFinder: DocsFinder = {
  most,
  find(words) {
    if (words === '') return []
    return docsSearch()(words)
      .map((entry) => asPart(entry, words))
      .sort((a, b) => matches.indexOf(a.match) - matches.indexOf(b.match))
  },
}

function asPart({ address, title, section, excerpt }: DocsEntry, words: string): SearchPart {
  const code =
    section && address === '/docs/errors' && docsShelf().errors.has(section.title) ? section.title : undefined
  const name = code ?? (section ? `${title} \u00b7 ${section.title}` : title)
  return {
    kind: 'doc',
    name,
    page: code ? `/docs/errors/${code}` : section ? `${address}#${section.id}` : address,
    module: null,
    version: null,
    folder: '',
    about: excerpt,
    match: section ? matchOf(section.title, words) : best(matchOf(title, words), matchOf(slugOf(address), words)),
  }
}

const best = (...all: SearchPart['match'][]) => matches.find((match) => all.includes(match))!

function matchOf(title: string, words: string): SearchPart['match'] {
  const [written, asked] = [title.toLowerCase(), words.toLowerCase()]
  if (written === asked) return 'name'
  return written.startsWith(asked) ? 'prefix' : 'words'
}
