/** What becomes of modules and providers of a source when they are merged into the catalogue. */
import type { ForeignVersion } from './foreign-version.ts'
import type { SourceModule, SourceModuleVersion, SourceProvider, SourceProviderVersion } from './source.ts'

/** As a source has them, with their versions understood; with their id when they are in the catalogue already. */
export type StagedModule = Omit<SourceModule, 'versions'> & Known & { versions: StagedModuleVersion[] }
export type StagedProvider = Omit<SourceProvider, 'versions'> & Known & { versions: StagedProviderVersion[] }
type Known = { id?: string }

export type StagedModuleVersion = SourceModuleVersion & ForeignVersion
export type StagedProviderVersion = SourceProviderVersion & ForeignVersion

export type Changed = { new: number; changed: number; gone: number }

/** What the catalogue has under an address already. */
export type KnownItem = { address: string; id: string; digest: string; gone: boolean }
