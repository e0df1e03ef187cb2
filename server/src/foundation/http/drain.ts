/**
 * Ends a server without breaking an answer off: what is idle goes at once, what is busy when it has answered. Node's own
 * closing waits for connections that never asked anything, which browsers open in advance.
 */
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { TLSSocket, Server as TlsServer } from 'node:tls'

export type Connections = {
  /** Closes them; those still busy after `patienceMs` are cut. The server must have stopped accepting. */
  drain(patienceMs: number): void
}

const roundMs = 20

export function trackConnections(server: Server): Connections {
  // Under TLS the connection gets a second socket, the one that reads requests; the peer's address is the same.
  const open = new Map<string, Socket>()
  const isTls = server instanceof TlsServer
  const askedNothing = (socket: Socket) => socket.bytesRead === 0 || (isTls && !(socket instanceof TLSSocket))

  function track(socket: Socket) {
    const peer = peerOf(socket)
    open.set(peer, socket)
    socket.once('close', () => {
      if (open.get(peer) === socket) open.delete(peer)
    })
  }
  server.on('connection', track)
  if (isTls) server.on('secureConnection', track)

  return {
    drain(patienceMs) {
      for (const socket of open.values()) if (askedNothing(socket)) socket.destroy()
      // Node knows which connections are idle, so nothing has to be counted with each request.
      const rounds = setInterval(() => server.closeIdleConnections(), roundMs)
      const patience = setTimeout(() => {
        for (const socket of open.values()) socket.destroy()
      }, patienceMs)
      server.once('close', () => {
        clearInterval(rounds)
        clearTimeout(patience)
      })
    },
  }
}

const peerOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`
