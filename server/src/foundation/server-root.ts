/** The folder of the server workspace, the same from sources, from the bundle and inside the image. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

function findUpwards(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'migrations', '0001_registry.sql'))) return folder
    if (folder === dirname(folder)) throw new Error(`The server's migrations folder was not found above ${from}.`)
  }
}

export const serverRoot = findUpwards(dirname(fileURLToPath(import.meta.url)))
