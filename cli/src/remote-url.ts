/** The address of a repository for people, from the one that git fetches from. Pure. */
import { type ReadSourceUrl, readSourceUrl } from '@cadastre/contract/source-url'

/** @returns nothing for a remote that has no address on https: a path, plain http, a name that ssh alone knows */
export function readRemote(remote: string): ReadSourceUrl | undefined {
  const address = onHttps(remote.trim())
  return address === undefined ? undefined : readSourceUrl(address)
}

/** @returns nothing where the registry would not take it, either */
export function sourceUrlOf(remote: string): string | undefined {
  const read = readRemote(remote)
  return read && 'url' in read ? read.url : undefined
}

function onHttps(remote: string): string | undefined {
  // Credentials end at the last @ before the path; what stands behind ? and # names no repository.
  const https = /^https:\/\/(?:[^/?#]*@)?([^?#]+)/i.exec(remote)
  if (https) return `https://${https[1]}`
  const ssh = overSsh(remote)
  if (!ssh) return undefined
  const [host, path] = ssh
  const azure = /^(?:ssh\.dev\.azure\.com|vs-ssh\.visualstudio\.com)$/.test(host)
  if (!azure) return `https://${webHosts[host] ?? host}/${path}`
  const [, organization, project, repository] = /^v3\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(path) ?? []
  return repository && `https://dev.azure.com/${organization}/${project}/_git/${repository}`
}

/** Where those are on the web who take ssh at a name of its own, for networks that let port 443 alone out. */
const webHosts: Record<string, string> = {
  'ssh.github.com': 'github.com',
  'altssh.gitlab.com': 'gitlab.com',
  'altssh.bitbucket.org': 'bitbucket.org',
}

/** `ssh://git@host:22/path` or `git@host:path`. A host without a dot is as a rule a name in somebody's ~/.ssh/config. */
function overSsh(remote: string): [host: string, path: string] | undefined {
  const [, host, path] =
    /^(?:ssh|git\+ssh|ssh\+git):\/\/(?:[^/@]*@)?([^/:]+)(?::\d*)?\/+(.+)$/i.exec(remote) ??
    /^(?:[^/@:]*@)?([^/:@]+):\/*([^/:].*)$/.exec(remote) ??
    []
  return host && path && /^[a-z0-9][a-z0-9-]*\.[a-z0-9.-]+$/i.test(host) ? [host.toLowerCase(), path] : undefined
}
