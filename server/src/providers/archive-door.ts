/** Zips, sums and signatures by signed address: terraform sends no token with these. */
import { createHash } from 'node:crypto'
import type { App } from '../foundation/app.ts'
import { keepInMemory } from '../foundation/database/kept.ts'
import type { Http } from '../foundation/http/http.ts'
import {
  archiveNotFound,
  type ObjectPlace,
  type ObjectSender,
  placeText,
  refuseWrongSignature,
} from '../foundation/http/stored-object.ts'
import { type ProviderAddress, providerText, requestedProvider, requestedVersion } from './provider.ts'
import { findSums } from './queries.ts'
import { zipKey } from './stored-zips.ts'

type VersionPath = { namespace: string; type: string; version: string }
type ZipPath = { Params: VersionPath & { place: string; sha256: string; file: string } }
type SumsPath = { Params: VersionPath & { file: string } }

type SignedSums = { shasums: Buffer; signature: Buffer }

type VersionOfProvider = ProviderAddress & { version: string }

/** Where a zip is fetched, before it is signed: the same for the registry protocol and the mirror. */
export const archivePathOf = (
  version: VersionOfProvider,
  { sha256, filename, ...place }: ObjectPlace & { sha256: string; filename: string },
) => `${folderOf(version)}/${placeText(place)}/${sha256}/${encodeURIComponent(filename)}`

/** The same of the sums; their signature lies beside them and ends in `.sig`. */
export const sumsPathOf = (version: VersionOfProvider, filename: string) =>
  `${folderOf(version)}/shasums/${encodeURIComponent(filename)}`

const folderOf = ({ version, ...address }: VersionOfProvider) =>
  `/archives/providers/${providerText(address)}/${encodeURIComponent(version)}`

const sumsBytes = 16 * 1024 * 1024

export function providerArchives(http: Http, app: App, send: ObjectSender) {
  // Published bytes never change, so there is nothing to drop.
  const kept = keepInMemory<SignedSums>({
    maxBytes: sumsBytes,
    sizeOf: ({ shasums, signature }) => shasums.length + signature.length,
  })

  http.get<ZipPath>('/archives/providers/:namespace/:type/:version/:place/:sha256/:file', async (request, reply) => {
    refuseWrongSignature(app.signer.verify(request.url))
    const { place, sha256, file } = request.params
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw archiveNotFound()
    return send(request, reply, { place, key: zipKey(sha256), sha256, fileName: file, contentType: 'application/zip' })
  })

  http.get<SumsPath>('/archives/providers/:namespace/:type/:version/shasums/:file', async (request, reply) => {
    refuseWrongSignature(app.signer.verify(request.url))
    const { shasums, signature } = await sumsOf(request.params)
    const isSignature = request.params.file.endsWith('.sig')
    const body = isSignature ? signature : shasums
    const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`
    reply
      .header('etag', etag)
      .header('cache-control', 'private, max-age=300, immutable')
      .header('x-content-type-options', 'nosniff')
      .header('x-request-id', request.id)
      .type(isSignature ? 'application/octet-stream' : 'text/plain; charset=utf-8')
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    return reply.send(body)
  })

  function sumsOf(path: VersionPath): Promise<SignedSums> {
    const address = requestedProvider(path)
    const { core } = requestedVersion(path.version, address)
    return kept.get(`${address.namespace}/${address.type}/${core}`, async () => {
      const found = await findSums(app.db, address, core)
      if (!found?.shasums || !found.signature) throw archiveNotFound()
      return { shasums: found.shasums, signature: found.signature }
    })
  }
}
