/** What a module needs: versions of the program, providers, other modules. */
import { versionTemplate } from '@cadastre/contract/module-pages'
import { question } from '@cadastre/contract/question'
import { Answered } from '../ui/Answered.tsx'
import { ModuleSheet } from './ModuleSheet.tsx'
import { RequirementTables } from './RequirementTables.tsx'

export const RequirementsPage = () => (
  <ModuleSheet>
    {({ path, base, folder, details }) => (
      <Answered to={question(`${versionTemplate}/requirements`, { path })} what="requirements">
        {(requirements) => (
          <RequirementTables of={requirements} base={base} folder={folder} folders={details.folders} />
        )}
      </Answered>
    )}
  </ModuleSheet>
)
