/** How the public registry's APIs say what is known of a provider: plain JSON in v1, JSON:API in v2. Pure. */
import { providerText } from '../../providers/provider.ts'
import type { DescribedProvider, listPlatforms, listVersions } from './provider-queries.ts'

type Version = Awaited<ReturnType<typeof listVersions>>[number]
type Platform = Awaited<ReturnType<typeof listPlatforms>>[number]

export const tiers = ['official', 'partner', 'community'] as const
/** Nobody here is the maker of the client. */
const tierOf = ({ verified }: DescribedProvider): (typeof tiers)[number] => (verified ? 'partner' : 'community')

export const listedProvider = (provider: DescribedProvider) => ({
  id: `${providerText(provider)}/${provider.version}`,
  owner: provider.owner,
  namespace: provider.namespace,
  name: provider.type,
  alias: provider.type,
  version: provider.version,
  tag: provider.tag,
  description: provider.description,
  source: provider.source,
  published_at: provider.publishedAt.toISOString(),
  downloads: provider.downloads,
  tier: tierOf(provider),
  logo_url: '',
})

export const detailedProvider = (provider: DescribedProvider, versions: Version[]) => ({
  ...listedProvider(provider),
  versions: versions.map(({ version }) => version),
  docs: [],
})

/** A resource of JSON:API. */
export const providerResource = (provider: DescribedProvider, root: string) => ({
  type: 'providers',
  id: provider.id,
  attributes: {
    alias: provider.type,
    description: provider.description,
    downloads: provider.downloads,
    featured: false,
    'full-name': providerText(provider),
    'logo-url': '',
    name: provider.type,
    namespace: provider.namespace,
    'owner-name': provider.owner,
    'robots-noindex': false,
    source: provider.source,
    tier: tierOf(provider),
    unlisted: false,
    warning: provider.deprecation,
  },
  links: { self: `${root}/v2/providers/${provider.id}` },
})

/** @param description of its provider: versions have none of their own */
export const versionResource = (version: Version, description: string, root: string) => ({
  type: 'provider-versions',
  id: version.id,
  attributes: {
    description,
    downloads: version.downloads,
    'published-at': version.publishedAt.toISOString(),
    tag: version.tag,
    version: version.version,
  },
  links: { self: `${root}/v2/provider-versions/${version.id}` },
})

export const platformResource = ({ id, os, arch, downloads }: Platform) => ({
  type: 'provider-platforms',
  id,
  attributes: { arch, downloads, os },
})

export const related = (resources: { type: string; id: string }[]) => ({
  data: resources.map(({ type, id }) => ({ type, id })),
})
