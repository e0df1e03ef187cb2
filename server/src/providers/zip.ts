/**
 * Opens the zip of a provider, checks it and computes its hashes. Runs in a worker, and unpacks in memory, piece by piece:
 * nothing of the zip is written anywhere.
 */
import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { allBytes, bytesOf } from '../foundation/archive/bytes.ts'
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
import { zipEntries } from '../foundation/archive/zip.ts'
import { zipNotRecognised, zipWithLink, zipWithoutProvider } from './zip-refusals.ts'

export type InspectedZip = {
  /** over every entry, folders included: what clients compare with the answer of a mirror */
  h1: string
  /** over the files alone: what clients write into lock files */
  h1Unpacked: string
  /** the file at the root that clients start */
  binary: string
  entries: number
  unpackedBytes: number
}

export const zipLimits: ArchiveLimits = {
  entries: 10_000,
  unpackedBytes: 4 * 1024 ** 3,
  ratio: 200,
  ratioFromBytes: 1024 ** 2,
}

/** @throws Refusal naming what is wrong with the zip */
export async function inspectZip(input: { file: string; type: string }, limits = zipLimits): Promise<InspectedZip> {
  const file = await open(input.file, 'r')
  try {
    const sentBytes = (await file.stat()).size
    await checkIsZip(file, sentBytes)
    const found = placed(await zipEntries(file, sentBytes, limits))
    checkNamesAreApart(found)
    const unpackedBytes = found.reduce((sum, { entry }) => sum + entry.sizeBytes, 0)
    checkUnpacked(unpackedBytes, sentBytes, limits)
    const binary = binaryIn(found, input.type)
    return { ...(await hashesOf(found)), binary, entries: found.length, unpackedBytes }
  } finally {
    await file.close()
  }
}

/** @param path where the entry lies once it is unpacked */
type Placed = { entry: ArchiveEntry; path: string }

/** With other bytes in front, programs differ in where a zip begins. */
async function checkIsZip(file: FileHandle, sentBytes: number): Promise<void> {
  const magic = (await allBytes(bytesOf(file, 0, Math.min(4, sentBytes)))).toString('hex')
  if (magic !== '504b0304' && magic !== '504b0506') throw zipNotRecognised()
}

function placed(entries: ArchiveEntry[]): Placed[] {
  return entries.map((entry) => {
    const path = pathIn(entry.name)
    if (entry.kind === 'symlink') throw zipWithLink(path)
    if (entry.kind === 'file' && path === '') throw archiveBroken(`${shown(entry.name)} is no name for a file`)
    if (entry.kind !== 'file' && entry.kind !== 'folder') throw specialFile(entry.name)
    return { entry, path }
  })
}

/** Unpacked on macOS or Windows it must be the same provider as on Linux. */
function checkNamesAreApart(found: Placed[]): void {
  const names = new Map<string, string>()
  const files = new Map<string, string>()
  for (const { entry, path } of found) {
    const other = names.get(folded(path))
    if (other === path) throw pathTwice(path)
    if (other !== undefined) throw pathsAlike(path, other)
    names.set(folded(path), path)
    if (entry.kind === 'file') files.set(folded(path), path)
  }
  for (const path of names.keys()) {
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      const file = files.get(path.slice(0, end))
      if (file !== undefined) throw fileAndFolder(file)
    }
  }
}

/** Clients start the first file at the root, by name, that is called like this with nothing, "_…" or ".…" behind. */
function binaryIn(found: Placed[], type: string): string {
  const prefix = `terraform-provider-${type}`
  const atRoot = found.filter(({ entry, path }) => entry.kind === 'file' && !path.includes('/')).map(({ path }) => path)
  const started = inByteOrder(atRoot, (path) => path).find(
    (path) => path.startsWith(prefix) && ['', '_', '.'].includes(path.slice(prefix.length, prefix.length + 1)),
  )
  const rest = started?.slice(prefix.length)
  if (started === undefined || (rest!.startsWith('.') && rest !== '.exe'))
    throw zipWithoutProvider(prefix, rootOf(found))
  return started
}

function rootOf(found: Placed[]): string[] {
  const names = found
    .filter(({ path }) => path !== '')
    .map(({ entry, path }) => (entry.kind === 'folder' ? `${path}/` : path))
  return [...new Set(names.map((name) => name.slice(0, name.indexOf('/') + 1) || name))]
}

/** Those of a lock file. Each content is read once for both. */
async function hashesOf(found: Placed[]): Promise<{ h1: string; h1Unpacked: string }> {
  const all: Hashed[] = []
  const unpacked: Hashed[] = []
  for (const { entry, path } of found) {
    const hash = createHash('sha256')
    for await (const piece of entry.content()) hash.update(piece)
    const sha256 = hash.digest('hex')
    all.push({ name: entry.name, sha256 })
    if (entry.kind === 'file') unpacked.push({ name: Buffer.from(path), sha256 })
  }
  return { h1: h1Of(all), h1Unpacked: h1Of(unpacked) }
}

type Hashed = { name: Buffer; sha256: string }

function h1Of(hashed: Hashed[]): string {
  const hash = createHash('sha256')
  for (const { name, sha256 } of inByteOrder(hashed, ({ name }) => name)) hash.update(`${sha256}  ${name}\n`)
  return `h1:${hash.digest('base64')}`
}
