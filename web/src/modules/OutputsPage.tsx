/** What comes out of a module. */
import { question } from '@cadastre/contract/question'
import { Answered } from '../ui/Answered.tsx'
import { ModuleSheet } from './ModuleSheet.tsx'
import { OutputsTable } from './OutputsTable.tsx'
import { versionTemplate } from './shown.ts'

export const OutputsPage = () => (
  <ModuleSheet>
    {({ path, base }) => (
      <Answered to={question(`${versionTemplate}/outputs`, { path })} what="outputs">
        {({ items }) => <OutputsTable items={items} base={base} isPage />}
      </Answered>
    )}
  </ModuleSheet>
)
