/** The first page of a module: its README. */
import { question } from '@cadastre/contract/question'
import { Answered } from '../ui/Answered.tsx'
import { ModuleSheet } from './ModuleSheet.tsx'
import { Readme } from './Readme.tsx'
import { versionTemplate } from './shown.ts'

export const ModulePage = () => (
  <ModuleSheet>
    {({ path }) => (
      <Answered to={question(`${versionTemplate}/readme`, { path })} what="README">
        {(readme) => <Readme of={readme} />}
      </Answered>
    )}
  </ModuleSheet>
)
