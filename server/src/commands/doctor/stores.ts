/** Every store that the settings name, tried with what the registry does to it. */
import { stat } from 'node:fs/promises'
import type { Config } from '../../foundation/config/settings.ts'
import type { Log } from '../../foundation/log.ts'
import { openStorages, type Storages } from '../../foundation/storage/open.ts'
import type { BackendName } from '../../foundation/storage/storage.ts'
import { checkStore } from '../../operations/storage-check.ts'
import { type Finding, failed, ok, warning } from './finding.ts'
import { isOthers } from './machine.ts'

export async function checkStorages({ storage }: Config, log: Log): Promise<Finding[]> {
  const local = await stat(storage.local.base_path).catch(() => undefined)
  // Whoever only looks makes no folder, and leaves nothing in one that the registry could not remove.
  if (storage.default_backend === 'local') {
    if (!local) return [ok(nameOf('local'), `${storage.local.base_path} is not there yet: the first start makes it.`)]
    if (isOthers(local.uid)) return [notTried(storage.local.base_path)]
  }
  const storages = await openStorages(storage)
  const tried = storages.configured.filter((backend) => backend !== 'local' || (local && !isOthers(local.uid)))
  return Promise.all(tried.map((backend) => tryOut(storages, backend, log)))
}

async function tryOut(storages: Storages, backend: BackendName, log: Log): Promise<Finding> {
  const steps = await checkStore({ storages, log }, backend)
  const broken = steps.find(({ ok }) => !ok)
  const use = storages.current.backend === backend ? 'new archives go there' : 'old archives may lie there'
  if (broken)
    return failed(
      nameOf(backend),
      `${broken.step}: ${broken.detail}`,
      `Check storage.${backend} in the settings; ${use}.`,
    )
  return ok(nameOf(backend), `An object was written, read, listed and deleted; ${use}.`)
}

const notTried = (folder: string) =>
  warning(
    nameOf('local'),
    `${folder} belongs to another user, and was not tried.`,
    'Run this as the user that runs the registry.',
  )

const nameOf = (backend: BackendName) => `storage ${backend}`
