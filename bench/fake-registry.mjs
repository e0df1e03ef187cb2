/** The limit of P12: a registry over TLS that knows one archive and answers everything at once. Arguments: certificate, key, archive, version. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'

const [cert, key, archive] = process.argv.slice(2, 5).map((file) => readFileSync(file))
const version = process.argv[5]
const json = (value) => [200, { 'content-type': 'application/json' }, Buffer.from(JSON.stringify(value))]
const discovery = json({ 'modules.v1': '/v1/modules/' })
const versions = json({ modules: [{ versions: [{ version }] }] })
const download = [204, { 'x-terraform-get': '/archive.tar.gz' }, undefined]
const file = [200, { 'content-type': 'application/gzip' }, archive]

const server = createServer({ cert, key }, (request, response) => {
  const { url } = request
  const [status, headers, body] = url.startsWith('/.well-known/')
    ? discovery
    : url.endsWith('/versions')
      ? versions
      : url.endsWith('/download')
        ? download
        : file
  response.writeHead(status, body ? { ...headers, 'content-length': body.length } : headers)
  response.end(body)
})
server.keepAliveTimeout = 75_000
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
