/** `cadastre registry export`: a catalogued registry as a folder again. */
import { mkdir, readdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { exportCatalogue } from '../../catalogue/export/export.ts'
import { catalogueHostname, notCatalogued } from '../../catalogue/hostname.ts'
import { findSource } from '../../catalogue/import/queries.ts'
import { Refusal } from '../../foundation/refusal.ts'
import { onOwnConnection } from './own-database.ts'

export async function exportRegistryFolder(path: string, options: { hostname: string }): Promise<void> {
  const hostname = catalogueHostname(options.hostname)
  const folder = resolve(path)
  await mkdir(folder, { recursive: true })
  if ((await readdir(folder)).length > 0) {
    throw new Refusal('conflict', 'file-exists', `${path} is not empty.`, 'Name a new folder.')
  }
  await onOwnConnection(async ({ db }) => {
    if (!(await findSource(db, hostname))) throw notCatalogued(hostname)
    const { modules, providers, keys } = await exportCatalogue(db, hostname, folder)
    process.stdout.write(`Wrote ${modules} modules, ${providers} providers and ${keys} keys to ${path}.\n`)
  })
}
