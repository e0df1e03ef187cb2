/** The certificate that a server shows, whatever is wrong with it, and whether this machine trusts its chain. */
import type { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { connect } from 'node:tls'

export type Shown = {
  certificate: X509Certificate
  /** why not, when it is not trusted; the name in it does not count here */
  untrusted: string | undefined
}

const timeoutMs = 10_000

/** @param place.name whom it is asked for, which may be another than the host that is connected to */
export function peerCertificate({ host, port, name }: { host: string; port: number; name: string }): Promise<Shown> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      servername: isIP(name) ? '' : name,
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    })
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`it was silent for ${timeoutMs / 1000} s`)))
    socket.on('error', reject)
    socket.on('secureConnect', () => {
      const { authorizationError } = socket
      const untrusted = authorizationError ? String(authorizationError) : undefined
      resolve({ certificate: socket.getPeerX509Certificate()!, untrusted })
      socket.destroy()
    })
  })
}
