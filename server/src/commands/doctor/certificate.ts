/** The certificate that people meet under `server.base_url`: of the settings, or of the proxy in front. */
import { createPrivateKey, type X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { connect } from 'node:tls'
import type { Config } from '../../foundation/config/settings.ts'
import { type Finding, failed, ok, warning } from './finding.ts'

const soonDays = 21
const timeoutMs = 10_000

export async function checkCertificate({ server, security: { tls } }: Config): Promise<Finding[]> {
  const url = new URL(server.base_url)
  if (tls.enabled) return [await ofFiles(tls.cert_file!, tls.key_file!, url.hostname)]
  return url.protocol === 'https:' ? [await ofServer(url)] : []
}

const check = 'certificate'

async function ofFiles(certFile: string, keyFile: string, hostname: string): Promise<Finding> {
  const { X509Certificate } = await import('node:crypto')
  const certificate = new X509Certificate(await readFile(certFile))
  if (!certificate.checkPrivateKey(createPrivateKey(await readFile(keyFile))))
    return failed(check, `The key in ${keyFile} is not that of ${certFile}.`, 'Put in the two that belong together.')
  return judged(certificate, hostname)
}

/** Nobody answers: that is the finding of another check. */
function ofServer({ hostname, port }: URL): Promise<Finding> {
  const host = hostname.replace(/^\[|\]$/g, '')
  return new Promise((resolve) => {
    // What is wrong with it is to be said, all of it.
    const socket = connect({
      host,
      port: Number(port || 443),
      servername: isIP(host) ? '' : host,
      rejectUnauthorized: false,
    })
    const end = (finding: Finding) => {
      socket.destroy()
      resolve(finding)
    }
    socket.setTimeout(timeoutMs, () => end(warning(check, `${hostname} is silent.`, 'Does it run?')))
    socket.on('error', ({ message }) => end(warning(check, `${hostname} shows none: ${message}.`, 'Does it run?')))
    socket.on('secureConnect', () => {
      const finding = judged(socket.getPeerX509Certificate()!, host)
      const untrusted = String(socket.authorizationError ?? '')
      if (finding.result === 'failed' || untrusted === '') return end(finding)
      end(
        warning(
          check,
          `Its chain is not trusted on this machine (${untrusted}).`,
          'Is the certificate in between sent along? Where your organization signs it, every client has to know.',
        ),
      )
    })
  })
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
