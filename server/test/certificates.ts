/** Throw-away certificates for tests, made by openssl: an authority, another one, and a certificate for `localhost` of the first. */
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ServerUser } from '../src/foundation/database/embedded-user.ts'

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0

export type Certificates = { ca: string; otherCa: string; cert: string; key: string }

/** @param owner of the key, which nobody else may read */
export function makeCertificates(folder: string, owner?: ServerUser): Certificates {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const fresh = ['-newkey', 'rsa:2048', '-nodes', '-sha256']
  for (const name of ['ca', 'other-ca']) {
    const files = ['-keyout', `${name}.key`, '-out', `${name}.pem`]
    openssl('req', '-x509', ...fresh, '-days', '2', '-subj', `/CN=Cadastre test ${name}`, ...files)
  }
  openssl('req', ...fresh, '-subj', '/CN=localhost', '-keyout', 'server.key', '-out', 'server.csr')
  writeFileSync(join(folder, 'names'), 'subjectAltName = DNS:localhost\n')
  const authority = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial']
  openssl('x509', '-req', '-in', 'server.csr', ...authority, '-days', '2', '-extfile', 'names', '-out', 'server.pem')
  const [key, cert] = [join(folder, 'server.key'), join(folder, 'server.pem')]
  chmodSync(key, 0o600)
  if (owner) chownSync(key, owner.uid, owner.gid)
  return { ca: join(folder, 'ca.pem'), otherCa: join(folder, 'other-ca.pem'), cert, key }
}
