/** The pages of what other registries publish: which of them are in the catalogue, and each module and provider there. */
import { definePage } from './page.ts'
import { question } from './question.ts'

const moduleTemplate = '/api/v1/catalogue/{hostname}/modules/{namespace}/{name}/{system}'
const providerTemplate = '/api/v1/catalogue/{hostname}/providers/{namespace}/{type}'

export const mirrorPages = {
  mirror: definePage({
    path: '/mirror',
    audience: 'anyone',
    first: () => question('/api/v1/catalogue/registries'),
    rest: () => [question('/api/v1/mirror')],
    title: () => 'Mirror',
    description: () => 'Other registries that are known here, and how clients are led to this one.',
  }),
  mirroredProvider: definePage({
    path: '/mirror/:hostname/:namespace/:type',
    audience: 'anyone',
    first: ({ params }) => question(providerTemplate, { path: params }),
    rest: ({ params, search }, { latestVersion }) => {
      const version = search.get('version') ?? latestVersion
      return [
        question(`${providerTemplate}/versions`, { path: params }),
        ...(version ? [question(`${providerTemplate}/versions/{version}`, { path: { ...params, version } })] : []),
      ]
    },
    title: (_at, { hostname, address }) => `${hostname}/${address}`,
    description: (_at, { description, hostname, address }) => description || `The provider ${address} of ${hostname}.`,
    canonical: (_at, { hostname, address }) => `/mirror/${hostname}/${address}`,
  }),
  mirroredModule: definePage({
    path: '/mirror/:hostname/:namespace/:name/:system',
    audience: 'anyone',
    first: ({ params }) => question(moduleTemplate, { path: params }),
    rest: ({ params }) => [question(`${moduleTemplate}/versions`, { path: params })],
    title: (_at, { hostname, address }) => `${hostname}/${address}`,
    description: (_at, { description, hostname, address }) => description || `The module ${address} of ${hostname}.`,
    canonical: (_at, { hostname, address }) => `/mirror/${hostname}/${address}`,
  }),
}
