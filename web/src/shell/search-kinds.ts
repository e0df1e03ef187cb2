/** What the kinds of parts are called, on the page of a search and in the palette, which does not wait for that page. */
import type { FoundKind } from '@cadastre/contract/search-kinds'
import { asCount } from '../ui/in-words.ts'

export const labelOfKind: Record<FoundKind, string> = {
  submodule: 'Submodules',
  resource: 'Resources',
  data: 'Data sources',
  input: 'Inputs',
  output: 'Outputs',
  doc: 'Documentation',
}

/** What they are in a sentence. */
export const allOfKind = (kind: FoundKind): string => (kind === 'doc' ? 'pages' : labelOfKind[kind].toLowerCase())

export const counted = ({ count, isEstimate }: { count: number; isEstimate: boolean }): string =>
  `${isEstimate ? 'about ' : ''}${asCount(count)}`

/** How much there is of several kinds together. */
export const inAll = (groups: readonly { total: { count: number; isEstimate: boolean } }[]) => ({
  count: groups.reduce((sum, { total }) => sum + total.count, 0),
  isEstimate: groups.some(({ total }) => total.isEstimate),
})
