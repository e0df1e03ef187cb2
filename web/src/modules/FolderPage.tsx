/** A submodule or an example: all that its folder has, on one page. An example is read first, and has no empty parts. */
import { versionTemplate } from '@cadastre/contract/module-pages'
import { question } from '@cadastre/contract/question'
import type { ReactNode } from 'react'
import { useAt } from '../at.ts'
import { Answered } from '../ui/Answered.tsx'
import { FolderCode } from './FolderCode.tsx'
import styles from './FolderPage.module.css'
import { InputsTable } from './InputsTable.tsx'
import { ModuleSheet } from './ModuleSheet.tsx'
import { OutputsTable } from './OutputsTable.tsx'
import { Readme } from './Readme.tsx'
import { RequirementTables } from './RequirementTables.tsx'
import { movesOf, ResourceTables } from './ResourceTables.tsx'
import type { Shown } from './shown.ts'

export function FolderPage() {
  const { name, params } = useAt()
  const isExample = name === 'moduleExample'
  const folder = `${isExample ? 'examples' : 'modules'}/${params.path}`
  return (
    <ModuleSheet folder={folder}>
      {(shown) => (
        <>
          {isExample && <FolderCode path={shown.path} folder={folder} base={shown.base} />}
          <Answered to={question(`${versionTemplate}/readme`, { path: shown.path, query: { folder } })} what="README">
            {(readme) => (isExample && readme.file === null ? null : <Readme of={readme} />)}
          </Answered>
          <Parts of={shown} skipsEmpty={isExample} />
        </>
      )}
    </ModuleSheet>
  )
}

function Parts({ of: { path, base, folder, details }, skipsEmpty }: { of: Shown; skipsEmpty: boolean }) {
  const query = { folder }
  return (
    <>
      <Answered to={question(`${versionTemplate}/inputs`, { path, query })} what="inputs">
        {({ items }) => (
          <Part title="Inputs" isShown={!skipsEmpty || items.length > 0}>
            <InputsTable items={items} base={base} exportName={`${path.name}-inputs`} />
          </Part>
        )}
      </Answered>
      <Answered to={question(`${versionTemplate}/outputs`, { path, query })} what="outputs">
        {({ items }) => (
          <Part title="Outputs" isShown={!skipsEmpty || items.length > 0}>
            <OutputsTable items={items} base={base} />
          </Part>
        )}
      </Answered>
      <Answered to={question(`${versionTemplate}/requirements`, { path, query })} what="requirements">
        {(part) => (
          <Part
            title="Requirements"
            isShown={!skipsEmpty || Object.values(part.requirements).some(({ length }) => length > 0)}
          >
            <RequirementTables of={part} base={base} folder={folder} folders={details.folders} />
          </Part>
        )}
      </Answered>
      <Answered to={question(`${versionTemplate}/resources`, { path, query })} what="resources">
        {({ items, moves }) => (
          <Part title="Resources" isShown={!skipsEmpty || items.length + movesOf(moves).length > 0}>
            <ResourceTables items={items} moves={moves} base={base} />
          </Part>
        )}
      </Answered>
    </>
  )
}

type PartProps = { title: string; isShown: boolean; children: ReactNode }

const Part = ({ title, isShown, children }: PartProps) =>
  isShown && (
    <section className={styles.part}>
      <h2>{title}</h2>
      {children}
    </section>
  )
