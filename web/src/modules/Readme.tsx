/** A README as it was rendered when the version was published. */
import type { versionTemplate } from '@cadastre/contract/module-pages'
import type { Answer } from '@cadastre/contract/question'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Prose } from '../ui/Prose.tsx'

export function Readme({ of: { file, html, inspection } }: { of: Answer<`${typeof versionTemplate}/readme`> }) {
  if (file !== null) return <Prose html={html} />
  if (inspection === 'waiting') return null
  return (
    <EmptyState title="No README in this folder">
      A file named <code>README.md</code> beside the configuration is shown here.
    </EmptyState>
  )
}
