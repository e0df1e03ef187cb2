/**
 * Fetches the discovery document as terraform and tofu do
 * (https://developer.hashicorp.com/terraform/internals/remote-service-discovery): redirects are followed, and no token is sent.
 */
import { parseUrl } from '@cadastre/contract/parse-url'
import type { Answer, Exchange } from './exchange.ts'
import { exit, Failure } from './exit.ts'

export type Fetched = {
  answer: Answer
  /** where it was in the end: what it says is relative to that */
  url: string
  /** of every request, in order */
  hosts: string[]
}

const maxRedirects = 3

/** @param base of a registry, without a trailing slash @throws Failure when nothing answers, or redirects do not end */
export async function fetchDiscovery(base: string, exchange: Exchange): Promise<Fetched> {
  let url = `${base}/.well-known/terraform.json`
  const hosts = [new URL(url).host]
  for (let hops = 0; ; hops++) {
    const answer = await exchange({ method: 'GET', url })
    const { location } = answer.headers
    if (answer.status < 300 || answer.status >= 400 || !location) return { answer, url, hosts }
    if (hops === maxRedirects) throw endlessRedirects()
    if (!parseUrl(location, url) || !/^https?:$/.test(new URL(location, url).protocol)) throw noWeb(location)
    url = new URL(location, url).href
    hosts.push(new URL(url).host)
  }
}

const noWeb = (location: string) =>
  new Failure(
    exit.content,
    'redirect-address',
    `The discovery document is redirected to ${location.slice(0, 300)}, which is no address of the web.`,
    'Answer it where it is asked for.',
  )

const endlessRedirects = () =>
  new Failure(
    exit.content,
    'too-many-redirects',
    `The discovery document is redirected more than ${maxRedirects} times, which terraform and tofu do not follow.`,
    'Shorten the way.',
  )

export function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
