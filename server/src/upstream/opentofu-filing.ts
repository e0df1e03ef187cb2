/** What lies where in the folder of an OpenTofu registry: an address for each file, in an order that stays. */
import { type Dirent, readdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import { firstLetter } from './opentofu-layout.ts'
import type { ItemAddress, Only } from './source.ts'

export type FiledEntry = {
  path: string
  position: string
  address?: ItemAddress
  /** something is odd about where it lies */
  problem?: string
  /** so odd that it is not read */
  skipped?: boolean
}

/** The folders of one namespace: more than one when they differ in case, or lie under a wrong letter. */
type NamespaceFolders = { namespace: string; folders: { path: string; misplaced: boolean }[] }

const part = /^[a-z0-9][a-z0-9._-]{0,127}$/

export function* namespacesOf(folder: string, kind: Only): Generator<NamespaceFolders> {
  for (const letter of plainEntries(join(folder, kind))) {
    const path = posix.join(kind, letter.name)
    if (!letter.isDirectory()) {
      yield { namespace: '', folders: [{ path, misplaced: true }] }
      continue
    }
    const byNamespace = new Map<string, NamespaceFolders['folders']>()
    for (const { name } of plainEntries(join(folder, path))) {
      const namespace = name.toLowerCase()
      const misplaced = firstLetter(namespace) !== letter.name.toLowerCase()
      const folders = byNamespace.get(namespace) ?? []
      byNamespace.set(namespace, [...folders, { path: posix.join(path, name), misplaced }])
    }
    for (const namespace of [...byNamespace.keys()].sort()) {
      yield { namespace, folders: byNamespace.get(namespace)! }
    }
  }
}

export function filesOf(folder: string, kind: Only, { namespace, folders }: NamespaceFolders) {
  const found: FiledEntry[] = []
  for (const { path, misplaced } of folders) {
    for (const file of filesBelow(folder, path)) {
      found.push(misplaced ? lostFile(kind, namespace, file) : filed(kind, namespace, path, file))
    }
  }
  found.sort((a, b) => compare(a.position, b.position) || a.path.length - b.path.length)
  return found.map((entry, index) => withoutTwin(entry, found[index - 1]))
}

export const isAfter = (position: string, after: string) => compare(position, after) > 0

/** @returns what is there by name, in order; nothing where there is no such folder */
export function plainEntries(path: string): Dirent[] {
  return (entriesOf(path) ?? []).sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Links are not followed: they may lead anywhere. */
function filesBelow(folder: string, path: string): string[] {
  const entries = entriesOf(join(folder, path))
  if (entries === undefined) return [path]
  return entries.flatMap((entry) => {
    const found = posix.join(path, entry.name)
    if (entry.isDirectory()) return filesBelow(folder, found)
    return entry.isFile() ? found : `${found}@`
  })
}

function entriesOf(path: string): Dirent[] | undefined {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}

function filed(kind: Only, namespace: string, base: string, path: string): FiledEntry {
  if (path.endsWith('@')) return { ...lostFile(kind, namespace, path.slice(0, -1)), problem: 'is a link: not followed' }
  const parts = path.slice(base.length + 1).split('/')
  const wanted = kind === 'modules' ? 2 : 1
  // Some files lie one folder too deep, in one that repeats the namespace.
  const isDeep = parts.length === wanted + 1 && parts[0]!.toLowerCase() === namespace
  const address = addressOf(kind, namespace, isDeep ? parts.slice(1) : parts)
  if (!address) return lostFile(kind, namespace, path)
  return {
    path,
    position: [kind, ...Object.values(address).slice(1)].join('/'),
    address,
    ...(isDeep ? { problem: 'lies one folder too deep: taken all the same' } : {}),
  }
}

function addressOf(kind: Only, namespace: string, parts: string[]): ItemAddress | undefined {
  const names = parts.map((name) => name.toLowerCase())
  if (!names.at(-1)?.endsWith('.json')) return undefined
  names.push(names.pop()!.slice(0, -'.json'.length))
  if (![namespace, ...names].every((name) => part.test(name))) return undefined
  if (kind === 'modules' && names.length === 2) return { kind: 'module', namespace, name: names[0]!, system: names[1]! }
  if (kind === 'providers' && names.length === 1) return { kind: 'provider', namespace, type: names[0]! }
  return undefined
}

const lostFile = (kind: Only, namespace: string, path: string): FiledEntry => ({
  path,
  position: [kind, namespace, ...path.split('/').slice(3)].join('/'),
  problem: 'lies where no module or provider does: skipped',
  skipped: true,
})

/** Of two files for one address the one that lies where it should comes first. */
function withoutTwin(entry: FiledEntry, before: FiledEntry | undefined): FiledEntry {
  if (!entry.address || !before?.address || entry.position !== before.position) return entry
  return { ...entry, problem: `is for the same address as ${before.path}: skipped`, skipped: true }
}

/** Part by part, as a folder is read. */
function compare(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')]
  for (const [index, one] of left.entries()) {
    const other = right[index]
    if (other === undefined) return 1
    if (one !== other) return one < other ? -1 : 1
  }
  return left.length - right.length
}
