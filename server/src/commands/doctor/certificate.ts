/** The certificate that people meet under `server.base_url`: of the settings, or of the proxy in front. */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import type { Config } from '../../foundation/config/settings.ts'
import { peerCertificate } from '../peer-certificate.ts'
import { type Finding, failed, ok, warning } from './finding.ts'

const soonDays = 21

export async function checkCertificate({ server, security: { tls } }: Config): Promise<Finding[]> {
  const url = new URL(server.base_url)
  if (tls.enabled) return [await ofFiles(tls.cert_file!, tls.key_file!, url.hostname)]
  return url.protocol === 'https:' ? [await ofServer(url)] : []
}

const check = 'certificate'

async function ofFiles(certFile: string, keyFile: string, hostname: string): Promise<Finding> {
  const certificate = new X509Certificate(await readFile(certFile))
  if (!certificate.checkPrivateKey(createPrivateKey(await readFile(keyFile))))
    return failed(check, `The key in ${keyFile} is not that of ${certFile}.`, 'Put in the two that belong together.')
  return judged(certificate, hostname)
}

async function ofServer({ hostname, port }: URL): Promise<Finding> {
  const host = hostname.replace(/^\[|\]$/g, '')
  const shown = await peerCertificate({ host, port: Number(port || 443), name: host }).catch((error: Error) => error)
  if (shown instanceof Error)
    return warning(check, `${hostname} shows none: ${shown.message || 'it does not answer'}.`, 'Does it run?')
  const finding = judged(shown.certificate, host)
  if (finding.result === 'failed' || shown.untrusted === undefined) return finding
  return warning(
    check,
    `Its chain is not trusted on this machine (${shown.untrusted}).`,
    'Is the certificate in between sent along? Where your organization signs it, every client has to know.',
  )
}

function judged(certificate: X509Certificate, hostname: string): Finding {
  const { validFrom, validTo, subjectAltName = 'nobody' } = certificate
  const days = Math.floor((Date.parse(validTo) - Date.now()) / 86_400_000)
  if (Date.parse(validTo) <= Date.now()) return failed(check, `It ended on ${validTo}.`, 'Renew it.')
  if (Date.parse(validFrom) > Date.now())
    return failed(check, `It begins on ${validFrom}.`, 'Is the clock of this machine right?')
  const fits = isIP(hostname) ? certificate.checkIP(hostname) : certificate.checkHost(hostname)
  if (fits === undefined)
    return failed(
      check,
      `It is made out to ${subjectAltName.replaceAll(/(?:DNS|IP Address):/g, '')}, not to ${hostname}.`,
      'Have one made for that name, or set server.base_url to one of those.',
    )
  const says = `It is made out to ${hostname}, for ${days} more days (until ${validTo}).`
  return days < soonDays ? warning(check, says, 'Renew it soon.') : ok(check, says)
}
