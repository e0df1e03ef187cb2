/** Which addresses of the world the registry may connect to: those that are nobody's own network, and those it was told. Pure. */
import { BlockList, isIP, isIPv6 } from 'node:net'
import { Refusal } from './refusal.ts'

const notPublic = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4'],
  ...['::/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32', '2002::/16'],
  ...['fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
]

export type Allowlist = {
  /** @param host as the address names it, lower-case, without brackets */
  hasHost(host: string): boolean
  /** Whether this address may be connected to, whatever name led to it. */
  hasAddress(address: string): boolean
}

/** @param entries of `security.egress.allowlist`: names of hosts, addresses, CIDR blocks */
export function allowlist(entries: readonly string[]): Allowlist {
  const hosts = new Set<string>()
  const networks = new BlockList()
  for (const entry of entries) if (!addNetwork(networks, entry)) hosts.add(entry.toLowerCase())
  const closed = new BlockList()
  for (const network of notPublic) addNetwork(closed, network)
  return {
    hasHost: (host) => hosts.has(host),
    hasAddress: (address) => !isIn(closed, address) || isIn(networks, address),
  }
}

const isIn = (list: BlockList, address: string) => list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')

/** @returns false when it is no network */
function addNetwork(list: BlockList, entry: string): boolean {
  const [address = '', prefix, ...rest] = entry.split('/')
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (isIP(address) === 0 || rest.length > 0) return false
  if (prefix === undefined) list.addAddress(address, family)
  else list.addSubnet(address, Number(prefix), family)
  return true
}

/** What a host name of an address may be: `[::1]` without its brackets, lower-case. */
export const hostOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, '').toLowerCase()

export const egressRefused = (host: string) =>
  new Refusal(
    'invalid',
    'egress-refused',
    `This registry does not connect to ${host}: it is an address inside a private network.`,
    'If it has to, an operator adds the host to security.egress.allowlist.',
  )
