/** The first page of a module: what was checked of it, and its README. */
import { versionTemplate } from '@cadastre/contract/module-pages'
import { question } from '@cadastre/contract/question'
import { Answered } from '../ui/Answered.tsx'
import { TrustRow } from '../ui/Stamp.tsx'
import { ModuleSheet } from './ModuleSheet.tsx'
import { Readme } from './Readme.tsx'
import { stampsOf } from './trust.ts'

export const ModulePage = () => (
  <ModuleSheet>
    {({ path, details }) => (
      <>
        <TrustRow stamps={stampsOf(details)} />
        <Answered to={question(`${versionTemplate}/readme`, { path })} what="README">
          {(readme) => <Readme of={readme} />}
        </Answered>
      </>
    )}
  </ModuleSheet>
)
