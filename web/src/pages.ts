/** The component of each page, in a chunk of its own. */
import type { PageName } from '@cadastre/contract/pages'
import type { ComponentType } from 'react'

type Loaded = Promise<{ default: ComponentType }>

const named = <Name extends string>(loaded: Promise<Record<Name, ComponentType>>, name: Name): Loaded =>
  loaded.then((module) => ({ default: module[name] }))

export const components: Partial<Record<PageName, () => Loaded>> = {
  home: () => named(import('./home/HomePage.tsx'), 'HomePage'),
}
