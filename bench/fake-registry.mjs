/**
 * The limit of P12: a registry over TLS that knows one archive and one provider, and answers everything at once.
 * Arguments: certificate, key, archive, version, folder with the provider's published files, its signing key.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { join } from 'node:path'

const [cert, key, archive] = process.argv.slice(2, 5).map((file) => readFileSync(file))
const [version, folder, signingKey] = process.argv.slice(5, 8)
const names = readdirSync(folder)
const zipName = names.find((name) => name.endsWith('.zip'))
const sumsName = names.find((name) => name.endsWith('_SHA256SUMS'))
const [os, arch] = zipName.slice(0, -'.zip'.length).split('_').slice(-2)
const zip = readFileSync(join(folder, zipName))

const json = (value) => [200, { 'content-type': 'application/json' }, Buffer.from(JSON.stringify(value))]
const bytes = (type, body) => [200, { 'content-type': type }, body]
const discovery = json({ 'modules.v1': '/v1/modules/', 'providers.v1': '/v1/providers/' })
const moduleVersions = json({ modules: [{ versions: [{ version }] }] })
const moduleDownload = [204, { 'x-terraform-get': '/archive.tar.gz' }, undefined]
const providerVersions = json({ versions: [{ version, protocols: ['6.0'], platforms: [{ os, arch }] }] })
const providerDownload = json({
  os,
  arch,
  filename: zipName,
  shasum: createHash('sha256').update(zip).digest('hex'),
  download_url: `/files/${zipName}`,
  shasums_url: `/files/${sumsName}`,
  shasums_signature_url: `/files/${sumsName}.sig`,
  protocols: ['6.0'],
  signing_keys: { gpg_public_keys: [{ key_id: '', ascii_armor: signingKey }] },
})
const files = new Map(
  names.map((name) => [`/files/${name}`, bytes('application/octet-stream', readFileSync(join(folder, name)))]),
)
const archiveFile = bytes('application/gzip', archive)

function answerTo(url) {
  if (url.startsWith('/.well-known/')) return discovery
  if (url.startsWith('/files/')) return files.get(url)
  const isProvider = url.startsWith('/v1/providers/')
  if (url.endsWith('/versions')) return isProvider ? providerVersions : moduleVersions
  if (isProvider) return providerDownload
  return url.endsWith('/download') ? moduleDownload : archiveFile
}

const server = createServer({ cert, key }, (request, response) => {
  const [status, headers, body] = answerTo(request.url)
  response.writeHead(status, body ? { ...headers, 'content-length': body.length } : headers)
  response.end(body)
})
server.keepAliveTimeout = 75_000
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
