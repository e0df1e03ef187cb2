/**
 * The protocol's answers as they lie in memory: version lists as bytes, download answers as bytes that are made once per
 * signing bucket. Per provider, not per caller: rights are asked with each request.
 */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { NamespaceRights } from '../access/permit.ts'
import type { App } from '../foundation/app.ts'
import { askTogether } from '../foundation/database/together.ts'
import { basePathOf } from '../foundation/http/http.ts'
import type { PreparedDocument } from '../foundation/http/prepared.ts'
import { keepAnswers } from '../organizations/kept-answers.ts'
import { archivePathOf, sumsPathOf } from './archive-door.ts'
import { versionsKey } from './documents.ts'
import { type AskedDownload, type DownloadTarget, findDownloads } from './download-queries.ts'
import { type ProviderAddress, providerText, requestedProvider, requestedVersion } from './provider.ts'
import type { ProviderState } from './tables.ts'

export type ProviderDownload = {
  namespace: NamespaceRights | undefined
  /** absent when there is no such version */
  version: { text: string; state: ProviderState } | undefined
  /** absent when the version has no such platform */
  platform: PlatformAnswer | undefined
}

type PlatformAnswer = {
  id: string
  /** of all that follows here */
  mark: string
  /** what stays the same from bucket to bucket */
  head: string
  tail: string
  archivePath: string
  sumsPath: string
  bucket: number
  document: PreparedDocument
  /** in this bucket */
  sent: number
}

export const isInstallable = ({ state }: { state: ProviderState }) => state === 'active' || state === 'deprecated'

type ProviderPath = { namespace: string; type: string }
type DownloadPath = ProviderPath & { version: string; os: string; arch: string }

const downloadsBytes = 64 * 1024 * 1024
const nothing: PreparedDocument = { etag: '', plain: null, gzip: null, plainBytes: 0 }

export function providerAnswers(app: App) {
  const { documents, downloads, askDocument } = keepAnswers<ProviderDownload>(app, 'provider', {
    maxBytes: downloadsBytes,
    // The text, the bytes that are made of it, and those once more, gzipped.
    sizeOf: ({ platform }) => 900 + (platform ? 3 * (platform.head.length + platform.tail.length) + 2_000 : 0),
  })
  const askDownload = askTogether((asked: AskedDownload[]) => findDownloads(app.db, asked))
  const askVersions = (address: ProviderAddress) =>
    askDocument({ namespace: address.namespace, key: versionsKey(address) })
  const basePath = basePathOf(app.config)
  const keyOf = (path: ProviderPath) => `${path.namespace}/${path.type}`.toLowerCase()

  return {
    /** The list if it is in memory. @param key `namespace/type` in lower case, or anything else, which is never there */
    versionsInMemory: (key: string) => documents.peek(key),

    versions: (path: ProviderPath) => documents.get(keyOf(path), () => askVersions(requestedProvider(path))),

    /** @param key `namespace/type/version/os/arch` */
    downloadInMemory(key: string) {
      const answer = downloads.peek(key)
      return answer && signed(answer)
    },

    async download(path: DownloadPath) {
      const address = requestedProvider(path)
      // A version has many spellings, and one answer: whoever makes them up shall not push others out.
      const { core } = requestedVersion(path.version, address)
      const [os, arch] = [path.os.toLowerCase(), path.arch.toLowerCase()]
      const key = `${providerText(address)}/${core}/${os}/${arch}`
      const asked = { ...address, core, os, arch }
      return signed(await downloads.get(key, async () => answerOf(asked, await askDownload(asked))))
    },
  }

  function signed(answer: ProviderDownload): ProviderDownload {
    const { platform } = answer
    if (!platform) return answer
    const bucket = app.signer.bucket()
    if (platform.bucket !== bucket) {
      platform.document = documentOf(platform, bucket)
      platform.bucket = bucket
      platform.sent = 0
    }
    // Most answers are given once in a bucket, and those are not worth compressing.
    platform.sent += 1
    if (platform.sent === 2) platform.document.gzip = gzipSync(platform.document.plain!)
    return answer
  }

  function documentOf({ mark, head, tail, archivePath, sumsPath }: PlatformAnswer, bucket: number): PreparedDocument {
    const [zip, sums, signature] = [archivePath, sumsPath, `${sumsPath}.sig`].map((path) =>
      JSON.stringify(basePath + app.signer.sign(path)),
    )
    const urls = `"download_url":${zip},"shasums_url":${sums},"shasums_signature_url":${signature},`
    const plain = Buffer.from(head + urls + tail)
    return { etag: `"${mark}-${bucket}"`, plain, gzip: null, plainBytes: plain.length }
  }
}

/** `{"os":…` to the addresses, and from there to the end. */
function answerOf(asked: AskedDownload, row: DownloadTarget): ProviderDownload {
  const { name, organizationId, visibility, version, state } = row
  const namespace = name && organizationId && visibility ? { name, organizationId, visibility } : undefined
  if (!version || !state) return { namespace, version: undefined, platform: undefined }
  const found = { namespace, version: { text: version, state } }
  const { platformId, filename, sha256, packageDocument, shasumsFilename, backend, revision } = row
  if (!platformId || !filename || !sha256 || !packageDocument || !shasumsFilename || !backend)
    return { ...found, platform: undefined }
  const { os, arch } = asked
  const parts = {
    head: `${JSON.stringify({ os, arch, filename, shasum: sha256 }).slice(0, -1)},`,
    tail: packageDocument.slice(1),
    archivePath: archivePathOf({ ...asked, version }, { backend, revision, sha256, filename }),
    sumsPath: sumsPathOf({ ...asked, version }, shasumsFilename),
  }
  return {
    ...found,
    platform: {
      id: platformId,
      // The key in it may be renewed, and the zip be moved to another store.
      mark: createHash('sha256').update(Object.values(parts).join('\n')).digest('base64url').slice(0, 16),
      ...parts,
      bucket: -1,
      document: nothing,
      sent: 0,
    },
  }
}
