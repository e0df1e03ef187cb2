/** What becomes of modules and providers of a source when they are merged into the catalogue. */
import type { ForeignVersion } from './foreign-version.ts'
import type { SourceModule, SourceModuleVersion, SourceProvider, SourceProviderVersion } from './source.ts'

/** As a source has them, with their versions understood. */
export type StagedModule = Omit<SourceModule, 'versions'> & { versions: (SourceModuleVersion & ForeignVersion)[] }
export type StagedProvider = Omit<SourceProvider, 'versions'> & { versions: StagedProviderVersion[] }
export type StagedProviderVersion = SourceProviderVersion & ForeignVersion

export type Changed = { new: number; changed: number; gone: number }

/** `items` in the order in which they were given. */
export type Merged = { items: MergedItem[]; versions: Changed; platforms: Changed }
export type MergedItem = { id: string; isNew: boolean }

/** What the catalogue has under an address already. */
export type KnownItem = { address: string; id: string; digest: string; gone: boolean }
