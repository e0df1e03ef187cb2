/** The component of each page, in a chunk of its own. */
import type { PageName } from '@cadastre/contract/pages'
import type { ComponentType } from 'react'

type Loaded = Promise<{ default: ComponentType }>

const named = <Name extends string>(loaded: Promise<Record<Name, ComponentType>>, name: Name): Loaded =>
  loaded.then((module) => ({ default: module[name] }))

export const components: Partial<Record<PageName, () => Loaded>> = {
  home: () => named(import('./home/HomePage.tsx'), 'HomePage'),
  activity: () => named(import('./home/ActivityPage.tsx'), 'ActivityPage'),
  search: () => named(import('./search/SearchPage.tsx'), 'SearchPage'),
  modules: () => named(import('./modules/ModulesPage.tsx'), 'ModulesPage'),
  module: () => named(import('./modules/ModulePage.tsx'), 'ModulePage'),
  moduleInputs: () => named(import('./modules/InputsPage.tsx'), 'InputsPage'),
  moduleOutputs: () => named(import('./modules/OutputsPage.tsx'), 'OutputsPage'),
  moduleRequirements: () => named(import('./modules/RequirementsPage.tsx'), 'RequirementsPage'),
  moduleResources: () => named(import('./modules/ResourcesPage.tsx'), 'ResourcesPage'),
  moduleVersions: () => named(import('./modules/VersionsPage.tsx'), 'VersionsPage'),
  moduleCompare: () => named(import('./modules/ComparePage.tsx'), 'ComparePage'),
  moduleFiles: () => named(import('./modules/FilesPage.tsx'), 'FilesPage'),
  moduleFile: () => named(import('./modules/FilePage.tsx'), 'FilePage'),
  moduleSubmodules: () => named(import('./modules/FoldersPage.tsx'), 'FoldersPage'),
  moduleExamples: () => named(import('./modules/FoldersPage.tsx'), 'FoldersPage'),
  moduleSubmodule: () => named(import('./modules/FolderPage.tsx'), 'FolderPage'),
  moduleBuilder: () => named(import('./modules/BuilderPage.tsx'), 'BuilderPage'),
  moduleExample: () => named(import('./modules/FolderPage.tsx'), 'FolderPage'),
  providers: () => named(import('./providers/ProvidersPage.tsx'), 'ProvidersPage'),
  provider: () => named(import('./providers/ProviderPage.tsx'), 'ProviderPage'),
  providerPlatforms: () => named(import('./providers/PlatformsPage.tsx'), 'PlatformsPage'),
  providerVersions: () => named(import('./providers/ProviderVersionsPage.tsx'), 'ProviderVersionsPage'),
  namespaces: () => named(import('./namespaces/NamespacesPage.tsx'), 'NamespacesPage'),
  newNamespace: () => named(import('./namespaces/NewNamespacePage.tsx'), 'NewNamespacePage'),
  namespaceSettings: () => named(import('./namespaces/NamespaceSettingsPage.tsx'), 'NamespaceSettingsPage'),
  namespace: () => named(import('./namespaces/NamespacePage.tsx'), 'NamespacePage'),
  mirror: () => named(import('./mirror/MirrorPage.tsx'), 'MirrorPage'),
  mirroredModule: () => named(import('./mirror/MirroredModulePage.tsx'), 'MirroredModulePage'),
  mirroredProvider: () => named(import('./mirror/MirroredProviderPage.tsx'), 'MirroredProviderPage'),
  docs: () => named(import('./docs/DocsPage.tsx'), 'DocsPage'),
  docsPage: () => named(import('./docs/DocsTextPage.tsx'), 'DocsTextPage'),
  docsDecision: () => named(import('./docs/DocsTextPage.tsx'), 'DocsTextPage'),
  docsError: () => named(import('./docs/DocsTextPage.tsx'), 'DocsTextPage'),
  apiReference: () => named(import('./api-reference/ApiPage.tsx'), 'ApiPage'),
  account: () => named(import('./account/AccountPage.tsx'), 'AccountPage'),
  tokens: () => named(import('./account/TokensPage.tsx'), 'TokensPage'),
  newToken: () => named(import('./account/NewTokenPage.tsx'), 'NewTokenPage'),
  sessions: () => named(import('./account/SessionsPage.tsx'), 'SessionsPage'),
  admin: () => named(import('./admin/AdminPage.tsx'), 'AdminPage'),
  adminPeople: () => named(import('./admin/PeoplePage.tsx'), 'PeoplePage'),
  adminOrganizations: () => named(import('./admin/OrganizationsPage.tsx'), 'OrganizationsPage'),
  adminOrganization: () => named(import('./admin/OrganizationPage.tsx'), 'OrganizationPage'),
  adminAudit: () => named(import('./admin/AuditPage.tsx'), 'AuditPage'),
  adminJobs: () => named(import('./admin/JobsPage.tsx'), 'JobsPage'),
  publishModule: () => named(import('./publish/PublishModulePage.tsx'), 'PublishModulePage'),
  publishProvider: () => named(import('./publish/PublishProviderPage.tsx'), 'PublishProviderPage'),
}
