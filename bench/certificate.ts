/** A throw-away certificate for this machine, ECDSA as one would have it. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

export function makeCertificate(folder: string): [certificate: string, key: string] {
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost']
  execFileSync(
    'openssl',
    ['req', '-x509', ...curve, '-nodes', '-days', '2', ...names, '-keyout', key, '-out', certificate],
    {
      stdio: 'ignore',
    },
  )
  return [certificate, key]
}
