/** Other registries in the catalogue of a test, imported for real from files in the layout of the OpenTofu registry. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { system } from '../../src/access/caller.ts'
import type { Visibility } from '../../src/access/permit.ts'
import { type Imported, importSource } from '../../src/catalogue/import/import.ts'
import { catalogueTopic } from '../../src/catalogue/topic.ts'
import { applicationAddress, loginFor } from '../../src/foundation/database/login.ts'
import { ownConnection } from '../../src/foundation/database/own-connection.ts'
import { openTofuFolder } from '../../src/upstream/opentofu-folder.ts'
import type { TestRegistry } from '../registry.ts'

export const publicHost = 'registry.opentofu.org'

/** @param files what stands in them, as JSON or as a text, by path: `modules/a/acme/vpc/aws.json` */
export async function importFiles(
  registry: TestRegistry,
  files: Record<string, unknown>,
  { hostname = publicHost, visibility = 'internal' as Visibility } = {},
): Promise<Imported> {
  const folder = await mkdtemp(join(tmpdir(), 'cadastre-source-'))
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content))
  }
  const own = await ownConnection(await loginFor(applicationAddress(registry.app.config)!), 'import')
  try {
    return await importSource(own, {
      source: openTofuFolder(folder),
      hostname,
      visibility,
      asker: { caller: system },
    })
  } finally {
    await own.close()
    await rm(folder, { recursive: true })
  }
}

/** The file of a module. */
export const moduleFile = (...tags: string[]) => ({ versions: tags.map((version) => ({ version })) })

export type WrittenProvider = { version: string; more?: object; platforms?: string[]; platform?: object }

/** The file of a provider that is released on GitHub; sums are made up. */
export const providerFile = (address: string, versions: WrittenProvider[], more: object = {}) => ({
  versions: versions.map((version) => writtenVersion(address, version)),
  ...more,
})

function writtenVersion(
  address: string,
  { version, platforms = ['linux_amd64'], platform = {}, more }: WrittenProvider,
) {
  const [namespace, type] = address.split('/')
  const base = `terraform-provider-${type}_${version}`
  const release = `https://github.com/${namespace}/terraform-provider-${type}/releases/download/v${version}`
  return {
    version,
    protocols: ['5.0'],
    shasums_url: `${release}/${base}_SHA256SUMS`,
    shasums_signature_url: `${release}/${base}_SHA256SUMS.sig`,
    targets: platforms.map((on, place) => ({
      os: on.split('_')[0],
      arch: on.split('_')[1],
      filename: `${base}_${on}.zip`,
      download_url: `${release}/${base}_${on}.zip`,
      shasum: String(place).repeat(64),
      ...platform,
    })),
    ...more,
  }
}

/** As if the registry had been imported from its API, which tells versions and platforms and no more. */
export async function knowVersionsAlone(registry: TestRegistry, hostname: string, address: string): Promise<void> {
  await registry.sql("update catalogue_sources set kind = 'registry-api', address = $2 where hostname = $1", [
    hostname,
    address,
  ])
  await registry.sql(
    `update provider_versions set shasums_url = '', shasums_signature_url = '', archive_prefix = null, archive_sums = null
     from providers p where p.id = provider_id and p.hostname = $1`,
    [hostname],
  )
  registry.app.changes.apply([catalogueTopic(hostname)])
}
