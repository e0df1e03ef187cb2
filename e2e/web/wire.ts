/** What lies between a browser and the registry: a wire that can be cut, at once or while something certain goes through it. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

export type Wire = {
  /** of the registry, as the browser reaches it */
  url: string
  /** request lines that went through, each as `PUT /api/v1/…` */
  asked: string[]
  cut(): void
  /** Cuts in the middle of the first request whose line has this in it. */
  cutAt(text: string): void
  /** A balancer whose servers are away: it takes requests and answers each with 503. */
  answer503(): void
  mend(): void
}

const awayAnswer = 'HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'

/** Ends with the test. @param target address of the registry */
export async function startWire(target: string): Promise<Wire> {
  const sockets = new Set<Socket>()
  const asked: string[] = []
  let state: 'whole' | 'cut' | 'away' = 'whole'
  let weakness: string | undefined

  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  }
  const breakAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  const cut = () => {
    state = 'cut'
    breakAll()
  }

  const server = createServer((browser) => {
    keep(browser)
    if (state === 'cut') return browser.destroy()
    const registry = state === 'away' ? undefined : connect(Number(new URL(target).port), '127.0.0.1')
    if (registry) {
      keep(registry)
      registry.pipe(browser)
      registry.on('close', () => browser.destroy())
      browser.on('close', () => registry.destroy())
    }
    browser.on('data', (piece: Buffer) => {
      const lines = [...piece.toString('latin1').matchAll(/^(?:GET|PUT|POST|DELETE) \S+(?= HTTP\/1\.1\r$)/gm)].map(
        String,
      )
      asked.push(...lines)
      if (!registry) return void browser.end(awayAnswer)
      if (weakness === undefined || !lines.some((line) => line.includes(weakness!))) return void registry.write(piece)
      weakness = undefined
      registry.write(piece.subarray(0, -1), cut)
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    breakAll()
    return new Promise<void>((closed) => void server.close(() => closed()))
  })

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    cut,
    cutAt(text) {
      weakness = text
    },
    answer503() {
      breakAll()
      state = 'away'
    },
    mend() {
      state = 'whole'
    },
  }
}
