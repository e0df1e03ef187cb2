/** What says the same as a page elsewhere: the command of `cadastre`, where there is one, and the address to ask of the API. */
import type { At, Page } from './page.ts'
import { type PageName, pages } from './pages.ts'

type Words = (at: At) => (string | undefined)[]

const moduleOf = ({ params: { namespace, name, system } }: At) => `${namespace}/${name}/${system}`
const pinned = (at: At) => (at.params.version ? `${moduleOf(at)}@${at.params.version}` : moduleOf(at))
const providerOf = ({ params: { namespace, type } }: At) => `${namespace}/${type}`

const show: Words = (at) => ['show', pinned(at)]
const showFolder =
  (below: string): Words =>
  (at) => ['show', pinned(at), '--folder', `${below}/${at.params.path}`]

/** A page that is not here has no command yet. */
export const pageCommands: Partial<Record<PageName, Words>> = {
  home: () => [],
  search: ({ search }) => ['search', search.get('q') || undefined],
  modules: () => ['module', 'list'],
  module: show,
  moduleInputs: show,
  moduleOutputs: show,
  moduleRequirements: show,
  moduleResources: show,
  moduleSubmodules: show,
  moduleExamples: show,
  moduleSubmodule: showFolder('modules'),
  moduleExample: showFolder('examples'),
  moduleVersions: (at) => ['module', 'versions', moduleOf(at)],
  moduleCompare: (at) => ['diff', moduleOf(at), at.params.from, at.params.to],
  providers: () => ['provider', 'list'],
  provider: (at) => ['provider', 'versions', providerOf(at)],
  providerPlatforms: (at) =>
    at.params.version
      ? ['provider', 'platforms', `${providerOf(at)}@${at.params.version}`]
      : ['provider', 'versions', providerOf(at)],
  providerVersions: (at) => ['provider', 'versions', providerOf(at)],
  mirror: () => ['mirror', 'config'],
  namespaces: () => ['namespace', 'list'],
  newNamespace: () => ['namespace', 'create', 'NAME'],
  namespace: ({ params }) => ['module', 'list', '--namespace', params.namespace],
  namespaceSettings: ({ params }) => ['namespace', 'update', params.namespace, '--visibility', 'internal'],
  account: () => ['whoami'],
  tokens: () => ['token', 'list', '--mine'],
  newToken: () => ['token', 'create', 'NAME', '--scope', 'modules:read'],
  adminPeople: () => ['admin', 'users', 'list'],
  adminOrganizations: () => ['admin', 'organizations', 'list'],
  adminOrganization: ({ params }) => ['admin', 'members', 'list', params.organization],
  adminAudit: ({ search }) => [
    'admin',
    'audit',
    ...flagsOf(search, ['kind', 'caller', 'namespace', 'subject', 'outcome']),
  ],
  publishModule: () => ['publish', 'module', '.', '--address', 'NAMESPACE/NAME/SYSTEM', '--version', '1.0.0'],
  publishProvider: () => ['publish', 'provider', './dist', '--namespace', 'NAMESPACE'],
}

const flagsOf = (search: URLSearchParams, names: string[]) =>
  names.flatMap((name) => (search.get(name) ? [`--${name}`, search.get(name)!] : []))

/** Where a page asks nothing. */
const otherwise: Partial<Record<PageName, string>> = {
  newToken: '/api/v1/api-keys?mine=true',
  apiReference: '/api/v1/openapi.json',
}

/** The address of the API, below the base address, that a page is made of first; undefined: none. */
export function askedBy(name: PageName, at: At): string | undefined {
  const page: Page = pages[name]
  return page.first?.(at).url ?? otherwise[name] ?? page.rest?.(at, undefined)[0]?.url
}
