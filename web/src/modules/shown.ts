/** The module and the version that an address shows, and what is asked of them. */
import { moduleTemplate, shownVersion, type versionTemplate } from '@cadastre/contract/module-pages'
import type { Page } from '@cadastre/contract/page'
import { type PageName, pages } from '@cadastre/contract/pages'
import { type Answer, question } from '@cadastre/contract/question'
import { useAt } from '../at.ts'

type First = Answer<typeof moduleTemplate> | Answer<typeof versionTemplate>

/** What decides the page, and how its answer leads to the version. */
export function useModuleAddress() {
  const at = useAt()
  const page: Page = pages[at.name as PageName]
  const address = `${at.params.namespace}/${at.params.name}/${at.params.system}`
  return {
    at,
    address,
    first: page.first!(at),
    /** pages of the same version: with it in the address, or without */
    base: `/modules/${address}${at.params.version ? `/${at.params.version}` : ''}`,
    versionIn: (first: unknown) => shownVersion(at, first as First),
    versions: question(`${moduleTemplate}/versions`, { path: at.params }),
  }
}

export type Details = Answer<typeof versionTemplate>
export type Shown = {
  details: Details
  version: string
  /** of the API */
  path: Record<string, string>
  /** of the pages */
  base: string
  folder: string
}
