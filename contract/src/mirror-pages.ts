/** The pages of what other registries publish: which of them are in the catalogue, and each module and provider there. */
import { definePage } from './page.ts'
import { question } from './question.ts'

export const mirroredModuleTemplate = '/api/v1/catalogue/{hostname}/modules/{namespace}/{name}/{system}'
export const mirroredProviderTemplate = '/api/v1/catalogue/{hostname}/providers/{namespace}/{type}'

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
    first: ({ params }) => question(mirroredProviderTemplate, { path: params }),
    rest: ({ params, search }, { latestVersion }) => {
      const version = search.get('version') ?? latestVersion
      return [
        question(`${mirroredProviderTemplate}/versions`, { path: params }),
        ...(version
          ? [question(`${mirroredProviderTemplate}/versions/{version}`, { path: { ...params, version } })]
          : []),
      ]
    },
    title: (_at, { hostname, address }) => `${hostname}/${address}`,
    description: (_at, { description, hostname, address }) => description || `The provider ${address} of ${hostname}.`,
    canonical: (_at, { hostname, address }) => `/mirror/${hostname}/${address}`,
  }),
  mirroredModule: definePage({
    path: '/mirror/:hostname/:namespace/:name/:system',
    audience: 'anyone',
    first: ({ params }) => question(mirroredModuleTemplate, { path: params }),
    rest: ({ params }) => [question(`${mirroredModuleTemplate}/versions`, { path: params })],
    title: (_at, { hostname, address }) => `${hostname}/${address}`,
    description: (_at, { description, hostname, address }) => description || `The module ${address} of ${hostname}.`,
    canonical: (_at, { hostname, address }) => `/mirror/${hostname}/${address}`,
  }),
}
