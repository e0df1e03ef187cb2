/**
 * The load client: bare sockets with keep-alive, one request under way on each, in a process of its own. It writes
 * bytes that were made before and reads of an answer no more than status and length, so that little of the machine goes
 * to the client.
 */
import { connect } from 'node:net'
import type { Leg, Outcome } from './client.ts'

process.on('message', async ({ id, leg }: { id: number; leg: Leg }) => {
  process.send?.({ id, outcome: await run(leg) })
})
process.on('disconnect', () => process.exit(0))

async function run(leg: Leg): Promise<Outcome> {
  const outcome: Outcome = { answered: 0, byStatus: {}, cut: 0, ...(leg.timed ? { times: [] } : {}) }
  const requests = requestsOf(leg)
  let next = leg.from ?? 0
  const end = next + (leg.requests ?? Number.POSITIVE_INFINITY)
  const deadline = performance.now() + leg.ms
  const nextRequest = () => {
    if (next >= end || performance.now() >= deadline) return undefined
    const request = requests(next)
    next += 1
    return request
  }
  await Promise.all(Array.from({ length: leg.connections }, () => converse(leg, nextRequest, outcome)))
  return { ...outcome, next }
}

/** The request's bytes by number; a path with `*` has a number of its own each time, up to `leg.paths`, then from the start. */
function requestsOf({
  method = 'GET',
  port,
  path = '/',
  each,
  paths = 1,
  headers = {},
}: Leg): (index: number) => Buffer {
  const rest = `${Object.entries({ host: `127.0.0.1:${port}`, ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`
  if (each) {
    const all = each.map((one) => Buffer.from(`${method} ${one} HTTP/1.1\r\n${rest}`))
    return (index) => all[index % all.length]!
  }
  const [before, after] = path.split('*')
  if (after === undefined) {
    const bytes = Buffer.from(`${method} ${path} HTTP/1.1\r\n${rest}`)
    return () => bytes
  }
  return (index) => Buffer.from(`${method} ${before}${index % paths}${after} HTTP/1.1\r\n${rest}`, 'latin1')
}

/** One connection, until there is no next request or the server ends it. */
function converse(leg: Leg, nextRequest: () => Buffer | undefined, outcome: Outcome): Promise<void> {
  const bodiless = leg.method === 'HEAD'
  return new Promise((resolve) => {
    let asked = false
    let askedAt = 0
    let bodyLeft = 0
    let head: Buffer | undefined
    const socket = connect({
      port: leg.port,
      host: '127.0.0.1',
      onread: {
        buffer: Buffer.allocUnsafe(64 * 1024),
        callback: (length, buffer) => {
          received((buffer as Buffer).subarray(0, length))
          return true
        },
      },
    })
    socket.setNoDelay(true)
    socket.on('connect', ask)
    socket.on('error', () => {})
    socket.on('close', () => {
      if (asked) outcome.cut += 1
      resolve()
    })

    function ask() {
      const request = nextRequest()
      asked = request !== undefined
      if (outcome.times) askedAt = performance.now()
      if (request) socket.write(request)
      else socket.destroy()
    }

    function received(chunk: Buffer) {
      if (bodyLeft === 0) {
        const bytes = head ? Buffer.concat([head, chunk]) : chunk
        const end = bytes.indexOf('\r\n\r\n')
        if (end < 0) {
          head = Buffer.from(bytes)
          return
        }
        head = undefined
        const text = bytes.toString('latin1', 0, end)
        const status = text.slice(9, 12)
        outcome.byStatus[status] = (outcome.byStatus[status] ?? 0) + 1
        const length = bodiless || status === '204' || status === '304' ? 0 : lengthOf(text)
        bodyLeft = length - (bytes.length - end - 4)
      } else bodyLeft -= chunk.length
      if (bodyLeft > 0) return
      outcome.answered += 1
      outcome.times?.push(performance.now() - askedAt)
      ask()
    }
  })
}

const lengthOf = (head: string) => Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
