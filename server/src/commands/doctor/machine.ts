/** This machine: the data folder, and the room that is left on its disk. */
import { access, constants, stat, statfs } from 'node:fs/promises'
import type { Config } from '../../foundation/config/settings.ts'
import { type Finding, failed, ok, warning } from './finding.ts'

const littleBytes = 2 * 1024 ** 3
const noneBytes = 200 * 1024 ** 2

export async function checkDataFolder({ data_dir, storage }: Config): Promise<Finding[]> {
  const check = 'data_dir'
  const found = await stat(data_dir).catch(() => undefined)
  if (!found) return [ok(check, `${data_dir} is not there yet: the first start makes it.`)]
  if (!found.isDirectory()) return [failed(check, `${data_dir} is not a folder.`, 'Set data_dir to one.')]
  return [await folderFinding(data_dir, found.uid), await roomIn(data_dir), ...(await roomOfStorage(data_dir, storage))]
}

async function folderFinding(folder: string, owner: number): Promise<Finding> {
  const check = 'data_dir'
  const isMine = await access(folder, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  )
  if (!isMine) return failed(check, `${folder} cannot be written to.`, `Run this as the user that runs the registry.`)
  if (isOthers(owner))
    return warning(
      check,
      `${folder} belongs to the user ${owner}, and this runs as another.`,
      'Run this as the user that runs the registry: what is said here of files may be different for it.',
    )
  return ok(check, `${folder} can be written to.`)
}

/** Windows has no such users. */
export const isOthers = (owner: number) => process.getuid !== undefined && process.getuid() !== owner

async function roomIn(folder: string): Promise<Finding> {
  const check = 'disk'
  const { bavail, bsize, blocks } = await statfs(folder)
  const free = bavail * bsize
  const says = `${(free / 1024 ** 3).toFixed(1)} GiB of ${((blocks * bsize) / 1024 ** 3).toFixed(0)} GiB are free for ${folder}.`
  if (free < noneBytes) return failed(check, says, 'Make room at once: uploads fail, and the database stops.')
  return free < littleBytes ? warning(check, says, 'Make room soon.') : ok(check, says)
}

/** Of archives on another disk. */
async function roomOfStorage(dataDir: string, { default_backend, local }: Config['storage']): Promise<Finding[]> {
  const there = default_backend === 'local' ? await stat(local.base_path).catch(() => undefined) : undefined
  return there && there.dev !== (await stat(dataDir)).dev ? [await roomIn(local.base_path)] : []
}
