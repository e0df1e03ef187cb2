/** The discovery document as terraform and tofu read it, and the clock of whoever sent it. */
import { parseUrl } from '@cadastre/contract/parse-url'
import { fetchDiscovery, objectIn } from '../discovery-document.ts'
import type { Exchange } from '../exchange.ts'
import { Failure } from '../exit.ts'
import { type Finding, failed, ok, warning } from './finding.ts'

const maxBytes = 1024 * 1024
const maxSkewMs = 2 * 60_000
const services = ['modules.v1', 'providers.v1'] as const

export async function checkDiscovery(base: string, exchange: Exchange): Promise<Finding[]> {
  const check = 'discovery'
  const askedAt = Date.now()
  const fetched = await fetchDiscovery(base, exchange).catch((error: unknown) => error as Error)
  if (fetched instanceof Failure) return [failed(check, fetched.message, fetched.hint, fetched.exitCode)]
  if (fetched instanceof Error) throw fetched
  const { answer, url, hosts } = fetched
  const clock = checkClock(answer.headers.date, (askedAt + Date.now()) / 2)
  const wrong = (says: string, fix: string) => [failed(check, says, fix), clock]
  if (answer.status === 404)
    return wrong(`There is none at ${url}.`, 'Is it the right host? A proxy has to pass this address on.')
  if (answer.status !== 200)
    return wrong(`${url} answered ${answer.status}.`, 'It has to be answered to everybody, without a token.')
  const type = answer.headers['content-type'] ?? 'nothing'
  if (type.split(';')[0]!.trim().toLowerCase() !== 'application/json')
    return wrong(`It is sent as ${type}, which terraform and tofu do not take.`, 'It has to be application/json.')
  if (Buffer.byteLength(answer.text) > maxBytes)
    return wrong('It is larger than 1 MiB.', 'Something else answers there.')
  const document = objectIn(answer.text)
  if (!document) return wrong('It is not a JSON object.', 'Something else answers there.')
  return [...announced(document, url, hosts), clock]
}

function announced(document: Record<string, unknown>, url: string, hosts: string[]): Finding[] {
  const check = 'discovery'
  const found = services.flatMap((service) => ofService(service, document[service], url))
  const elsewhere = hosts.find((host) => host !== hosts[0])
  if (elsewhere)
    found.push(
      warning(
        check,
        `It is redirected from ${hosts[0]} to ${elsewhere}: the token is not sent along.`,
        'Answer it under the name that people use.',
      ),
    )
  const login = document['login.v1']
  if (login !== undefined) found.push(...ofLogin(login))
  if (found.length > 0) return found
  const names = [...services, ...(login === undefined ? [] : ['login.v1'])]
  return [ok(check, `${url} announces ${names.join(', ')}.`)]
}

function ofService(service: string, address: unknown, url: string): Finding[] {
  const check = 'discovery'
  if (address === undefined) return [warning(check, `It announces no ${service}.`, 'Is it the right registry?')]
  if (typeof address !== 'string' || !parseUrl(address, url))
    return [failed(check, `The address of ${service} cannot be read.`, 'It has to be an address, as a text.')]
  const { protocol, username, password } = new URL(address, url)
  if (!/^https?:$/.test(protocol) || username || password)
    return [
      failed(check, `${service} is at an address that is refused.`, 'It has to be http or https, without a user.'),
    ]
  if (!address.endsWith('/'))
    return [
      failed(
        check,
        `The address of ${service} does not end in a slash: what follows is asked for beside it.`,
        'Add it.',
      ),
    ]
  if (protocol === 'http:' && url.startsWith('https:'))
    return [
      warning(check, `${service} is plain http: tokens cross the network unhidden.`, 'Set server.base_url to https.'),
    ]
  return []
}

function ofLogin(login: unknown): Finding[] {
  const { client, authz, token, ports = [1024, 65535] } = (login ?? {}) as Record<string, unknown>
  const complete = [client, authz, token].every((member) => typeof member === 'string' && member !== '')
  const inRange = Array.isArray(ports) && ports.length === 2 && ports[0] < ports[1]
  if (complete && inRange) return []
  return [
    failed(
      'discovery',
      'login.v1 is not complete: terraform login ends with an error.',
      'It needs client, authz, token.',
    ),
  ]
}

function checkClock(date: string | undefined, here: number): Finding {
  const there = Date.parse(date ?? '')
  if (Number.isNaN(there)) return ok('clock', 'The registry does not say what time it has.')
  // The header has whole seconds.
  const aheadMs = here - there
  const seconds = Math.round(Math.abs(aheadMs) / 1000)
  if (Math.abs(aheadMs) <= maxSkewMs) return ok('clock', `It differs from the registry's by ${seconds} s at most.`)
  return warning(
    'clock',
    `This machine is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} the registry: signed addresses and sign-in may fail.`,
    'Set the clock of whichever is wrong, best by NTP.',
  )
}
