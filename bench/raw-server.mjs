/** The limit: node:http that writes a prebuilt buffer. Arguments: status, bytes of the body, a link to send in a 204, port. */
import { createServer } from 'node:http'

const [status, bytes, link, port] = [
  Number(process.argv[2]),
  Number(process.argv[3]),
  process.argv[4],
  process.argv[5] ?? 0,
]
const body = Buffer.alloc(bytes, 'a')
const headers =
  status === 204
    ? ['x-terraform-get', link]
    : ['content-type', 'application/json', 'content-length', String(bytes), 'etag', '"0123456789abcdefghijkl"']

const server = createServer((_request, response) => {
  response.writeHead(status, headers)
  response.end(bytes > 0 ? body : undefined)
})
server.keepAliveTimeout = 75_000
server.listen(port, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
