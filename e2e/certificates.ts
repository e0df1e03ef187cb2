/** A throw-away certificate authority, made with openssl, and the server certificates that a test asks it for. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { onPath } from './terraform.ts'

const run = promisify(execFile)

export type Certificate = { certFile: string; keyFile: string; cert: string; key: string }

export type Authority = {
  /** for SSL_CERT_FILE */
  file: string
  /** @param extension e.g. `subjectAltName=IP:127.0.0.1`; without one the certificate has a common name alone */
  issue(name: string, extension?: string): Promise<Certificate>
  remove(): Promise<void>
}

/** Only there do terraform and tofu take their authorities from SSL_CERT_FILE. */
export const canTrustAuthorities = process.platform === 'linux' && onPath('openssl') !== undefined

export const loopbackNames = 'subjectAltName=DNS:localhost,IP:127.0.0.1'

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

export async function makeAuthority(): Promise<Authority> {
  const folder = await mkdtemp(join(tmpdir(), 'cadastre-authority-'))
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder })
  await openssl(
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '2',
    '-subj',
    '/CN=throw-away',
  )

  return {
    file: join(folder, 'ca.pem'),
    async issue(name, extension) {
      const [certFile, keyFile] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)]
      await openssl('req', ...newKey, '-keyout', keyFile, '-out', `${name}.csr`, '-subj', `/CN=127.0.0.1`)
      await writeFile(join(folder, `${name}.ext`), `extendedKeyUsage=serverAuth\n${extension ?? ''}\n`)
      const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', `${name}.ext`]
      await openssl('x509', '-req', '-in', `${name}.csr`, ...by, '-out', certFile, '-days', '2')
      return { certFile, keyFile, cert: await readFile(certFile, 'utf8'), key: await readFile(keyFile, 'utf8') }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
