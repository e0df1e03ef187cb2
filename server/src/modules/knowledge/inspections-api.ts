/** Modules are read again because somebody asks for it. */
import { JobRun } from '@cadastre/contract/jobs'
import { permitInOrganization } from '../../access/permit.ts'
import type { App } from '../../foundation/app.ts'
import type { Api } from '../../foundation/http/api.ts'
import { asJob, findRun } from '../../foundation/job-runs.ts'
import { askForInspection } from './reinspect.ts'

export function moduleInspectionsApi(api: Api, app: App) {
  api.post(
    '/modules/inspections',
    {
      schema: {
        summary: 'Read the modules that were not read yet or failed to be. Needs mirrors:manage on the platform.',
        description: 'Answers at once with the run, which `/jobs/:id` and its events tell more of.',
        tags: ['modules'],
        response: { 202: JobRun },
      },
    },
    async ({ caller }, reply) => {
      permitInOrganization(caller, 'mirrors:manage')
      const id = await askForInspection(app, caller, { failedToo: true })
      return reply.code(202).send(asJob((await findRun(app.db, id))!))
    },
  )
}
