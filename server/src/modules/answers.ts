/**
 * The protocol's answers as they lie in memory: version lists as bytes, download answers signed once per five-minute
 * bucket. Per module, not per caller: rights are asked with each request.
 */
import type { NamespaceRights } from '../access/permit.ts'
import type { App } from '../foundation/app.ts'
import { askTogether } from '../foundation/database/together.ts'
import { basePathOf } from '../foundation/http/http.ts'
import { placeText } from '../foundation/http/stored-object.ts'
import { keepAnswers } from '../organizations/kept-answers.ts'
import { versionsKey } from './documents.ts'
import { findDownloads } from './download-queries.ts'
import { type ModuleAddress, moduleText, requestedModule, requestedVersion } from './module.ts'
import type { VersionState } from './tables.ts'

export type DownloadAnswer = {
  namespace: NamespaceRights | undefined
  /** absent when there is no such version */
  version: { id: string; text: string; state: VersionState; archivePath: string } | undefined
  /** the signed address, and the bucket in which it was signed */
  link: string
  bucket: number
}

export const isInstallable = ({ state }: { state: VersionState }) => state === 'active' || state === 'deprecated'

type ModulePath = { namespace: string; name: string; system: string }

const downloadsBytes = 32 * 1024 * 1024

export function moduleAnswers(app: App) {
  const { documents, downloads, askDocument } = keepAnswers<DownloadAnswer>(app, 'module', {
    maxBytes: downloadsBytes,
    sizeOf: () => 900,
  })
  const askDownload = askTogether((asked: (ModuleAddress & { core: string })[]) => findDownloads(app.db, asked))
  const askVersions = (address: ModuleAddress) =>
    askDocument({ namespace: address.namespace, key: versionsKey(address) })
  const basePath = basePathOf(app.config)
  const keyOf = (path: ModulePath) => `${path.namespace}/${path.name}/${path.system}`.toLowerCase()

  async function loadDownload(address: ModuleAddress, core: string): Promise<DownloadAnswer> {
    const row = await askDownload({ ...address, core })
    const { name, organizationId, visibility } = row
    const namespace = name && organizationId && visibility ? { name, organizationId, visibility } : undefined
    if (!row.versionId || !row.version || !row.state || !row.sha256)
      return { namespace, version: undefined, link: '', bucket: 0 }
    // Deleted for good: it says so, and has no place.
    const place = placeText({ backend: row.backend ?? app.storages.current.backend, revision: row.revision })
    const archivePath = `/archives/modules/${moduleText(address)}/${encodeURIComponent(row.version)}/${place}/${row.sha256}.tar.gz`
    return {
      namespace,
      version: { id: row.versionId, text: row.version, state: row.state, archivePath },
      link: '',
      bucket: 0,
    }
  }

  return {
    /** The list if it is in memory. @param key `namespace/name/system` in lower case, or anything else, which is never there */
    versionsInMemory: (key: string) => documents.peek(key),

    versions: (path: ModulePath) => documents.get(keyOf(path), () => askVersions(requestedModule(path))),

    /** @param key `namespace/name/system/version` */
    downloadInMemory(key: string) {
      const answer = downloads.peek(key)
      return answer && signed(answer)
    },

    async download(path: ModulePath & { version: string }) {
      const address = requestedModule(path)
      // A version has many spellings, and one answer: whoever makes them up shall not push others out.
      const { core } = requestedVersion(path.version, address)
      const key = `${moduleText(address)}/${core}`
      return signed(await downloads.get(key, () => loadDownload(address, core)))
    },
  }

  function signed(answer: DownloadAnswer): DownloadAnswer {
    const bucket = app.signer.bucket()
    if (answer.version && answer.bucket !== bucket) {
      answer.link = basePath + app.signer.sign(answer.version.archivePath)
      answer.bucket = bucket
    }
    return answer
  }
}
