/** What runs in the background, watched and ended through the API, and imports that are started there. */
import { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { CatalogueImport, JobParams, JobRun, JobRunWithProblems } from '@cadastre/contract/jobs'
import { PageQuery, page } from '@cadastre/contract/paging'
import * as z from 'zod'
import { asker } from '../access/asker.ts'
import { permitInOrganization } from '../access/permit.ts'
import { record } from '../audit/record.ts'
import type { App } from '../foundation/app.ts'
import { transaction } from '../foundation/database/database.ts'
import type { Api } from '../foundation/http/api.ts'
import { pageOf, readCursor } from '../foundation/http/cursor.ts'
import { asJob, cancelRun, findRun, listProblems, listRuns, type JobRun as Run } from '../foundation/job-runs.ts'
import { askForImport } from './import/job.ts'
import { jobEnded, jobNotFound } from './job.ts'

const tags = ['jobs']
const needs = 'Needs mirrors:manage on the platform.'
const shownProblems = 100
const lookEveryMs = 500
const aliveEveryMs = 10_000
/** Whoever lost the connection comes back after so long. */
const againMs = 1_000

export function jobsApi(api: Api, app: App) {
  api.post(
    '/catalogue/imports',
    {
      schema: {
        summary: `Import a public registry into the catalogue, or what has changed in it. ${needs}`,
        description: 'Answers at once with the run, which `/jobs/:id` and its events tell more of.',
        tags,
        body: CatalogueImport,
        response: { 202: JobRun },
      },
    },
    async (request, reply) => {
      permitInOrganization(request.caller, 'mirrors:manage')
      const id = await askForImport(app, asker(request), request.body)
      return reply.code(202).send(asJob(await getRun(app, id)))
    },
  )

  api.get(
    '/jobs',
    {
      schema: {
        summary: `Runs, newest first. ${needs}`,
        tags,
        querystring: PageQuery,
        response: { 200: page(JobRun) },
      },
    },
    async ({ caller, query: { cursor, limit } }) => {
      permitInOrganization(caller, 'mirrors:manage')
      const [createdAtUs, id] = readCursor(cursor, z.string().regex(/^[\da-f-]{1,36}$/))
      const before = createdAtUs && id && isCursor(createdAtUs, id) ? { createdAtUs, id } : undefined
      const found = await listRuns(app.db, limit + 1, before)
      return pageOf(found, limit, asJob, (row) => [row.createdAtUs, row.id])
    },
  )

  api.get(
    '/jobs/:id',
    { schema: { summary: `A run. ${needs}`, tags, params: JobParams, response: { 200: JobRunWithProblems } } },
    async ({ caller, params: { id } }) => {
      permitInOrganization(caller, 'mirrors:manage')
      const run = await getRun(app, id)
      return { ...asJob(run), problems: await listProblems(app.db, id, shownProblems) }
    },
  )

  api.delete(
    '/jobs/:id',
    {
      schema: {
        summary: `End a run before its end. What it has done by then stays. ${needs}`,
        tags,
        params: JobParams,
        response: { 200: JobRun },
      },
    },
    async (request) => {
      const { id } = request.params
      permitInOrganization(request.caller, 'mirrors:manage')
      const { kind, subject } = await getRun(app, id)
      await transaction(app.db, async (tx) => {
        if (!(await cancelRun(tx, id))) throw jobEnded(id)
        await record(tx, { kind: 'job.cancelled', by: asker(request), subject, details: { id, kind } })
      })
      return asJob(await getRun(app, id))
    },
  )

  api.get(
    '/jobs/:id/events',
    {
      schema: {
        summary: `A run as it goes on, as server-sent events until its end. ${needs}`,
        description: 'Each event, `run`, is the run as `/jobs/:id` says it.',
        tags,
        params: JobParams,
        produces: ['text/event-stream'],
        response: { 200: z.unknown() },
      },
    },
    async ({ caller, params: { id } }, reply) => {
      permitInOrganization(caller, 'mirrors:manage')
      await getRun(app, id)
      return reply
        .header('content-type', 'text/event-stream')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .send(Readable.from(events(app, id)))
    },
  )
}

async function* events(app: App, id: string): AsyncGenerator<string> {
  let [said, saidAt] = ['', 0]
  yield `retry: ${againMs}\n\n`
  while (!app.stopping()) {
    const run = await findRun(app.db, id)
    if (!run) return
    const data = JSON.stringify(asJob(run))
    const now = performance.now()
    if (data !== said) yield `event: run\ndata: ${data}\n\n`
    else if (now - saidAt > aliveEveryMs) yield ': still there\n\n'
    if (data !== said || now - saidAt > aliveEveryMs) [said, saidAt] = [data, now]
    if (run.state !== 'waiting' && run.state !== 'running') return
    await setTimeout(lookEveryMs, undefined, { ref: false })
  }
}

const isCursor = (createdAtUs: string, id: string) => /^\d{1,18}$/.test(createdAtUs) && z.uuid().safeParse(id).success

async function getRun(app: App, id: string): Promise<Run> {
  const run = await findRun(app.db, id)
  if (!run) throw jobNotFound(id)
  return run
}
