/**
 * Ends a server without breaking an answer off: what is idle goes at once, what is busy when it has answered. Node's own
 * closing waits for connections that never asked anything, which browsers open in advance.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

export type Connections = {
  /** Closes them; those still busy after `patienceMs` are cut. The server must have stopped accepting. */
  drain(patienceMs: number): void
}

export function trackConnections(server: Server): Connections {
  const open = new Set<Socket>()
  // Under TLS the request has another socket object than the connection; the peer's address is the same.
  const busy = new Map<string, number>()
  let draining = false

  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const peer = peerOf(socket)
    busy.set(peer, (busy.get(peer) ?? 0) + 1)
    response.once('close', () => {
      const left = busy.get(peer)! - 1
      if (left > 0) return void busy.set(peer, left)
      busy.delete(peer)
      if (draining) socket.destroySoon()
    })
  })

  return {
    drain(patienceMs) {
      draining = true
      for (const socket of open) if (!busy.has(peerOf(socket))) socket.destroy()
      setTimeout(() => {
        for (const socket of open) socket.destroy()
      }, patienceMs).unref()
    },
  }
}

const peerOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`
