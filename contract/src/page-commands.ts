/** What says the same as a page elsewhere: the command of `cadastre`, where there is one, and the address to ask of the API. */
import type { At, Page } from './page.ts'
import { type PageName, pages } from './pages.ts'
import { foundKinds } from './search-kinds.ts'

type Words = (at: At) => string[]

const moduleOf = ({ params: { namespace, name, system } }: At) => `${namespace}/${name}/${system}`
const pinned = (at: At) => (at.params.version ? `${moduleOf(at)}@${at.params.version}` : moduleOf(at))
const providerOf = ({ params: { namespace, type } }: At) => `${namespace}/${type}`

const show: Words = (at) => ['show', ...operands(pinned(at))]
const showFolder =
  (below: string): Words =>
  (at) => ['show', ...flags({ folder: `${below}/${at.params.path}` }), ...operands(pinned(at))]

/**
 * A page that is not here has no command. One of what is there has a command that reads: whoever copies it changes nothing;
 * only a page that makes something new has the command that makes it.
 */
export const pageCommands: Partial<Record<PageName, Words>> = {
  home: () => [],
  search: ({ search }) => searchFor(search, chosen(search, 'kind', ['module', 'provider', ...foundKinds])),
  modules: ({ search }) => listOf('module', search),
  module: show,
  moduleInputs: show,
  moduleOutputs: show,
  moduleRequirements: show,
  moduleResources: show,
  moduleSubmodules: show,
  moduleExamples: show,
  moduleSubmodule: showFolder('modules'),
  moduleExample: showFolder('examples'),
  moduleVersions: (at) => ['module', 'versions', ...operands(moduleOf(at))],
  moduleCompare: (at) => ['diff', ...operands(moduleOf(at), at.params.from, at.params.to)],
  providers: ({ search }) => listOf('provider', search),
  provider: (at) => ['provider', 'versions', ...operands(providerOf(at))],
  providerPlatforms: (at) =>
    at.params.version
      ? ['provider', 'platforms', ...operands(`${providerOf(at)}@${at.params.version}`)]
      : ['provider', 'versions', ...operands(providerOf(at))],
  providerVersions: (at) => ['provider', 'versions', ...operands(providerOf(at))],
  mirror: () => ['mirror', 'config'],
  namespaces: () => ['namespace', 'list'],
  newNamespace: () => ['namespace', 'create', 'NAME'],
  namespace: ({ params }) => ['module', 'list', ...flags({ namespace: params.namespace })],
  account: () => ['whoami'],
  tokens: () => ['token', 'list', '--mine'],
  newToken: () => ['token', 'create', 'NAME', '--scope', 'modules:read'],
  adminPeople: () => ['admin', 'users', 'list'],
  adminOrganizations: () => ['admin', 'organizations', 'list'],
  adminOrganization: ({ params }) => ['admin', 'members', 'list', ...operands(params.organization)],
  adminAudit: ({ search }) => [
    ...['admin', 'audit'],
    ...flags({
      ...said(search, ['kind', 'caller', 'organization', 'namespace', 'subject']),
      since: moment(search.get('since')),
      until: moment(search.get('until')),
      outcome: chosen(search, 'outcome', ['done', 'refused']),
      request: search.get('requestId'),
    }),
  ],
  publishModule: () => ['publish', 'module', '.', '--address', 'NAMESPACE/NAME/SYSTEM', '--version', '1.0.0'],
  publishProvider: () => ['publish', 'provider', './dist', '--namespace', 'NAMESPACE'],
}

/**
 * The words of the command of a page; undefined: none. An address may hold characters that a terminal takes for keys, and
 * quotes do not help against these.
 */
export function commandOf(name: PageName, at: At): string[] | undefined {
  const words = pageCommands[name]?.(at)
  return words?.some((word) => /\p{Cc}/u.test(word)) ? undefined : words
}

/** What a list is narrowed to by more than a namespace only the search can say. */
function listOf(kind: 'module' | 'provider', search: URLSearchParams): string[] {
  if (!search.get('q')?.trim() && (kind === 'provider' || !search.get('system')))
    return [kind, 'list', ...flags({ namespace: search.get('ns') })]
  return searchFor(search, kind, 'published')
}

const searchFor = (search: URLSearchParams, kind: string | undefined, origin?: string) => [
  'search',
  ...flags({
    kind,
    ...said(search, kind === 'provider' ? ['ns'] : ['ns', 'system']),
    state: chosen(search, 'state', ['active', 'deprecated', 'revoked']),
    origin: origin ?? chosen(search, 'origin', ['published', 'mirrored', 'catalogued']),
  }),
  ...operands(search.get('q')?.trim()),
]

const said = (search: URLSearchParams, names: string[]) =>
  Object.fromEntries(names.map((name) => [name, search.get(name)]))

/** What the flag does not take would only be refused. */
const chosen = (search: URLSearchParams, name: string, values: string[]) =>
  values.find((value) => value === search.get(name))

const moment = (text: string | null) => (text && /^\d{4}-[\d:.TZ-]+$/.test(text) ? text : undefined)

/** A value that looks like a flag is tied to its own. */
const flags = (values: Record<string, string | null | undefined>): string[] =>
  Object.entries(values).flatMap(([name, value]) => {
    if (!value) return []
    return value.startsWith('-') ? [`--${name}=${value}`] : [`--${name}`, value]
  })

/** Where one looks like a flag, none of them is read as one. They come last. */
const operands = (...words: (string | undefined)[]): string[] => {
  const given = words.filter((word) => word !== undefined && word !== '') as string[]
  return given.some((word) => word.startsWith('-')) ? ['--', ...given] : given
}

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
