/** The kinds of pages that the documentation has, in the order in which a reader needs them. */
import type { DocsKind } from '@cadastre/contract/docs'

export const kinds: { kind: DocsKind; label: string; about: string }[] = [
  { kind: 'start', label: 'Start', about: 'What it is, and the first minutes.' },
  { kind: 'how-to', label: 'How-to', about: 'A task, from its beginning to its end.' },
  { kind: 'reference', label: 'Reference', about: 'What there is, to look up.' },
  { kind: 'explanation', label: 'Explanation', about: 'How it works, and what can be relied on.' },
  { kind: 'decisions', label: 'Decisions', about: 'Why things are as they are.' },
  { kind: 'project', label: 'Project', about: 'What changed, and how it is changed.' },
]

export const labelOf = (kind: DocsKind) => kinds.find((each) => each.kind === kind)!.label
