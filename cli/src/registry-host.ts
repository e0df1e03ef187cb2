/** What may be written where a registry is named: a host name, or a URL where it is plain http. Pure. */
import { parseUrl } from '@cadastre/contract/parse-url'
import { usage } from './exit.ts'

export type RegistryHost = {
  /** scheme, host and path without a trailing slash; the path of a host name is found by discovery */
  base: string
  /** true for a host name: only those announce where their services are */
  discoverable: boolean
  /** as terraform keys credentials: `registry.example.com`, `localhost:8443` */
  key: string
  /** what tokens are compared by: http and https of one host are two */
  identity: string
  plainHttp: boolean
  loopback: boolean
}

/** @param from where the text was written, for the sentence that refuses it */
export function registryHost(text: string, from: string): RegistryHost {
  const discoverable = !text.includes('://')
  const url = parsed(discoverable ? `https://${text}` : text)
  const fits = url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash
  if (!fits || (discoverable && url.pathname !== '/')) {
    throw usage(
      `${JSON.stringify(text)} (${from}) does not name a registry.`,
      'Write a host name such as registry.example.com, or a URL such as http://localhost:8080.',
    )
  }
  const path = url.pathname.replace(/\/+$/, '')
  const plainHttp = url.protocol === 'http:'
  return {
    base: url.origin + path,
    discoverable,
    // Port 443 goes without saying in a credential, port 80 does not.
    key: plainHttp && url.port === '' ? `${url.host}:80` : url.host,
    identity: url.origin,
    plainHttp,
    loopback: isLoopback(url.hostname),
  }
}

/** The key of a credential, in the form that `registryHost` gives hosts; undefined for what is none. */
export function credentialKey(host: string): string | undefined {
  return parsed(`https://${host}`)?.host
}

export const isLoopback = (hostname: string) =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)

function parsed(text: string): URL | undefined {
  return parseUrl(text)
}
