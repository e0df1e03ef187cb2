/** A submodule or an example: all that its folder has, on one page. */
import { versionTemplate } from '@cadastre/contract/module-pages'
import { question } from '@cadastre/contract/question'
import { useAt } from '../at.ts'
import { Answered } from '../ui/Answered.tsx'
import styles from './FolderPage.module.css'
import { InputsTable } from './InputsTable.tsx'
import { ModuleSheet } from './ModuleSheet.tsx'
import { OutputsTable } from './OutputsTable.tsx'
import { Readme } from './Readme.tsx'
import { RequirementTables } from './RequirementTables.tsx'
import { ResourceTables } from './ResourceTables.tsx'

export function FolderPage() {
  const { name, params } = useAt()
  const folder = `${name === 'moduleExample' ? 'examples' : 'modules'}/${params.path}`
  const query = { folder }
  return (
    <ModuleSheet folder={folder}>
      {({ path, base }) => (
        <>
          <Answered to={question(`${versionTemplate}/readme`, { path, query })} what="README">
            {(readme) => <Readme of={readme} />}
          </Answered>
          <section className={styles.part}>
            <h2>Inputs</h2>
            <Answered to={question(`${versionTemplate}/inputs`, { path, query })} what="inputs">
              {({ items }) => <InputsTable items={items} base={base} exportName={`${path.name}-inputs`} />}
            </Answered>
          </section>
          <section className={styles.part}>
            <h2>Outputs</h2>
            <Answered to={question(`${versionTemplate}/outputs`, { path, query })} what="outputs">
              {({ items }) => <OutputsTable items={items} base={base} />}
            </Answered>
          </section>
          <section className={styles.part}>
            <h2>Requirements</h2>
            <Answered to={question(`${versionTemplate}/requirements`, { path, query })} what="requirements">
              {(requirements) => <RequirementTables of={requirements} base={base} />}
            </Answered>
          </section>
          <section className={styles.part}>
            <h2>Resources</h2>
            <Answered to={question(`${versionTemplate}/resources`, { path, query })} what="resources">
              {({ items, moves }) => <ResourceTables items={items} moves={moves} base={base} />}
            </Answered>
          </section>
        </>
      )}
    </ModuleSheet>
  )
}
