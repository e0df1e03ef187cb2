/**
 * Opens an uploaded archive, checks it and writes it again in its stored form. Runs in a worker: it is given a path and
 * answers with one, and never creates a file under a name that an archive chose.
 */
import { type FileHandle, open, rm, unlink } from 'node:fs/promises'
import type { ArchiveLimits } from '../foundation/archive/entry.ts'
import { keptEntries, unpackedBytes } from './archive-entries.ts'
import { listArchive } from './archive-formats.ts'
import { writeNormalForm } from './archive-normal-form.ts'

export type OpenedArchive = {
  /** the stored form, beside the upload; whoever asked for it removes it */
  path: string
  /** of the stored form */
  sha256: string
  /** of the stored form before it was compressed: tells whether two archives hold the same, whichever zlib wrote them */
  contentSha256: string
  sizeBytes: number
  entries: number
  unpackedBytes: number
  files: string[]
}

export const archiveLimits: ArchiveLimits = {
  entries: 10_000,
  unpackedBytes: 1024 ** 3,
  ratio: 200,
  ratioFromBytes: 1024 ** 2,
}

/** Where the stored form goes: known beforehand, so that it can be removed when a worker was stopped half-way. */
export const openedPath = (upload: string) => `${upload}.tar.gz`

/** @throws Refusal saying what is wrong with the archive; then nothing is left beside the upload */
export async function openArchive(upload: string, limits = archiveLimits): Promise<OpenedArchive> {
  const sent = await open(upload, 'r')
  const spool = await namelessFile(`${upload}.spool`)
  try {
    const sentBytes = (await sent.stat()).size
    const entries = keptEntries(await listArchive(sent, sentBytes, spool, limits), sentBytes, limits)
    const path = openedPath(upload)
    const stored = await created(path, (file) => writeNormalForm(entries, file))
    const files = entries.map((entry) => entry.path)
    return { path, ...stored, entries: entries.length, unpackedBytes: unpackedBytes(entries), files }
  } finally {
    await spool.close()
    await sent.close()
  }
}

/** Without a name from the start: the system takes it back even when the thread is stopped. */
async function namelessFile(path: string): Promise<FileHandle> {
  const file = await open(path, 'wx+', 0o600)
  await unlink(path)
  return file
}

async function created<Result>(path: string, write: (file: FileHandle) => Promise<Result>): Promise<Result> {
  const file = await open(path, 'wx', 0o600)
  try {
    return await write(file)
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
}
