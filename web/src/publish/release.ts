/** What of a folder belongs to a release of a provider, and what the release is called: its files say so. */
import type { PackedFile } from './tar.ts'

export type Release = { type: string; version: string; files: { name: string; content: Blob }[] }

const sums = /^terraform-provider-(.+)_(\d[^_]*)_SHA256SUMS$/

/** Sums and signature first, as they are small: from then on it is known what the release consists of. */
export function releaseIn(files: readonly PackedFile[]): Release | undefined {
  const named = files.map(({ path, content }) => ({ name: path.slice(path.lastIndexOf('/') + 1), content }))
  const found = named.map(({ name }) => sums.exec(name)).find((match) => match !== null)
  const [, type, version] = found ?? []
  if (!type || !version) return undefined
  const begin = `terraform-provider-${type}_${version}_`
  const own = named.filter(
    ({ name }) => name.startsWith(begin) && /(_SHA256SUMS(\.sig)?|\.zip|_manifest\.json)$/.test(name),
  )
  return { type, version, files: own.sort((a, b) => rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : 1)) }
}

const rank = (name: string) => (name.includes('_SHA256SUMS') ? 0 : name.endsWith('.json') ? 1 : 2)
