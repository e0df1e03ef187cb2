/** The inputs of a module as a form. What it is made of comes after the sheet around it has been painted. */
import { builderFolder, versionTemplate } from '@cadastre/contract/module-pages'
import { question } from '@cadastre/contract/question'
import { lazy } from 'react'
import { Answered } from '../ui/Answered.tsx'
import { Later } from '../ui/Later.tsx'
import { ModuleSheet } from './ModuleSheet.tsx'
import { useModuleAddress } from './shown.ts'

const Builder = lazy(() => import('../builder/Builder.tsx').then((module) => ({ default: module.Builder })))

export function BuilderPage() {
  const { at } = useModuleAddress()
  const folder = builderFolder(at)
  return (
    <ModuleSheet folder={folder} hasOwnBlock>
      {(shown) => (
        <Answered
          to={question(`${versionTemplate}/inputs`, { path: shown.path, query: { folder: folder || undefined } })}
          what="inputs"
        >
          {({ items }) => (
            <Later what="form">
              <Builder key={`${shown.details.address} ${shown.version} ${folder}`} shown={shown} items={items} />
            </Later>
          )}
        </Answered>
      )}
    </ModuleSheet>
  )
}
