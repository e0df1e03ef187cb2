/** What the kinds of parts are called. */
import type { FoundKind } from '@cadastre/contract/search-kinds'

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
  `${isEstimate ? 'about ' : ''}${count.toLocaleString('en')}`
