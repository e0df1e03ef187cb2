/** Where a module's pages show what a path of its archive leads to, when that is no file to be shown by itself. Pure. */

type Folder = { kind: 'root' | 'submodule' | 'example'; path: string; hasReadme: boolean }

/** Folders that hold those of a kind, and the section that lists them. */
const sections = { submodule: { above: 'modules', at: '/submodules' }, example: { above: 'examples', at: '/examples' } }

/**
 * @param path as a link names it, such as `examples/complete`
 * @returns the address behind that of the version; undefined when no file lies below it
 */
export function placeOfFolder(path: string, folders: Folder[], files: { path: string }[]): string | undefined {
  const own = folders.find((folder) => folder.path === path)
  if (own) return pageOfFolder(own)
  for (const [kind, { above, at }] of Object.entries(sections))
    if (path === above && folders.some((folder) => folder.kind === kind)) return at
  if (!files.some((file) => file.path.startsWith(`${path}/`))) return undefined
  return `/files?below=${encodeURIComponent(path)}`
}

/**
 * @param source of a call in `folder`, as it is written: `../..`
 * @returns the folder of the same archive that it names; undefined for what is elsewhere
 */
export function folderBelow(folder: string, source: string): string | undefined {
  if (!/^\.\.?(\/|$)/.test(source)) return undefined
  const inside: string[] = []
  for (const name of [...folder.split('/'), ...source.split('/')]) {
    if (name === '..' && inside.pop() === undefined) return undefined
    if (name !== '' && name !== '.' && name !== '..') inside.push(name)
  }
  return inside.join('/')
}

export function pageOfFolder({ kind, path }: Pick<Folder, 'kind' | 'path'>): string {
  if (kind === 'root') return ''
  const { above, at } = sections[kind]
  return `${at}/${path
    .slice(above.length + 1)
    .split('/')
    .map(encodeURIComponent)
    .join('/')}`
}

/** The page that shows a README rendered, where a section of it is meant: lines of its source have places of their own. */
export function placeOfSection(path: string, hash: string, folders: Folder[]): string | undefined {
  if (hash === '' || /^L\d+$/.test(hash)) return undefined
  const readme = /^(?:(.*)\/)?readme\.(?:md|markdown)$/i.exec(path)
  const own = readme && folders.find((folder) => folder.path === (readme[1] ?? '') && folder.hasReadme)
  return own ? `${pageOfFolder(own)}#${hash}` : undefined
}
