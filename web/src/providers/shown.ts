/** The provider and the version that an address shows, and what is asked of them. */
import type { Page } from '@cadastre/contract/page'
import { type PageName, pages } from '@cadastre/contract/pages'
import { providerTemplate, type providerVersionTemplate, shownProviderVersion } from '@cadastre/contract/provider-pages'
import { type Answer, question } from '@cadastre/contract/question'
import { useAt } from '../at.ts'

type First = Answer<typeof providerTemplate> | Answer<typeof providerVersionTemplate>

export function useProviderAddress() {
  const at = useAt()
  const page: Page = pages[at.name as PageName]
  const address = `${at.params.namespace}/${at.params.type}`
  return {
    at,
    address,
    first: page.first!(at),
    base: `/providers/${address}${at.params.version ? `/${at.params.version}` : ''}`,
    versionIn: (first: unknown) => shownProviderVersion(at, first as First),
    provider: question(providerTemplate, { path: at.params }),
    versions: question(`${providerTemplate}/versions`, { path: at.params }),
  }
}

export type ProviderVersion = Answer<typeof providerVersionTemplate>
