/** The pages of modules: one address for each section, with the version or without. */
import { type At, definePage, type Page } from './page.ts'
import { type Answer, type Question, question } from './question.ts'

const moduleTemplate = '/api/v1/modules/{namespace}/{name}/{system}'
const versionTemplate = `${moduleTemplate}/{version}` as const

type First = Answer<typeof moduleTemplate> | Answer<typeof versionTemplate>

const addressOf = ({ params }: At) => `${params.namespace}/${params.name}/${params.system}`

/** The version that is shown: of the address, else the newest; none when there is none. */
export const shownVersion = ({ params }: At, first: First): string | undefined =>
  params.version ?? ('latestVersion' in first ? (first.latestVersion ?? undefined) : undefined)

/** Its header, and the list of its versions: what every section shows. */
const header = (at: At, version: string): Question[] => [
  question(versionTemplate, { path: { ...at.params, version } }),
  question(`${moduleTemplate}/versions`, { path: at.params }),
]

type Part = (path: Record<string, string>, at: At) => Question[]

function section(suffix: string, label: string, parts: Part): Page {
  const page: Page = {
    path: `/modules/:namespace/:name/:system/:version?${suffix}`,
    audience: 'anyone',
    first: (at) => question(at.params.version ? versionTemplate : moduleTemplate, { path: at.params }),
    rest: (at, first) => {
      const version = shownVersion(at, first as First)
      if (!version) return []
      return [...header(at, version), ...parts({ ...at.params, version }, at)]
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
      return `/modules/${addressOf(at)}${version ? `/${version}` : ''}${suffix.replace('*path', at.params.path ?? '')}`
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
const wholeFolder =
  (above: 'modules' | 'examples'): Part =>
  (path, { params }) => {
    const query = { folder: `${above}/${params.path}` }
    return [
      question(`${versionTemplate}/readme`, { path, query }),
      question(`${versionTemplate}/inputs`, { path, query }),
      question(`${versionTemplate}/outputs`, { path, query }),
      question(`${versionTemplate}/requirements`, { path, query }),
      question(`${versionTemplate}/resources`, { path, query }),
      question(`${versionTemplate}/usage`, { path, query }),
    ]
  }

export const modulePages = {
  modules: definePage({
    path: '/modules',
    audience: 'anyone',
    first: () => question('/api/v1/modules'),
    title: () => 'Modules',
    description: () => 'The modules of this registry.',
  }),
  module: section('', '', (path) => [
    question(`${versionTemplate}/readme`, { path }),
    question(`${versionTemplate}/usage`, { path }),
  ]),
  moduleInputs: section('/inputs', 'Inputs', (path) => [question(`${versionTemplate}/inputs`, { path })]),
  moduleOutputs: section('/outputs', 'Outputs', (path) => [question(`${versionTemplate}/outputs`, { path })]),
  moduleRequirements: section('/requirements', 'Requirements', (path) => [
    question(`${versionTemplate}/requirements`, { path }),
  ]),
  moduleResources: section('/resources', 'Resources', (path) => [question(`${versionTemplate}/resources`, { path })]),
  moduleVersions: section('/versions', 'Versions', () => []),
  moduleFiles: section('/files', 'Files', (path) => [question(`${versionTemplate}/files`, { path })]),
  moduleFile: section('/files/*path', 'Files', (path, { params }) => [
    question(`${versionTemplate}/files`, { path }),
    question(`${versionTemplate}/files/view`, { path, query: { path: params.path } }),
  ]),
  moduleSubmodules: section('/submodules', 'Submodules', () => []),
  moduleExamples: section('/examples', 'Examples', () => []),
  moduleSubmodule: section('/submodules/*path', 'Submodule', wholeFolder('modules')),
  moduleExample: section('/examples/*path', 'Example', wholeFolder('examples')),
}
