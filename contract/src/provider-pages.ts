/** The pages of providers: one address for each section, with the version or without. */
import { downloadsQuestion, versionWeeksQuestion } from './downloads-page.ts'
import { choicesQuestion, listTitle, providersQuestion } from './list-page.ts'
import { type At, definePage, type Page } from './page.ts'
import { type Answer, type Question, question } from './question.ts'

export const providerTemplate = '/api/v1/providers/{namespace}/{type}'
export const providerVersionTemplate = `${providerTemplate}/{version}` as const

type First = Answer<typeof providerTemplate> | Answer<typeof providerVersionTemplate>

const addressOf = ({ params }: At) => `${params.namespace}/${params.type}`

/** The version that is shown: of the address, else the newest; none when there is none. */
export const shownProviderVersion = ({ params }: At, first: First): string | undefined =>
  params.version ?? ('latestVersion' in first ? (first.latestVersion ?? undefined) : undefined)

/** Whose it is: the organization of its namespace. */
export const ownerQuestion = (namespace: string) => question('/api/v1/namespaces/{namespace}', { path: { namespace } })

type Part = (path: Record<string, string>, at: At) => Question[]

/** @param parts what this section asks beside what every one shows */
function section(suffix: string, label: string, parts: Part = () => []): Page {
  return {
    path: `/providers/:namespace/:type/:version?${suffix}`,
    audience: 'anyone',
    first: (at) => question(at.params.version ? providerVersionTemplate : providerTemplate, { path: at.params }),
    rest: (at, first) => {
      const version = shownProviderVersion(at, first as First)
      if (!version) return []
      const path = { ...at.params, version }
      return [
        question(providerTemplate, { path: at.params }),
        question(providerVersionTemplate, { path }),
        question(`${providerTemplate}/versions`, { path: at.params }),
        ownerQuestion(at.params.namespace ?? ''),
        ...parts(path, at),
      ] as Question[]
    },
    title: (at, first) => {
      const version = shownProviderVersion(at, first as First)
      const address = version ? `${addressOf(at)} ${version}` : addressOf(at)
      return label ? `${address} · ${label}` : address
    },
    description: (at, first) =>
      ('description' in (first as First) && (first as { description: string }).description) ||
      `The provider ${addressOf(at)}.`,
    canonical: (at, first) => {
      const version = shownProviderVersion(at, first as First)
      return `/providers/${addressOf(at)}${version ? `/${version}` : ''}${suffix}`
    },
    gone: (first) => 'state' in (first as First) && (first as { state: string }).state === 'revoked',
  }
}

export const providerPages = {
  providers: definePage({
    path: '/providers',
    audience: 'anyone',
    first: ({ search }) => providersQuestion(search),
    rest: () => [choicesQuestion('provider')],
    title: ({ search }) => listTitle('Providers', search),
    description: () => 'The providers of this registry.',
  }),
  provider: section('', '', (path) => [question(`${providerVersionTemplate}/lock`, { path })]),
  providerPlatforms: section('/platforms', 'Platforms'),
  providerVersions: section('/versions', 'Versions', (path, { search }) => [
    downloadsQuestion('provider', path, search),
    versionWeeksQuestion('provider', path),
  ]),
}
