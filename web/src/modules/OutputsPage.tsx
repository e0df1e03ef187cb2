/** What comes out of a module. */
import { versionTemplate } from '@cadastre/contract/module-pages'
import { question } from '@cadastre/contract/question'
import { Answered } from '../ui/Answered.tsx'
import { ModuleSheet } from './ModuleSheet.tsx'
import { OutputsTable } from './OutputsTable.tsx'

export const OutputsPage = () => (
  <ModuleSheet>
    {({ path, base }) => (
      <Answered to={question(`${versionTemplate}/outputs`, { path })} what="outputs">
        {({ items }) => <OutputsTable items={items} base={base} isPage />}
      </Answered>
    )}
  </ModuleSheet>
)
