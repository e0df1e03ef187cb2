/** The rules for what an archive may hold: from what was found to what is kept. Pure. */
import type { ArchiveEntry, ArchiveLimits } from '../foundation/archive/entry.ts'
import { checkUnpacked } from '../foundation/archive/limits.ts'
import { folded, inByteOrder, pathIn } from '../foundation/archive/paths.ts'
import {
  archiveBroken,
  fileAndFolder,
  pathsAlike,
  pathTwice,
  shown,
  specialFile,
} from '../foundation/archive/refusals.ts'
import { checkLinksStayInside, targetOf } from './archive-links.ts'
import { archiveEmpty, behindLink, linkDangles, linkLeaves, noConfiguration } from './archive-refusals.ts'

/** One entry as it is kept. Folders are not: they come to be by the files within. */
export type KeptEntry = {
  path: string
  kind: 'file' | 'symlink'
  executable: boolean
  sizeBytes: number
  /** of a symlink, else empty */
  target: string
  content(): AsyncIterable<Buffer>
}

/** @throws Refusal naming the first entry that breaks a rule */
export function keptEntries(found: ArchiveEntry[], sentBytes: number, limits: ArchiveLimits): KeptEntry[] {
  const { kept, folders } = placed(found)
  checkNamesAreApart(kept)
  checkFoldersAreFolders(kept, folders)
  checkUnpacked(unpackedBytes([...kept.values()]), sentBytes, limits)
  const entries = withoutWrappingFolder([...kept.values()])
  checkLinks(entries)
  checkConfiguration(entries)
  return inByteOrder(entries, ({ path }) => path)
}

function placed(found: ArchiveEntry[]): { kept: Map<string, KeptEntry>; folders: Set<string> } {
  const kept = new Map<string, KeptEntry>()
  const folders = new Set<string>()
  for (const entry of found) {
    const path = pathIn(entry.name)
    if (isLeftByMac(path)) continue
    if (entry.kind === 'special') throw specialFile(entry.name)
    if (entry.kind === 'folder') {
      folders.add(path)
      continue
    }
    if (path === '') throw archiveBroken(`${shown(entry.name)} is no name for a file`)
    if (kept.has(path)) throw pathTwice(path)
    kept.set(path, keptAs(path, entry, kept))
  }
  if (kept.size === 0) throw archiveEmpty()
  return { kept, folders }
}

/** macOS puts what its disks know of a file beside it; that is no part of a module. */
const isLeftByMac = (path: string) => path.startsWith('__MACOSX/') || /(^|\/)(\._[^/]+|\.DS_Store)$/.test(path)

function keptAs(path: string, entry: ArchiveEntry, before: Map<string, KeptEntry>): KeptEntry {
  const { kind, executable, sizeBytes, content } = entry
  if (kind === 'hardlink') return { ...hardLinked(path, entry.target, before), path }
  if (kind === 'symlink')
    return { path, kind, executable: false, sizeBytes: 0, target: targetOf(path, entry.target), content }
  return { path, kind: 'file', executable, sizeBytes, target: '', content }
}

/** A hard link is a second name for the same content; it becomes a copy, which every client can unpack. */
function hardLinked(path: string, target: Buffer, before: Map<string, KeptEntry>): KeptEntry {
  if (target.toString('latin1').split('/').includes('..') || target[0] === 0x2f) throw linkLeaves(path, target)
  const original = before.get(pathIn(target))
  if (!original) throw linkDangles(path, target)
  return original
}

function checkNamesAreApart(kept: Map<string, KeptEntry>): void {
  const names = new Map<string, string>()
  for (const path of kept.keys()) {
    const other = names.get(folded(path))
    if (other !== undefined) throw pathsAlike(path, other)
    names.set(folded(path), path)
  }
}

/** Without regard to case: elsewhere than on Linux a file could else be written through a link. */
function checkFoldersAreFolders(kept: Map<string, KeptEntry>, folders: Set<string>): void {
  const files = new Map([...kept].map(([path, entry]) => [folded(path), entry]))
  for (const folder of folders) {
    const file = files.get(folded(folder))
    if (file) throw fileAndFolder(file.path)
  }
  // With "/" before all other characters, what lies below a path follows it at once.
  const inOrder = [...kept.keys(), ...folders].map((path) => ({ path, key: folded(path).replaceAll('/', '\0') }))
  inOrder.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  for (const [index, { path, key }] of inOrder.entries()) {
    const above = inOrder[index - 1]
    if (above === undefined || !key.startsWith(`${above.key}\0`)) continue
    const file = files.get(folded(above.path))
    if (file?.kind === 'symlink') throw behindLink(path, file.path)
    if (file) throw fileAndFolder(file.path)
  }
}

export const unpackedBytes = (entries: KeptEntry[]) => entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)

/** Archives made by source hosts, or of a folder instead of its content, hold everything in one folder. */
function withoutWrappingFolder(entries: KeptEntry[]): KeptEntry[] {
  const first = entries[0]!.path
  const wrapper = first.slice(0, first.indexOf('/') + 1)
  if (!wrapper || !entries.every(({ path }) => path.startsWith(wrapper))) return entries
  return entries.map((entry) => ({ ...entry, path: entry.path.slice(wrapper.length) }))
}

function checkLinks(entries: KeptEntry[]): void {
  const links = entries.filter(({ kind }) => kind === 'symlink')
  checkLinksStayInside(new Map(links.map(({ path, target }) => [path, target])))
  // Where case is not told apart, a link's target can lead through links that it does not name on Linux.
  checkLinksStayInside(new Map(links.map(({ path, target }) => [folded(path), folded(target)])))
}

function checkConfiguration(entries: KeptEntry[]): void {
  // Both clients skip files whose name begins with a dot.
  if (entries.some(({ path }) => /^[^./][^/]*\.(tf|tofu)(\.json)?$/.test(path))) return
  const rootNames = new Set(
    entries.map(({ path }) => path.split('/')).map(([name, ...rest]) => (rest.length > 0 ? `${name}/` : name!)),
  )
  throw noConfiguration([...rootNames].slice(0, 5).map(shown))
}
