/** The way to the registry: its name, its port, its certificate, and proxies in between. */
import { readFileSync } from 'node:fs'
import { connect, isIP } from 'node:net'
import { rootCertificates, type TLSSocket, connect as tlsConnect } from 'node:tls'
import { exit } from '../exit.ts'
import type { Surroundings } from '../surroundings.ts'
import { type Finding, failed, ok, warning } from './finding.ts'

export type Way = { base: string; seconds: number; caFile?: string | undefined }

const soonDays = 21

/** DNS and TCP. */
export function checkConnection({ base, seconds }: Way): Promise<Finding> {
  const { host, hostname, port } = placeOf(base)
  const check = 'connection'
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port })
    const end = (finding: Finding) => {
      socket.destroy()
      resolve(finding)
    }
    const unreachable = (why: string, fix: string) =>
      end(failed(check, `${host} cannot be reached: ${why}.`, fix, exit.unreachable))
    socket.setTimeout(seconds * 1000, () =>
      unreachable(`it was silent for ${seconds} s`, 'Does a firewall stand in between, or is a proxy needed?'),
    )
    socket.on('connect', () => end(ok(check, `${host} answers at ${socket.remoteAddress}.`)))
    socket.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
        return unreachable('its name is not known here', 'Is it spelt right, and does this machine ask the right DNS?')
      if (code === 'ECONNREFUSED') return unreachable('nothing listens there', 'Is the port right, and does it run?')
      unreachable(message || code || 'the connection failed', 'Is this machine on the right network?')
    })
  })
}

export function checkCertificate({ base, seconds, caFile }: Way): Promise<Finding> {
  const { host, hostname, port } = placeOf(base)
  const check = 'certificate'
  return new Promise((resolve) => {
    const socket = tlsConnect({
      host: hostname,
      port,
      servername: isIP(hostname) ? '' : hostname,
      // What is wrong with it is to be said, all of it.
      rejectUnauthorized: false,
      ...(caFile !== undefined && { ca: [...rootCertificates, readFileSync(caFile, 'utf8')] }),
    })
    const end = (finding: Finding) => {
      socket.destroy()
      resolve(finding)
    }
    const noTls = (why: string) =>
      end(
        failed(
          check,
          `${host} does not speak TLS as it should: ${why}.`,
          'Is the port right? Where it is plain http, name it with --host http://…',
          exit.unreachable,
        ),
      )
    socket.setTimeout(seconds * 1000, () => noTls(`it was silent for ${seconds} s`))
    socket.on('error', (error: NodeJS.ErrnoException) => noTls(error.code ?? error.message))
    socket.on('secureConnect', () => end(ofCertificate(socket, hostname)))
  })
}

function ofCertificate(socket: TLSSocket, hostname: string): Finding {
  const check = 'certificate'
  const certificate = socket.getPeerCertificate()
  const error = String(socket.authorizationError ?? '')
  const days = Math.floor((Date.parse(certificate.valid_to) - Date.now()) / 86_400_000)
  const wrong = (says: string, fix: string) => failed(check, says, fix, exit.unreachable)
  if (error === 'CERT_HAS_EXPIRED') return wrong(`It ended on ${certificate.valid_to}.`, 'Renew it.')
  if (error === 'CERT_NOT_YET_VALID')
    return wrong(`It begins on ${certificate.valid_from}.`, 'Is the clock of this machine right?')
  if (error === 'ERR_TLS_CERT_ALTNAME_INVALID' || error.startsWith('Hostname'))
    return wrong(
      `It is made out to ${names(certificate.subjectaltname)}, not to ${hostname}.`,
      'Use that name, or have a certificate made for this one.',
    )
  if (error !== '')
    return wrong(
      `Its chain is not trusted here (${error}).`,
      'Is the certificate in between sent along? If your organization signs it: --ca-file here, and for terraform the trust store of this machine.',
    )
  if (!certificate.subjectaltname)
    return wrong(
      'It names its host in the old way alone, which terraform and tofu do not take.',
      'Have one made with a subjectAltName.',
    )
  const says = `Trusted, ${socket.getProtocol()}, for ${days} more days (until ${certificate.valid_to}).`
  return days < soonDays ? warning(check, says, 'Renew it soon.') : ok(check, says)
}

const names = (alternatives: string | undefined) =>
  alternatives ? alternatives.replaceAll(/(?:DNS|IP Address):/g, '') : 'nobody'

/** Names of variables, never what they hold: there may be a password in it. */
export function checkProxies(base: string, { env }: Surroundings): Finding {
  const { hostname, secure } = placeOf(base)
  const set = (names: string[]) => names.find((name) => env[name])
  const proxy = set(secure ? ['HTTPS_PROXY', 'https_proxy'] : ['HTTP_PROXY', 'http_proxy'])
  const exceptions = set(['NO_PROXY', 'no_proxy'])
  if (!proxy) return ok('proxy', `No ${secure ? 'HTTPS_PROXY' : 'HTTP_PROXY'} is set.`)
  if (exceptions && isExcepted(hostname, env[exceptions]!))
    return ok('proxy', `${proxy} is set, and ${exceptions} leaves ${hostname} out.`)
  return warning(
    'proxy',
    `${proxy} is set: terraform and tofu ask ${hostname} through it, and cadastre does not.`,
    `If the registry is reached without it, add ${hostname} to NO_PROXY.`,
  )
}

function isExcepted(hostname: string, list: string): boolean {
  return list
    .split(',')
    .map((entry) => entry.trim().toLowerCase().replace(/:\d+$/, ''))
    .some((entry) => entry === '*' || entry === hostname || (entry !== '' && hostname.endsWith(dotted(entry))))
}

const dotted = (entry: string) => (entry.startsWith('.') ? entry : `.${entry}`)

export function placeOf(base: string) {
  const { host, hostname, port, protocol } = new URL(base)
  const secure = protocol === 'https:'
  return { host, hostname: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (secure ? 443 : 80)), secure }
}
