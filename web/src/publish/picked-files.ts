/** What of a chosen folder belongs into an archive, and what the reader chose in the first place. */
import { isKeptBack } from '@cadastre/contract/module-files'
import { enoughBytes } from '@cadastre/contract/terraformignore'
import { type Patience, sortedAside } from './sorted-aside.ts'
import type { Sorted } from './sorted-paths.ts'
import type { PackedFile } from './tar.ts'

export type Picked =
  | { kind: 'folder'; name: string; files: PackedFile[]; leftOut: string[] }
  | { kind: 'archive'; name: string; file: File }
  /** and what is wrong with it */
  | { kind: 'unusable'; name: string; wrong: string }

const archives = /\.(tar\.gz|tgz|zip|tar\.bz2|tar\.xz)$/i

/** Files of an input that takes folders: their paths begin with the name of the folder. */
export async function pickedFiles(list: readonly File[], patience?: Patience): Promise<Picked | undefined> {
  const [first] = list
  if (!first) return undefined
  if (list.length === 1 && !first.webkitRelativePath && archives.test(first.name))
    return { kind: 'archive', name: first.name, file: first }
  return folderOf(
    list.map((file) => ({ path: file.webkitRelativePath || file.name, content: file })),
    patience,
  )
}

/** What was dropped: folders are read through, one archive is taken as it is. */
export async function droppedFiles(items: DataTransferItemList, patience?: Patience): Promise<Picked | undefined> {
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  const files = (await Promise.all(entries.map((entry) => filesBelow(entry, '')))).flat()
  const [only] = files
  if (files.length === 1 && only && archives.test(only.path) && only.content instanceof File)
    return { kind: 'archive', name: only.path, file: only.content }
  return files.length > 0 ? folderOf(files, patience) : undefined
}

type Sort = (paths: string[], rules: string, patience?: Patience) => Sorted | Promise<Sorted>

/** @param sort beside the page, where there is one */
export async function folderOf(
  files: readonly PackedFile[],
  patience?: Patience,
  sort: Sort = sortedAside,
): Promise<Picked> {
  const top = commonTop(files.map(({ path }) => path))
  const inside = files.map(({ path, content }) => ({ path: path.slice(top.length), content }))
  const ignoreFile = inside.find(({ path }) => path === '.terraformignore')
  const name = top.replace(/\/$/, '') || 'folder'
  const rules = (await ignoreFile?.content.slice(0, enoughBytes).text()) ?? ''
  const paths = inside.map(({ path }) => path)
  const sorted = await sort(paths, rules, patience)
  if ('wrong' in sorted) return { kind: 'unusable', name, wrong: sorted.wrong }
  const kept = sorted.kept.map((index) => inside[index]!)
  return { kind: 'folder', name, files: kept.sort((a, b) => (a.path < b.path ? -1 : 1)), leftOut: sorted.leftOut }
}

/** `network/` when everything lies in that folder; empty when not. */
function commonTop(paths: readonly string[]): string {
  const top = paths[0]?.includes('/') ? paths[0].slice(0, paths[0].indexOf('/') + 1) : ''
  return top && paths.every((path) => path.startsWith(top)) ? top : ''
}

async function filesBelow(entry: FileSystemEntry, above: string): Promise<PackedFile[]> {
  const path = `${above}${entry.name}`
  // A folder that stays out is named alone: it may hold more than a browser can carry.
  if (entry.isDirectory && isKeptBack(entry.name)) return [{ path: `${path}/`, content: new Blob() }]
  if (entry.isFile) {
    const content = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
    return [{ path, content }]
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const files: PackedFile[] = []
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (batch.length === 0) return files
    files.push(...(await Promise.all(batch.map((each) => filesBelow(each, `${path}/`)))).flat())
  }
}

/** `terraform-aws-vpc` says both name and system. */
export function proposedFrom(name: string): { name: string; system: string } {
  const [, system, rest] = /^terraform-([a-z0-9]+)-(.+)$/.exec(name) ?? []
  return system && rest ? { name: rest, system } : { name: '', system: '' }
}
