/** Sections of the documentation as hits of the one search; what a code of the error catalogue is about has its own page. */
import type { SearchPart } from '@cadastre/contract/search'
import type { DocsFinder } from '../catalogue/search/parts.ts'
import { docsSearch, docsShelf } from './docs-api.ts'
import type { FoundDocs } from './docs-search.ts'

export const docsFinder: DocsFinder = (words) => {
  const { count, slice } = docsSearch()(words)
  return { count, slice: (from, to) => slice(from, to).map(asPart) }
}

function asPart({ address, title, section, excerpt, match }: ReturnType<FoundDocs['slice']>[number]): SearchPart {
  const code =
    section && address === '/docs/errors' && docsShelf().errors.has(section.title) ? section.title : undefined
  return {
    kind: 'doc',
    name: code ?? (section ? `${title} \u00b7 ${section.title}` : title),
    page: code ? `/docs/errors/${code}` : section ? `${address}#${section.id}` : address,
    module: null,
    version: null,
    folder: '',
    about: excerpt,
    match,
  }
}
