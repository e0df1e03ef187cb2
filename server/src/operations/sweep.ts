/** What is swept every ten minutes: bytes that lost their version, and what interrupted uploads left. */
import type { App } from '../foundation/app.ts'
import { removeOldFiles } from '../foundation/old-files.ts'
import { orphanAfterMs, sweepObjects } from '../foundation/storage/objects.ts'
import { letGoOfDeletedModules, namedByModules } from '../modules/stored-archives.ts'
import { forgetStagedFiles } from '../providers/staged-files.ts'
import { letGoOfDeletedProviders, namedByProviders } from '../providers/stored-zips.ts'

/** @returns how many objects went */
export async function sweep(app: App, olderThanMs = orphanAfterMs): Promise<number> {
  await letGoOfDeletedModules(app.db)
  await letGoOfDeletedProviders(app.db)
  await forgetStagedFiles(app.db)
  await removeOldFiles(app.uploads, olderThanMs)
  return sweepObjects(app, [namedByModules, namedByProviders], olderThanMs)
}
