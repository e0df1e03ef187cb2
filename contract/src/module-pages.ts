/** The pages of modules: one address for each section, with the version or without. */
import { downloadsQuestion, versionWeeksQuestion } from './downloads-page.ts'
import { choicesQuestion, listTitle, modulesQuestion } from './list-page.ts'
import { placeOfFolder } from './module-places.ts'
import { type At, definePage, type Page } from './page.ts'
import { type Answer, type Question, question } from './question.ts'

export const moduleTemplate = '/api/v1/modules/{namespace}/{name}/{system}'
export const versionTemplate = `${moduleTemplate}/{version}` as const

type First = Answer<typeof moduleTemplate> | Answer<typeof versionTemplate>

export const compareTemplate = `${moduleTemplate}/compare/{from}...{to}` as const
export const fileCompareTemplate = `${compareTemplate}/file` as const

const addressOf = ({ params }: At) => `${params.namespace}/${params.name}/${params.system}`

/** The version that is shown: of the address, else the newest; none when there is none. */
export const shownVersion = ({ params }: At, first: First): string | undefined =>
  params.version ?? ('latestVersion' in first ? (first.latestVersion ?? undefined) : undefined)

/** What every section shows: the title block, the list of versions, and how to use it. */
const header = (at: At, path: Record<string, string>, folder: string | undefined): Question[] => [
  question(versionTemplate, { path }),
  question(`${moduleTemplate}/versions`, { path: at.params }),
  question(`${versionTemplate}/usage`, { path, query: { folder } }),
]

const encodedPath = ({ params: { path = '' } }: At) => path.split('/').map(encodeURIComponent).join('/')

type Part = (path: Record<string, string>, at: At) => Question[]

/** @param folder what the page is of, when it is not the root */
function section(suffix: string, label: string, parts: Part, folder?: (at: At) => string | undefined): Page {
  const ofPath = suffix.endsWith('*path')
  const page: Page = {
    path: `/modules/:namespace/:name/:system/:version?${suffix}`,
    audience: 'anyone',
    first: (at) => question(at.params.version ? versionTemplate : moduleTemplate, { path: at.params }),
    rest: (at, first) => {
      const version = shownVersion(at, first as First)
      if (!version) return []
      const path = { ...at.params, version }
      return [...header(at, path, folder?.(at)), ...parts(path, at)]
    },
    about: (at, first) => {
      const version = shownVersion(at, first as First)
      return ofPath && version ? parts({ ...at.params, version }, at).at(-1) : undefined
    },
    title: (at, first) => {
      const version = shownVersion(at, first as First)
      const address = version ? `${addressOf(at)} ${version}` : addressOf(at)
      const folder = at.params.path ? ` · ${at.params.path}` : ''
      return label ? `${address}${folder} · ${label}` : `${address}${folder}`
    },
    description: (_at, first) => (first as First).description,
    canonical: (at, first) => {
      const version = shownVersion(at, first as First)
      return `/modules/${addressOf(at)}${version ? `/${version}` : ''}${suffix.replace('*path', () => encodedPath(at))}`
    },
    markdown: (at, first) => {
      const version = shownVersion(at, first as First)
      return version && `/modules/${addressOf(at)}/${version}.md`
    },
    gone: (first) => 'state' in (first as First) && (first as { state: string }).state === 'revoked',
  }
  return page
}

/** Everything that one folder has: what a submodule or an example shows on one page. */
function folderSection(at: 'submodules' | 'examples', label: string): Page {
  const folder = ({ params }: At) => `${at === 'examples' ? 'examples' : 'modules'}/${params.path}`
  const parts: Part = (path, here) => {
    const query = { folder: folder(here) }
    return [
      ...(at === 'examples' ? [question(`${versionTemplate}/code`, { path, query })] : []),
      question(`${versionTemplate}/readme`, { path, query }),
      question(`${versionTemplate}/inputs`, { path, query }),
      question(`${versionTemplate}/outputs`, { path, query }),
      question(`${versionTemplate}/requirements`, { path, query }),
      question(`${versionTemplate}/resources`, { path, query }),
    ]
  }
  // An example is read, and the module that it is of is used.
  return section(`/${at}/*path`, label, parts, at === 'examples' ? undefined : folder)
}

/** Whose inputs are filled in: of the root, or of a folder. */
export const builderFolder = ({ search }: At): string => search.get('folder') ?? ''

/** The form that the inputs make. Behind the path of a folder it would be a part of that path, so it is asked for. */
function builder(): Page {
  const folder = (at: At) => builderFolder(at) || undefined
  const inputs: Part = (path, at) => [question(`${versionTemplate}/inputs`, { path, query: { folder: folder(at) } })]
  const page = section('/builder', 'Builder', inputs, folder)
  return {
    ...page,
    about: (at, first) => {
      const version = shownVersion(at, first as First)
      return version && folder(at) ? inputs({ ...at.params, version }, at)[0] : undefined
    },
    canonical: (at, first) => {
      const query = folder(at) ? `?folder=${encodeURIComponent(builderFolder(at))}` : ''
      return `${page.canonical!(at, first)}${query}`
    },
  }
}

/** READMEs link to folders as they do to files. */
const moved: Page['moved'] = (at, first, answered) => {
  const path = { ...at.params, version: shownVersion(at, first as First)! }
  const details = answered(question(versionTemplate, { path }))
  const files = answered(question(`${versionTemplate}/files`, { path }))
  const place = details && placeOfFolder(at.params.path!, details.folders, files?.items ?? [])
  const version = at.params.version ? `/${at.params.version}` : ''
  return place && `/modules/${addressOf(at)}${version}${place}`
}

export const modulePages = {
  modules: definePage({
    path: '/modules',
    audience: 'anyone',
    first: ({ search }) => modulesQuestion(search),
    rest: () => [choicesQuestion('module')],
    title: ({ search }) => listTitle('Modules', search),
    description: () => 'The modules of this registry.',
  }),
  module: section('', '', (path) => [question(`${versionTemplate}/readme`, { path })]),
  moduleInputs: section('/inputs', 'Inputs', (path) => [question(`${versionTemplate}/inputs`, { path })]),
  moduleOutputs: section('/outputs', 'Outputs', (path) => [question(`${versionTemplate}/outputs`, { path })]),
  moduleRequirements: section('/requirements', 'Requirements', (path) => [
    question(`${versionTemplate}/requirements`, { path }),
  ]),
  moduleResources: section('/resources', 'Resources', (path) => [question(`${versionTemplate}/resources`, { path })]),
  moduleVersions: section('/versions', 'Versions', (path, { search }) => [
    downloadsQuestion('module', path, search),
    versionWeeksQuestion('module', path),
  ]),
  moduleCompare: definePage({
    path: '/modules/:namespace/:name/:system/compare/:from...:to',
    audience: 'anyone',
    first: (at) => question(compareTemplate, { path: at.params }),
    rest: ({ params, search }) => {
      const file = search.get('file')
      return [
        question(`${moduleTemplate}/versions`, { path: params }),
        ...(file ? [question(fileCompareTemplate, { path: params, query: { path: file } })] : []),
      ]
    },
    title: (at) => `${addressOf(at)} ${at.params.from} to ${at.params.to} · Compare`,
    description: (_at, { verdict }) => verdict.sentence,
    canonical: (_at, { address, from, to }) => `/modules/${address}/compare/${from.version}...${to.version}`,
  }),
  moduleFiles: section('/files', 'Files', (path) => [question(`${versionTemplate}/files`, { path })]),
  moduleFile: {
    ...section('/files/*path', 'Files', (path, { params }) => [
      question(`${versionTemplate}/files`, { path }),
      question(`${versionTemplate}/files/view`, { path, query: { path: params.path } }),
    ]),
    moved,
  },
  moduleSubmodules: section('/submodules', 'Submodules', () => []),
  moduleExamples: section('/examples', 'Examples', () => []),
  moduleBuilder: builder(),
  moduleSubmodule: folderSection('submodules', 'Submodule'),
  moduleExample: folderSection('examples', 'Example'),
}
