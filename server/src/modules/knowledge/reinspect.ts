/**
 * Versions that nobody has read yet, or that an older inspector read, are read again: one run for all of them, which any
 * server does, and which is gone on with where it stood when that server dies.
 */
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import { type Caller, system } from '../../access/caller.ts'
import type { App } from '../../foundation/app.ts'
import { transaction } from '../../foundation/database/database.ts'
import {
  findLastRun,
  findResumable,
  findUnfinished,
  finishRun,
  insertProblems,
  insertRun,
  listDeadRuns,
  noteProgress,
  startRun,
} from '../../foundation/job-runs.ts'
import { Refusal } from '../../foundation/refusal.ts'
import { onlyPromised } from '../../foundation/storage/digest.ts'
import { measureAgain, measureSuccessors } from '../interface-diff/measure.ts'
import { moduleText } from '../module.ts'
import { archiveKey } from '../stored-archives.ts'
import { refreshDescription } from '../write-queries.ts'
import { openStored } from './archived-files.ts'
import { inspect } from './inspect.ts'
import { inspectorVersion, notInspected } from './inspected.ts'
import { learnModule } from './learn.ts'
import { countStale, listStale, lockVersionById, type StaleVersion, type Which } from './reinspect-queries.ts'
import { asWritten, replaceKnowledge } from './write-queries.ts'

const queue = 'module-inspection'
const inspectionKind = 'modules.inspect'
const subject = 'modules'
/** A run notes each version that it read. */
const silentMs = 5 * 60 * 1000
const batch = 50
/** Starting is busy enough. */
const afterStartMs = 3_000

type Wanted = { runId: string }
type Progress = { done: number; total: number; failed: number }

export function inspectionJobs(app: App): void {
  app.jobs.worker<Wanted>(queue, (wanted) => runInspection(app, wanted))
  app.jobs.chore('read modules again that an older inspector read', () => inspectStale(app))
  // After an upgrade nobody wants to wait for the next round of chores.
  setTimeout(() => {
    inspectStale(app).catch((error) => app.log.warn({ error: error.message }, 'stale modules were not looked for'))
  }, afterStartMs).unref()
}

async function inspectStale(app: App): Promise<void> {
  for (const { id } of await listDeadRuns(app.db, inspectionKind, silentMs))
    await transaction(app.db, (tx) => app.jobs.enqueue(tx, queue, { runId: id }))
  if (app.stopping() || (await countStale(app.db, { failedToo: false })) === 0) return
  const last = await findLastRun(app.db, inspectionKind, subject)
  // Whoever ended it does not want it to begin again by itself.
  const isUnwanted = last?.state === 'cancelled' && last.options.inspectorVersion === inspectorVersion
  if (!isUnwanted) await askForInspection(app, system, { failedToo: false })
}

/** @returns the run that does it, which may be one that others asked for */
export function askForInspection(app: App, caller: Caller, which: Which): Promise<string> {
  return transaction(app.db, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('module inspections'))`.execute(tx)
    const unfinished = await findUnfinished(tx, inspectionKind)
    if (unfinished) return unfinished
    const runId = await insertRun(tx, {
      kind: inspectionKind,
      subject: 'modules',
      options: which,
      startedBy: caller.name,
    })
    await app.jobs.enqueue(tx, queue, { runId })
    return runId
  })
}

async function runInspection(app: App, { runId }: Wanted): Promise<void> {
  const run = await findResumable(app.db, runId)
  if (!run || (run.state !== 'waiting' && run.state !== 'running')) return
  const which = run.options as Which
  const before = run.resumeAt as { afterId: string; progress: Progress } | null
  const progress = before?.progress ?? { done: 0, total: await countStale(app.db, which), failed: 0 }
  let afterId = before?.afterId ?? '0'
  try {
    await startRun(app.db, runId)
    for (let found = await listStale(app.db, which, afterId, batch); found.length > 0; ) {
      for (const version of found) {
        if (app.stopping()) return await transaction(app.db, (tx) => app.jobs.enqueue(tx, queue, { runId }))
        afterId = version.versionId
        if (!(await readAgain(app, runId, version, progress))) return
      }
      found = await listStale(app.db, which, afterId, batch)
    }
    await finishRun(app.db, runId, { state: 'done', report: progress })
    app.log.info({ ...progress }, `read ${progress.done} module versions again`)
  } catch (error) {
    if (app.stopping()) return await transaction(app.db, (tx) => app.jobs.enqueue(tx, queue, { runId }))
    await finishRun(app.db, runId, { state: 'failed', error: (error as Error).message })
    app.log.warn({ error: (error as Error).message }, 'reading modules again ended early')
  }
}

/** @returns false when somebody has cancelled the run */
async function readAgain(app: App, runId: string, version: StaleVersion, progress: Progress): Promise<boolean> {
  const known = await inspectStored(app, version)
  const path = `${moduleText(version)} ${version.version}`
  const written = asWritten(known)
  const isWanted = await transaction(app.db, async (tx) => {
    progress.done += 1
    if (known.state === 'failed') {
      progress.failed += 1
      await insertProblems(tx, runId, [{ path, reason: known.diagnostics[0]?.message ?? '' }])
    }
    if (await lockVersionById(tx, version.versionId)) {
      await replaceKnowledge(tx, version.versionId, written)
      await learnModule(tx, version.moduleId)
      await measureAgain(tx, version, version.versionId)
      await refreshDescription(tx, version.moduleId)
    }
    return noteProgress(tx, runId, progress, { afterId: version.versionId, progress })
  })
  await measureSuccessors(app.db, version, version.versionId)
  return isWanted
}

/** @throws when the store does not answer: then nothing is known of the version, and it is tried again later */
async function inspectStored(app: App, version: StaleVersion) {
  const path = join(app.uploads, `${randomUUID()}.inspected`)
  try {
    const { sha256, sizeBytes } = version
    const source = await openStored(app, { ...version, state: 'active' }, sha256)
    await pipeline(
      source,
      onlyPromised(archiveKey(sha256), { sha256, sizeBytes }),
      createWriteStream(path, { mode: 0o600 }),
    )
    return await inspect(app, path, version)
  } catch (error) {
    if (error instanceof Refusal && ['archive-not-found', 'archive-altered'].includes(error.code))
      return notInspected(error.message)
    throw error
  } finally {
    await rm(path, { force: true })
  }
}
