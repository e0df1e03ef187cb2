/** How the address of a repository is shown, and where a browser finds the code. Pure, and without schemas, so that browsers need none. */

type SourcePlace = { url: string; commit: string | null; folder: string }

/** Where a browser shows the code: the folder at the commit on hosts whose addresses are known, else the repository. */
export function sourcePage({ url, commit, folder }: SourcePlace): string {
  if (commit === null) return url
  const parsed = new URL(url)
  const below = folder.split('/').map(encodeURIComponent).join('/')
  const tree = (infix: string) => `${url}/${infix}/${commit}${below === '' ? '' : `/${below}`}`
  switch (hostKind(parsed)) {
    case 'github':
      return tree('tree')
    case 'gitlab':
      return tree('-/tree')
    case 'bitbucket':
      return tree('src')
    case 'azure':
      // It finds whole ids alone.
      return commit.length < 40 ? url : `${url}?${below === '' ? '' : `path=/${below}&`}version=GC${commit}`
    default:
      return url
  }
}

type HostKind = 'github' | 'gitlab' | 'bitbucket' | 'azure'

/** How it spells addresses, where that is known. */
export function hostKind({ hostname, pathname }: URL): HostKind | undefined {
  const parts = pathname.split('/').filter((part) => part !== '')
  if (/^github\./.test(hostname) && parts.length === 2) return 'github'
  if (/^gitlab\./.test(hostname) && parts.length >= 2) return 'gitlab'
  if (hostname === 'bitbucket.org' && parts.length === 2) return 'bitbucket'
  if (/^dev\.azure\.com$|\.visualstudio\.com$/.test(hostname) && parts.at(-2) === '_git') return 'azure'
  return undefined
}

/** `github.com/acme/infra//modules/vpc @ 3f2a91c`, as terraform writes a folder inside of a repository. */
export function sourceText({ url, commit, folder }: SourcePlace): string {
  const place = url.replace(/^https?:\/\//, '') + (folder === '' ? '' : `//${folder}`)
  return commit === null ? place : `${place} @ ${shortCommit(commit)}`
}

/** As people tell commits apart. */
export const shortCommit = (commit: string) => commit.slice(0, 7)
