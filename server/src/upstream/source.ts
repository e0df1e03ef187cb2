/** Another registry as an import reads it: modules, providers and keys, one after the other, whatever it is made of. */

export type Only = 'modules' | 'providers'

export type Totals = { modules: number; providers: number }

export type Source = {
  kind: 'opentofu-folder' | 'registry-api' | 'search-feed'
  /** the folder or the server, as people name it */
  address: string
  /** How many there are, where that is known before they are read. */
  totals(only?: Only): Promise<Totals | undefined>
  /** In an order that stays. @param options.after the position after which to go on */
  entries(options?: { only?: Only; after?: string }): AsyncIterable<SourceEntry>
  keys(): AsyncIterable<SourceKey>
  /** Its list of versions that must not be published, as it is written; empty: there is none. */
  blacklist(): Promise<string>
}

/** One module or provider, or the reason why it could not be read. */
export type SourceEntry = {
  /** for people: a file, a request */
  path: string
  /** where to go on after it */
  position: string
  /** known even of what cannot be read; none: it has no address that we could file it under */
  address?: ItemAddress
  item?: SourceItem
  problems: string[]
  /** The list of these broke off here: what it did not name has not gone. */
  cut?: Only
}

export type ItemAddress =
  | { kind: 'module'; namespace: string; name: string; system: string }
  | { kind: 'provider'; namespace: string; type: string }

export type SourceItem = SourceModule | SourceProvider

/** What is undefined is what the source does not say: what was known before stays. */
type Said = {
  /** where the source files it, when that is not its rule */
  sourcePath: string
  /** of everything that the source says of it */
  digest: string
  /** as the source writes it; empty: its rule holds */
  repository: string
  sourceUrl?: string
  description?: string
  downloads?: number
  popularity?: number
  verified?: boolean
  archived?: boolean
  forkOf?: string
}

export type SourceModule = Said & {
  kind: 'module'
  namespace: string
  name: string
  system: string
  /** in the order of the source: newest first */
  versions: SourceModuleVersion[]
}

export type SourceModuleVersion = { tag: string; forbidden?: string; publishedAt?: Date; downloads?: number }

export type SourceProvider = Said & {
  kind: 'provider'
  namespace: string
  type: string
  warnings: string[]
  /** in the order of the source: newest first */
  versions: SourceProviderVersion[]
}

export type SourceProviderVersion = {
  tag: string
  forbidden?: string
  publishedAt?: Date
  downloads?: number
  protocols: string[]
  shasumsUrl: string
  shasumsSignatureUrl: string
  /** as the source writes it */
  discovered: string
  platforms: SourcePlatform[]
}

export type SourcePlatform = {
  os: string
  arch: string
  filename: string
  downloadUrl: string
  sha256: string
  h1: string
  sizeBytes: number | null
}

/** A public key of a namespace or, with a type, of one provider of it. */
export type SourceKey = {
  path: string
  namespace: string
  type: string
  filename: string
  armored: string
  problem?: string
}

export const addressText = (address: ItemAddress) =>
  address.kind === 'module'
    ? `${address.namespace}/${address.name}/${address.system}`
    : `${address.namespace}/${address.type}`
