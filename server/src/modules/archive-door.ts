/** Archives by signed address: no token, HEAD, Range, and no question to the database. */
import type { App } from '../foundation/app.ts'
import type { Http } from '../foundation/http/http.ts'
import { archiveNotFound, type ObjectSender, refuseWrongSignature } from '../foundation/http/stored-object.ts'
import { archiveKey } from './stored-archives.ts'

type ArchivePath = {
  Params: { namespace: string; name: string; system: string; version: string; place: string; file: string }
}

export function moduleArchives(http: Http, app: App, send: ObjectSender) {
  http.get<ArchivePath>('/archives/modules/:namespace/:name/:system/:version/:place/:file', async (request, reply) => {
    refuseWrongSignature(app.signer.verify(request.url))
    const { name, system, version, place, file } = request.params
    const sha256 = /^([0-9a-f]{64})\.tar\.gz$/.exec(file)?.[1]
    if (!sha256) throw archiveNotFound()
    const fileName = `${name}-${system}-${version}.tar.gz`
    return send(request, reply, { place, key: archiveKey(sha256), sha256, fileName, contentType: 'application/gzip' })
  })
}
