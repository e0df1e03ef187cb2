/** The import of a whole registry: batch by batch, so that it can be killed at any moment and go on from there. */
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Asker } from '../../access/asker.ts'
import type { Visibility } from '../../access/permit.ts'
import { record } from '../../audit/record.ts'
import { announce } from '../../foundation/database/changes.ts'
import { type Tx, transaction } from '../../foundation/database/database.ts'
import type { OwnConnection } from '../../foundation/database/own-connection.ts'
import {
  endDeadRuns,
  findLastRun,
  findResumable,
  finishRun,
  insertProblems,
  insertRun,
  putBack,
  startRun,
} from '../../foundation/job-runs.ts'
import { markModulesGone, prepareModuleStaging } from '../../modules/catalogued-queries.ts'
import { deleteDocuments, prepareDocumentStaging } from '../../organizations/documents.ts'
import { markProvidersGone, prepareProviderStaging } from '../../providers/catalogued-queries.ts'
import { keyIdOf } from '../../upstream/armored-key.ts'
import type { ItemAddress, Only, Source } from '../../upstream/source.ts'
import { jobCancelled } from '../job.ts'
import { catalogueTopic } from '../topic.ts'
import { upstreamKey } from '../upstream-documents.ts'
import { batchesOf } from './batches.ts'
import { mergeBatch, type Run } from './merge-batch.ts'
import {
  forgetMet,
  hasMet,
  importKind,
  type KeyRow,
  keepSource,
  mergeKeys,
  noteImported,
  tryLock,
  unlock,
} from './queries.ts'
import { emptyReport, type ImportProgress, type ImportReport } from './report.ts'

export type ImportRequest = {
  source: Source
  hostname: string
  only?: Only
  /** go on where the one before was ended */
  resume?: boolean
  /** of the namespaces of this registry; undefined: as it was, and internal at first */
  visibility?: Visibility
  asker: Asker
  /** of a run that waits to be started */
  runId?: string
  /** items of one batch, at most */
  atOnce?: number
  watch?(progress: ImportProgress): void
  /** asked after each batch: is this process to end, and the run to wait for another? */
  interrupted?(): boolean
  /** told once when another import of the same registry is under way */
  waits?(): void
}

export type Imported = { runId: string; resumed: boolean; report: ImportReport }

/** The run waits again, and whoever takes it goes on where this one was. */
export class Interrupted extends Error {}

const toEnd = 'The process that imported was to end.'
const lockRetryMs = 300

export async function importSource(own: OwnConnection, request: ImportRequest): Promise<Imported> {
  const { source, hostname } = request
  await takeTurn(own, request)
  try {
    await transaction(own.db, async (tx) => {
      await keepSource(tx, hostname, source, request.visibility)
      // Who may see it holds from now on, whatever there is to import.
      await announce(tx, catalogueTopic(hostname))
    })
    const begun = await beginRun(own, request)
    try {
      const report = await runThrough(own, request, begun)
      return { runId: begun.run.id, resumed: begun.after !== undefined, report }
    } catch (error) {
      if (error instanceof Interrupted) await putBack(own.db, begun.run.id)
      else await finishRun(own.db, begun.run.id, { state: 'failed', error: (error as Error).message }).catch(() => {})
      throw error
    }
  } finally {
    await unlock(own.db, hostname).catch(() => {})
  }
}

async function runThrough(own: OwnConnection, request: ImportRequest, { run: begun, after }: Begun) {
  const { source, hostname, only, watch } = request
  await prepareSession(own)
  let run = begun
  watch?.(run.progress)
  for await (const batch of batchesOf(source.entries({ only, after }), request.atOnce)) {
    run = await mergeBatch(own, run, batch)
    watch?.(run.progress)
    if (request.interrupted?.()) throw new Interrupted(toEnd)
  }
  const { report } = run
  const keys = only === 'modules' ? undefined : await readKeys(source)
  const blacklist = await source.blacklist()
  await transaction(own.db, async (tx) => {
    if (keys) {
      report.keys = await mergeKeys(tx, hostname, keys.rows)
      report.problems += keys.problems.length
      await insertProblems(tx, run.id, keys.problems)
    }
    await markGone(tx, run, only)
    await forgetMet(tx, run.id)
    await noteImported(tx, hostname, blacklist)
    await announce(tx, catalogueTopic(hostname))
    await record(tx, {
      kind: 'catalogue.imported',
      by: request.asker,
      subject: hostname,
      details: { source: source.address, ...(only === undefined ? {} : { only }), ...report },
    })
    await finishRun(tx, run.id, { state: 'done', report })
  })
  return report
}

/** A lost crash of the database takes the last batches and what is noted of them alike, so nobody waits for its disk. */
async function prepareSession({ db }: OwnConnection): Promise<void> {
  await sql`set synchronous_commit = off`.execute(db)
  await sql`set jit = off`.execute(db)
  // Of tables that fill up as we go the planner has no numbers yet, and would read them from end to end.
  await sql`set enable_seqscan = off`.execute(db)
  await prepareModuleStaging(db)
  await prepareProviderStaging(db)
  await prepareDocumentStaging(db)
}

async function takeTurn(own: OwnConnection, { hostname, waits, interrupted, runId }: ImportRequest): Promise<void> {
  if (await tryLock(own.db, hostname)) return
  waits?.()
  while (!(await tryLock(own.db, hostname))) {
    await setTimeout(lockRetryMs)
    if (interrupted?.()) throw new Interrupted(toEnd)
    if (runId) await refuseEnded(own, runId)
  }
}

async function refuseEnded(own: OwnConnection, runId: string): Promise<void> {
  const run = await findResumable(own.db, runId)
  if (run?.state !== 'waiting' && run?.state !== 'running') throw jobCancelled()
}

type Begun = { run: Run; after: string | undefined }

/** Whoever holds the lock of the registry knows that no other run of it is alive. */
async function beginRun(own: OwnConnection, request: ImportRequest): Promise<Begun> {
  const { source, hostname, only, asker, runId } = request
  const options = { source: source.address, only: only ?? null }
  if (runId) await refuseEnded(own, runId)
  const before = await runToResume(own, request)
  const id =
    before?.id ??
    runId ??
    (await insertRun(own.db, { kind: importKind, subject: hostname, options, startedBy: asker.caller.name }))
  await endDeadRuns(own.db, importKind, hostname, id)
  await startRun(own.db, id)
  if (before) {
    const { position, report } = before.resumeAt as { position: string; report: ImportReport }
    return { run: { id, hostname, report, progress: before.progress as ImportProgress }, after: position }
  }
  const totals = await source.totals(only)
  const total = totals ? totals.modules + totals.providers : null
  return { run: { id, hostname, report: emptyReport(), progress: { done: 0, total } }, after: undefined }
}

/** The run that somebody asked for when it was begun before, or the last one when it was ended before its end. */
async function runToResume(own: OwnConnection, { source, hostname, only, resume, runId }: ImportRequest) {
  const last = runId
    ? await findResumable(own.db, runId)
    : resume
      ? await findLastRun(own.db, importKind, hostname)
      : undefined
  if (!last || last.state === 'done' || last.resumeAt === null) return undefined
  const { options } = last
  return options.source === source.address && options.only === (only ?? null) ? last : undefined
}

async function readKeys(source: Source) {
  const rows: KeyRow[] = []
  const problems: { path: string; reason: string }[] = []
  const positions = new Map<string, number>()
  for await (const { path, namespace, type, filename, armored, problem } of source.keys()) {
    const keyId = keyIdOf(armored)
    if (problem !== undefined || keyId === undefined) {
      problems.push({ path, reason: problem ?? 'is no public key: skipped' })
      continue
    }
    const owner = `${namespace}/${type}`
    const position = positions.get(owner) ?? 0
    positions.set(owner, position + 1)
    rows.push({ namespace, type, position, filename, keyId, armored })
  }
  return { rows, problems }
}

/** Only when the whole source was read. A source without a single one of a kind is broken rather than empty. */
async function markGone(tx: Tx, run: Run, only?: Only): Promise<void> {
  for (const kind of ['module', 'provider'] as const) {
    if (only !== undefined && only !== `${kind}s`) continue
    if (run.report.incomplete.includes(`${kind}s`)) continue
    if (!(await hasMet(tx, run.id, kind))) continue
    const mark = kind === 'module' ? markModulesGone : markProvidersGone
    const gone = await mark(tx, run.hostname, run.id)
    run.report[`${kind}s`].gone += gone.length
    await deleteDocuments(
      tx,
      gone.map((address) => upstreamKey(run.hostname, addressOf(kind, address))),
    )
  }
}

function addressOf(kind: 'module' | 'provider', text: string): ItemAddress {
  const [namespace = '', name = '', system = ''] = text.split('/')
  return kind === 'module' ? { kind, namespace, name, system } : { kind, namespace, type: name }
}
