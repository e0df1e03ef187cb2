/** A source by what people name it with: a folder, the host name or address of a registry, the address of a search feed. */
import { existsSync } from 'node:fs'
import { parseUrl } from '@cadastre/contract/parse-url'
import type { Config } from '../foundation/config/settings.ts'
import type { Db } from '../foundation/database/database.ts'
import type { Egress } from '../foundation/egress.ts'
import { Refusal } from '../foundation/refusal.ts'
import { openUpstream, type Upstream } from './cached-fetch.ts'
import { openTofuFolder } from './opentofu-folder.ts'
import { registryApi } from './registry-api.ts'
import { searchFeed } from './search-feed.ts'
import type { Source } from './source.ts'

export type OpenedSource = {
  source: Source
  /** what its addresses carry, unless somebody says otherwise */
  hostname: string
  /** of sources that are asked over HTTP */
  upstream?: Upstream
}

export type Surroundings = { config: Pick<Config, 'upstream'>; db: Db; egress: Egress }

const openTofu = 'registry.opentofu.org'
const feedPath = /\/registry\/docs\/?$/

/**
 * @param options.trusted whoever names it works where the registry runs, and may look into its network
 * @throws source-missing, source-invalid
 */
export function openSource(
  around: Surroundings,
  named: string,
  { trusted = false }: { trusted?: boolean } = {},
): OpenedSource {
  const address = existsSync(named) ? undefined : addressOf(around.config, named)
  return address ? openAddress(around, address, trusted) : { source: openTofuFolder(named), hostname: openTofu }
}

/** As `openSource`, for those who shall not look around among the folders of the server. */
export function openRegistry(around: Surroundings, named: string): OpenedSource {
  const address = addressOf(around.config, named)
  if (!address) throw notAnAddress(named)
  return openAddress(around, address, false)
}

function openAddress(around: Surroundings, address: URL, trusted: boolean): OpenedSource {
  const { requests_per_second, concurrency, tries, cache_max_age } = around.config.upstream
  const isFeed = feedPath.test(address.pathname)
  if (address.pathname !== '/' && !isFeed) throw notAnAddress(address.href)
  const set = inSettings(around.config, ({ address: other }) => parseUrl(other)?.host === address.host)
  const upstream = openUpstream(
    around,
    isFeed ? new URL(`${address.pathname.replace(/\/$/, '')}/`, address) : address,
    {
      requestsPerSecond: requests_per_second,
      concurrency,
      tries,
      maxAgeMs: cache_max_age,
      trusted: trusted || set !== undefined,
    },
  )
  if (isFeed) return { source: searchFeed(upstream), hostname: set?.hostname ?? openTofu, upstream }
  return { source: registryApi(upstream), hostname: set?.hostname ?? address.host, upstream }
}

function addressOf(config: Surroundings['config'], named: string): URL | undefined {
  const isHost = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(named)
  const set = inSettings(config, ({ hostname }) => hostname.toLowerCase() === named.toLowerCase())
  const text = set?.address ?? (isHost ? `https://${named}` : named)
  if (!/^https?:\/\//i.test(text)) return undefined
  const address = parseUrl(text)
  if (!address || address.username || address.search || address.hash) throw notAnAddress(named)
  return address
}

const inSettings = (
  { upstream }: Surroundings['config'],
  is: (registry: { hostname: string; address: string }) => boolean,
) => upstream.registries.find(is)

const notAnAddress = (named: string) =>
  new Refusal(
    'invalid',
    'source-invalid',
    `${JSON.stringify(named.slice(0, 200))} is no address of a registry.`,
    'Write it like https://registry.example.com; a search feed like https://api.example.com/registry/docs.',
  )
