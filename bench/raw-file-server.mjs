/**
 * The limit of P10 and P11: node:http, or node:https, that sends a file in pieces of 1 MiB, and receives one with its
 * SHA-256 on the way, on disk before it answers. Arguments: the file, a folder for what is received, certificate, key.
 */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { join } from 'node:path'

const [file, folder, certificate, key] = process.argv.slice(2)
const { size } = statSync(file)

async function answer(request, response) {
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'application/zip', 'content-length': size })
    createReadStream(file, { highWaterMark: 1 << 20 }).pipe(response)
    return
  }
  const path = join(folder, randomUUID())
  const [hash, received] = [createHash('sha256'), await open(`${path}.part`, 'wx')]
  for await (const piece of request) {
    hash.update(piece)
    await received.write(piece)
  }
  await received.sync()
  await received.close()
  await rename(`${path}.part`, path)
  response.end(hash.digest('hex'))
  await rm(path)
}

const server = certificate
  ? createTlsServer({ cert: readFileSync(certificate), key: readFileSync(key) }, answer)
  : createServer(answer)
server.requestTimeout = 0
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
