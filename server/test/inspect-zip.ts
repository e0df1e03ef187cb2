/** Inspects zips of providers as a worker would, each in a folder of its own in which nothing may be left. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Refusal } from '../src/foundation/refusal.ts'
import { type InspectedZip, inspectZip, zipLimits } from '../src/providers/zip.ts'

export async function inspected(bytes: Buffer, { type = 'fake', limits = zipLimits } = {}): Promise<InspectedZip> {
  const folder = await mkdtemp(join(tmpdir(), 'cadastre-zip-'))
  try {
    const file = join(folder, 'upload')
    await writeFile(file, bytes)
    return await inspectZip({ file, type }, limits).finally(async () => {
      const found = await readdir(folder)
      if (found.length !== 1) throw new Error(`left behind: ${found.join(', ')}`)
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The code it is refused with, or `accepted`. @throws when it is neither */
export async function verdictOnZip(bytes: Buffer, options?: Parameters<typeof inspected>[1]): Promise<string> {
  try {
    await inspected(bytes, options)
    return 'accepted'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}
