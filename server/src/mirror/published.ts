/**
 * The mirror's documents of what is published here, as they lie in memory: an index per provider, and per version the
 * addresses of its zips, signed once per bucket. Per provider, not per caller: rights are asked with each request.
 */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { NamespaceRights } from '../access/permit.ts'
import type { App } from '../foundation/app.ts'
import { describeKept, keepInMemory } from '../foundation/database/kept.ts'
import { askTogether } from '../foundation/database/together.ts'
import { basePathOf } from '../foundation/http/http.ts'
import { type PreparedDocument, prepareDocument, preparedBytes } from '../foundation/http/prepared.ts'
import { objectsMoved } from '../foundation/storage/objects.ts'
import { isInstallable } from '../providers/answers.ts'
import { archivePathOf } from '../providers/archive-door.ts'
import {
  type ProviderAddress,
  platformText,
  providerText,
  requestedProvider,
  requestedVersion,
} from '../providers/provider.ts'
import {
  type AskedVersion,
  type FoundArchive,
  type FoundIndex,
  type FoundVersion,
  findIndexes,
  findVersions,
  rightsOf,
} from './queries.ts'

type ProviderPath = { namespace: string; type: string }

export type MirrorIndex = {
  namespace: NamespaceRights | undefined
  /** absent when no version of such a provider installs */
  document: PreparedDocument | undefined
}

export type MirrorVersion = {
  namespace: NamespaceRights | undefined
  /** absent when there is no such version, or none that installs */
  archives: MirrorArchives | undefined
}

type MirrorArchives = {
  zips: { platform: string; path: string; hashes: string[] }[]
  bucket: number
  document: PreparedDocument
  /** in this bucket */
  sent: number
}

const indexBytes = 16 * 1024 * 1024
const versionBytes = 32 * 1024 * 1024
const nothing: PreparedDocument = { etag: '', plain: null, gzip: null, plainBytes: 0 }

export function publishedHere(app: App) {
  const indexes = keepInMemory<MirrorIndex>({
    maxBytes: indexBytes,
    sizeOf: ({ document }) => 300 + (document ? preparedBytes(document) : 0),
  })
  const versions = keepInMemory<MirrorVersion>({
    maxBytes: versionBytes,
    // Its parts, the bytes that are made of them, and those once more, gzipped.
    sizeOf: ({ archives }) => 600 + 2_000 * (archives?.zips.length ?? 0),
  })

  app.changes.onChange((topic) => {
    if (topic.startsWith('provider:')) {
      const address = topic.slice('provider:'.length)
      indexes.drop(address)
      versions.dropWhere((key) => key.startsWith(`${address}/`))
    } else if (topic.startsWith('namespace:')) {
      const prefix = `${topic.slice('namespace:'.length)}/`
      indexes.dropWhere((key) => key.startsWith(prefix))
      versions.dropWhere((key) => key.startsWith(prefix))
    } else if (topic === objectsMoved) versions.clear()
  })
  app.changes.onReset(() => {
    indexes.clear()
    versions.clear()
  })
  describeKept(app.metrics, 'mirror_indexes', indexes)
  describeKept(app.metrics, 'mirror_versions', versions)

  const askIndex = askTogether((asked: ProviderAddress[]) => findIndexes(app.db, asked))
  const askVersion = askTogether((asked: AskedVersion[]) => findVersions(app.db, asked))
  const basePath = basePathOf(app.config)

  return {
    index(path: ProviderPath): Promise<MirrorIndex> {
      const address = requestedProvider(path)
      return indexes.get(providerText(address), async () => indexOf(await askIndex(address)))
    },

    async version(path: ProviderPath & { version: string }): Promise<MirrorVersion> {
      const address = requestedProvider(path)
      // A version has many spellings, and one answer: whoever makes them up shall not push others out.
      const { core } = requestedVersion(path.version, address)
      const asked = { ...address, core }
      return signed(
        await versions.get(`${providerText(address)}/${core}`, async () => versionOf(asked, await askVersion(asked))),
      )
    },
  }

  function signed(found: MirrorVersion): MirrorVersion {
    const { archives } = found
    if (!archives) return found
    const bucket = app.signer.bucket()
    if (archives.bucket !== bucket) {
      archives.document = documentOf(archives)
      archives.bucket = bucket
      archives.sent = 0
    }
    // Most documents are asked for once in a bucket, and those are not worth compressing.
    archives.sent += 1
    if (archives.sent === 2) archives.document.gzip = gzipSync(archives.document.plain!)
    return found
  }

  function documentOf({ zips }: MirrorArchives): PreparedDocument {
    const archives = zips.map(({ platform, path, hashes }) => [
      platform,
      { url: basePath + app.signer.sign(path), hashes },
    ])
    const plain = Buffer.from(JSON.stringify({ archives: Object.fromEntries(archives) }))
    const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
    return { etag, plain, gzip: null, plainBytes: plain.length }
  }
}

/** An object keyed by version; clients ignore the values. */
function indexOf(found: FoundIndex): MirrorIndex {
  const versions = Object.fromEntries(found.versions.map((version) => [version, {}]))
  return {
    namespace: rightsOf(found),
    document: found.versions.length > 0 ? prepareDocument({ versions }) : undefined,
  }
}

function versionOf(address: ProviderAddress, found: FoundVersion): MirrorVersion {
  const { version, state, archives } = found
  const namespace = rightsOf(found)
  if (!version || !state || !isInstallable({ state })) return { namespace, archives: undefined }
  const zips = archives.map((archive) => ({
    platform: platformText(archive),
    path: archivePathOf({ ...address, version }, archive),
    hashes: hashesOf(archive),
  }))
  return { namespace, archives: { zips, bucket: -1, document: nothing, sent: 0 } }
}

/** Clients compare the form that counts every entry of the zip, and are content with any one of these. */
const hashesOf = ({ h1, sha256 }: FoundArchive) => [...(h1 === '' ? [] : [h1]), `zh:${sha256}`]
