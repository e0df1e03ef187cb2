/** What a module creates and reads, and how its state moves. */
import { versionTemplate } from '@cadastre/contract/module-pages'
import { question } from '@cadastre/contract/question'
import { Answered } from '../ui/Answered.tsx'
import { ModuleSheet } from './ModuleSheet.tsx'
import { ResourceTables } from './ResourceTables.tsx'

export const ResourcesPage = () => (
  <ModuleSheet>
    {({ path, base }) => (
      <Answered to={question(`${versionTemplate}/resources`, { path })} what="resources">
        {({ items, moves }) => <ResourceTables items={items} moves={moves} base={base} />}
      </Answered>
    )}
  </ModuleSheet>
)
