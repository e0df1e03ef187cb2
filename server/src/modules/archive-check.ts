/** An uploaded archive after the worker has opened it, checked it and written its normal form. */
import { rm } from 'node:fs/promises'
import { isSettings, isState } from '@cadastre/contract/module-files'
import type { App } from '../foundation/app.ts'
import { type OpenedArchive, openedPath } from './archive.ts'
import { archiveTooExpensive } from './archive-refusals.ts'

export type CheckedArchive = {
  sha256: string
  contentSha256: string
  sizeBytes: number
  /** files that hold the state of a configuration */
  stateFiles: string[]
  /** files that say where and as whom it is published */
  settingsFiles: string[]
  /** the stored form */
  path: string
  remove(): Promise<void>
}

const deadlineMs = 120_000

/** @throws Refusal naming what is wrong with the archive; nothing is left then */
export async function checkedArchive(app: App, file: string): Promise<CheckedArchive> {
  const options = { deadlineMs, overspent: archiveTooExpensive() }
  const opened = await app.workers
    .run<OpenedArchive>('modules.open-archive', { file }, options)
    .catch(async (error) => {
      // A worker that was stopped half-way could not clean up.
      await rm(openedPath(file), { force: true })
      throw error
    })
  return {
    sha256: opened.sha256,
    contentSha256: opened.contentSha256,
    sizeBytes: opened.sizeBytes,
    stateFiles: opened.files.filter(isState),
    settingsFiles: opened.files.filter(isSettings),
    path: opened.path,
    remove: () => rm(opened.path, { force: true }),
  }
}
