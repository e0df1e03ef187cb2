/** The sections of a module with their counts; a part that is not there has no section. */
import type { PageName } from '@cadastre/contract/pages'
import type { Section } from '../ui/SectionNav.tsx'
import type { Details } from './shown.ts'

export function sectionsOf(details: Details, base: string, current: PageName | undefined): Section[] {
  const root = details.folders.find(({ kind }) => kind === 'root')
  const isRead = details.inspection === 'done'
  const count = (kind: 'submodule' | 'example') =>
    isRead ? details.folders.filter((folder) => folder.kind === kind).length : undefined
  const sections: (Omit<Section, 'isCurrent'> & { pages: PageName[] })[] = [
    { to: base, label: 'Readme', pages: ['module'] },
    {
      to: `${base}/inputs`,
      label: 'Inputs',
      count: root?.inputs,
      note: root && root.requiredInputs > 0 ? `(${root.requiredInputs} required)` : undefined,
      pages: ['moduleInputs'],
    },
    { to: `${base}/outputs`, label: 'Outputs', count: root?.outputs, pages: ['moduleOutputs'] },
    { to: `${base}/requirements`, label: 'Requirements', count: root?.requirements, pages: ['moduleRequirements'] },
    { to: `${base}/resources`, label: 'Resources', count: root?.resources, pages: ['moduleResources'] },
    {
      to: `${base}/submodules`,
      label: 'Submodules',
      count: count('submodule'),
      pages: ['moduleSubmodules', 'moduleSubmodule'],
    },
    { to: `${base}/examples`, label: 'Examples', count: count('example'), pages: ['moduleExamples', 'moduleExample'] },
    { to: `${base}/versions`, label: 'Versions', count: details.versionCount, pages: ['moduleVersions'] },
    { to: `${base}/files`, label: 'Files', pages: ['moduleFiles', 'moduleFile'] },
    { to: `${base}/builder`, label: 'Builder', pages: ['moduleBuilder'] },
  ]
  return sections.map(({ pages, ...section }) => ({
    ...section,
    isCurrent: current !== undefined && pages.includes(current),
  }))
}
