/** Opens archives as a worker would, each in a folder of its own, and looks at what is there afterwards. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { Refusal } from '../src/foundation/refusal.ts'
import { archiveLimits, type OpenedArchive, openArchive } from '../src/modules/archive.ts'

export type Opened = OpenedArchive & { stored: Buffer }

/** @throws what opening throws, or an error when anything but the upload and its stored form is there then */
export async function opened(archive: Buffer, limits = archiveLimits): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'cadastre-archive-'))
  const inside = join(folder, 'uploads')
  try {
    await mkdir(inside)
    await writeFile(join(inside, 'upload'), archive)
    const answer = await openArchive(join(inside, 'upload'), limits).catch(async (error) => {
      await expectOnly(folder, ['uploads', 'uploads/upload'])
      throw error
    })
    await expectOnly(folder, ['uploads', 'uploads/upload', 'uploads/upload.tar.gz'])
    return { ...answer, stored: await readFile(answer.path) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The code it is refused with, or `accepted`. @throws when it is neither, or something was left behind */
export async function verdictOn(archive: Buffer, limits = archiveLimits): Promise<string> {
  try {
    await opened(archive, limits)
    return 'accepted'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

export type Listed = { path: string; mode: string; content?: string; target?: string }

/** What somebody else's tar reader finds in a stored form. */
export async function listed({ stored }: { stored: Buffer }): Promise<Listed[]> {
  const found: Listed[] = []
  const reader = extract()
  Readable.from([stored]).pipe(createGunzip()).pipe(reader)
  for await (const entry of reader) {
    const pieces: Buffer[] = []
    for await (const piece of entry) pieces.push(piece as Buffer)
    const { name: path, mode = 0, type, linkname: target } = entry.header
    const rest = type === 'symlink' ? { target: target! } : { content: Buffer.concat(pieces).toString() }
    found.push({ path, mode: mode.toString(8), ...rest })
  }
  return found
}

async function expectOnly(folder: string, expected: string[]): Promise<void> {
  const found = (await readdir(folder, { recursive: true })).sort()
  if (found.join() !== expected.join()) throw new Error(`left behind: ${found.join(', ')}`)
}
