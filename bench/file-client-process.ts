/** The client for whole files: sockets whose bytes are counted and forgotten. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http'
import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Download, FileOutcome, FileTask, Probe, Upload } from './file-client.ts'

process.on('message', async ({ id, task }: { id: number; task: FileTask }) => {
  const startedAt = performance.now()
  try {
    const done = await run(task)
    process.send?.({ id, outcome: { bytes: 0, latencies: [], ms: performance.now() - startedAt, ...done } })
  } catch (error) {
    process.send?.({ id, failure: String(error) })
  }
})
process.on('disconnect', () => process.exit(0))

async function run(task: FileTask): Promise<Partial<FileOutcome>> {
  if ('upload' in task) return upload(task.upload)
  if ('probe' in task) return probe(task.probe)
  const { download } = task
  const bytes = await Promise.all(Array.from({ length: download.connections }, () => fetchAll(download)))
  return { bytes: bytes.reduce((sum, each) => sum + each, 0) }
}

/** One connection. @returns bytes of the bodies */
async function fetchAll(download: Download): Promise<number> {
  const { port, path, tls, times, headers = {} } = download
  const to = { host: '127.0.0.1', port }
  const socket = tls ? connectTls({ ...to, rejectUnauthorized: false }) : connectPlain(to)
  const lines = Object.entries({ host: `127.0.0.1:${port}`, ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  const request = `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`
  let bytes = 0
  for (let count = 0; count < times; count += 1) {
    socket.write(request)
    bytes += await fetchOne(socket, download.bytesPerSecond)
  }
  socket.destroy()
  return bytes
}

function fetchOne(socket: Socket, bytesPerSecond: number | undefined): Promise<number> {
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    let length: number | undefined
    let received = 0
    const onData = (chunk: Buffer) => {
      let body = chunk.length
      if (length === undefined) {
        // Heads are short and come in one piece.
        const end = chunk.indexOf('\r\n\r\n')
        const head = chunk.toString('latin1', 0, end)
        if (!/^HTTP\/1.1 200/.test(head)) return settle(new Error(`a download was answered: ${head}`))
        length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1])
        body -= end + 4
      }
      received += body
      if (received >= length) return settle()
      if (bytesPerSecond === undefined) return
      const aheadMs = (received / bytesPerSecond) * 1000 - (performance.now() - startedAt)
      if (aheadMs < 5) return
      socket.pause()
      setTimeout(() => socket.resume(), aheadMs)
    }
    const onClose = () => settle(new Error('a download was cut'))
    function settle(error?: Error) {
      socket.off('data', onData).off('close', onClose)
      if (error) reject(error)
      else resolve(received)
    }
    socket.on('data', onData).once('close', onClose).once('error', onClose)
  })
}

async function upload({ port, path, headers, file, lastBytes }: Upload): Promise<Partial<FileOutcome>> {
  const handle = await open(file, 'r')
  const { size } = await handle.stat()
  await handle.close()
  const end = size - lastBytes.length
  const options = { host: '127.0.0.1', port, path, method: 'PUT', headers: { ...headers, 'content-length': size } }
  await new Promise<void>((resolve, reject) => {
    const request = httpRequest(options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () =>
        response.statusCode === 200
          ? resolve()
          : reject(new Error(`an upload was answered: ${response.statusCode} ${Buffer.concat(chunks)}`)),
      )
    })
    request.on('error', reject)
    const source = createReadStream(file, { end: end - 1, highWaterMark: 1 << 20 })
    source.pipe(request, { end: false })
    source.on('error', reject).on('end', () => request.end(lastBytes))
  })
  return { bytes: size }
}

async function probe({ port, path, headers, ms }: Probe): Promise<Partial<FileOutcome>> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const latencies: [number, number][] = []
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      const [askedAt, startedAt] = [Date.now(), performance.now()]
      const request = httpRequest({ host: '127.0.0.1', port, path, headers, agent }, (response: IncomingMessage) => {
        if (response.statusCode !== 200) reject(new Error(`a probe was answered ${response.statusCode}`))
        response.resume().on('end', () => {
          latencies.push([askedAt, performance.now() - startedAt])
          resolve()
        })
      })
      request.on('error', reject).end()
    })
  for (const deadline = Date.now() + ms; Date.now() < deadline; ) await ask()
  agent.destroy()
  return { latencies }
}
