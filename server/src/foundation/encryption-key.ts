/** The registry's one secret: from the settings, or made in `data_dir` beside the embedded database that it belongs to. */
import { randomBytes } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from './config/settings.ts'

export async function encryptionKey(config: Config): Promise<string> {
  if (config.security.encryption_key) return config.security.encryption_key
  const path = join(config.data_dir, 'encryption-key')
  return (await read(path)) ?? (await make(path))
}

async function make(path: string): Promise<string> {
  const draft = `${path}.${process.pid}`
  await writeFile(draft, randomBytes(32).toString('base64'), { mode: 0o600 })
  // A link either makes the file whole or finds another process's.
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(draft, { force: true })
  return (await read(path))!
}

async function read(path: string): Promise<string | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  return text?.trim() || undefined
}
