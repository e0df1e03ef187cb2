/** What goes into a module, required inputs first. */
import { versionTemplate } from '@cadastre/contract/module-pages'
import { question } from '@cadastre/contract/question'
import { Answered } from '../ui/Answered.tsx'
import { InputsTable } from './InputsTable.tsx'
import { ModuleSheet } from './ModuleSheet.tsx'

export const InputsPage = () => (
  <ModuleSheet>
    {({ path, base }) => (
      <Answered to={question(`${versionTemplate}/inputs`, { path })} what="inputs">
        {({ items }) => <InputsTable items={items} base={base} exportName={`${path.name}-inputs`} isPage />}
      </Answered>
    )}
  </ModuleSheet>
)
