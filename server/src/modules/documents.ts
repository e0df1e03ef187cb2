/** The prepared version list of a module. */
import type { Tx } from '../foundation/database/database.ts'
import { refreshDocument } from '../organizations/documents.ts'
import { type ModuleAddress, moduleText } from './module.ts'
import { listedVersions } from './queries.ts'

export const versionsKey = (address: ModuleAddress) => `modules/${moduleText(address)}/versions`

/** One module, every version, newest first. */
export const versionsDocumentOf = (address: ModuleAddress, versions: string[]) => ({
  modules: [{ source: moduleText(address), versions: versions.map((version) => ({ version })) }],
})

/** Brings the document in line with the rows; without a listed version there is none. */
export async function refreshVersionsDocument(tx: Tx, address: ModuleAddress, moduleId: string): Promise<void> {
  const versions = await listedVersions(tx, moduleId)
  await refreshDocument(
    tx,
    versionsKey(address),
    versions.length > 0 ? versionsDocumentOf(address, versions) : undefined,
  )
}
