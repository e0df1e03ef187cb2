/** A module folder as a tar.gz in a temporary file, so that its size is known before it is sent. */
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Pack } from 'tar-stream'
import { whenInterrupted } from './interruption.ts'
import type { ModuleFile, ModuleFolder } from './module-folder.ts'

export type ModuleArchive = { path: string; sizeBytes: number; remove(): void }

/** The same content gives the same bytes: nothing in them tells when, where or by whom they were packed. */
export async function packModule({ root, files }: ModuleFolder): Promise<ModuleArchive> {
  const folder = mkdtempSync(join(tmpdir(), 'cadastre-publish-'))
  const path = join(folder, 'module.tar.gz')
  const removeNow = () => rmSync(folder, { recursive: true, force: true })
  const forget = whenInterrupted(() => {
    removeNow()
    return undefined
  })
  function remove() {
    forget()
    removeNow()
  }
  try {
    const { pack } = await import('tar-stream')
    const tar = pack()
    await Promise.all([
      addFiles(tar, root, files).catch((error) => tar.destroy(error)),
      pipeline(tar, createGzip(), createWriteStream(path, { flags: 'wx', mode: 0o600 })),
    ])
    return { path, sizeBytes: statSync(path).size, remove }
  } catch (error) {
    remove()
    throw error
  }
}

async function addFiles(tar: Pack, root: string, files: ModuleFile[]): Promise<void> {
  for (const file of files) await addFile(tar, root, file)
  tar.finalize()
}

function addFile(tar: Pack, root: string, { path, executable, sizeBytes, target }: ModuleFile): Promise<void> {
  const header = { name: path, mode: executable ? 0o755 : 0o644, mtime: new Date(0), uid: 0, gid: 0 }
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null) => (error ? reject(error) : resolve())
    if (target !== undefined) {
      tar.entry({ ...header, type: 'symlink', linkname: target }, done)
      return
    }
    const entry = tar.entry({ ...header, size: sizeBytes }, done)
    pipeline(createReadStream(join(root, path)), entry).catch(reject)
  })
}
