/** Files that were begun and never finished: known by their age, since a process that still writes may not be ours. */
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Removes the files right below `folder` that nobody has written to for that long. @returns how many went */
export async function removeOldFiles(folder: string, olderThanMs: number): Promise<number> {
  const before = Date.now() - olderThanMs
  let removed = 0
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (!found || found.mtimeMs > before) continue
    await rm(path, { force: true })
    removed += 1
  }
  return removed
}
