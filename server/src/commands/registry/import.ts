/** `cadastre registry import`: a whole registry into the catalogue, with a report of what was new, changed, gone, skipped and why. */
import { system } from '../../access/caller.ts'
import type { Visibility } from '../../access/permit.ts'
import { catalogueHostname } from '../../catalogue/hostname.ts'
import { describeCatalogue, isDescription } from '../../catalogue/import/describe.ts'
import { type Imported, importSource } from '../../catalogue/import/import.ts'
import { importIncomplete } from '../../catalogue/job.ts'
import type { OwnConnection } from '../../foundation/database/own-connection.ts'
import { listProblems } from '../../foundation/job-runs.ts'
import { openSource } from '../../upstream/open-source.ts'
import type { Only, Source } from '../../upstream/source.ts'
import { say } from '../say.ts'
import { onOwnConnection } from './own-database.ts'
import { showProgress } from './progress.ts'

type Options = { hostname?: string; only?: Only; resume?: boolean; visibility?: Visibility; json?: boolean }

const shownProblems = 1000

export async function importRegistry(named: string, options: Options): Promise<void> {
  await onOwnConnection(async (own, around) => {
    const { source, hostname: usual } = openSource(around, named, { trusted: true })
    const hostname = catalogueHostname(options.hostname ?? usual)
    if (await isDescription(own.db, source, hostname)) return describe(own, source, hostname, options)
    const progress = showProgress('Importing')
    const imported = await importSource(own, {
      ...options,
      source,
      hostname,
      asker: { caller: system },
      watch: progress.at,
      waits: () => process.stderr.write(`Another import of ${hostname} is under way; this one waits for it.\n`),
    }).finally(progress.end)
    const problems = await listProblems(own.db, imported.runId, shownProblems)
    if (options.json)
      say(
        JSON.stringify({
          schema: 'cadastre.registry.import.v1',
          ok: imported.report.incomplete.length === 0,
          data: { ...imported, problems },
        }),
      )
    else for (const line of linesOf(imported, problems)) say(line)
    if (imported.report.incomplete.length > 0) throw importIncomplete(source.address, imported.report.incomplete)
  })
}

async function describe(own: OwnConnection, source: Source, hostname: string, { only, json }: Options): Promise<void> {
  const progress = showProgress('Describing')
  const { problems, ...described } = await describeCatalogue(own.db, {
    ...{ source, hostname, only },
    asker: { caller: system },
    watch: progress.at,
  }).finally(progress.end)
  if (json) {
    say(JSON.stringify({ schema: 'cadastre.registry.describe.v1', ok: true, data: { ...described, problems } }))
    return
  }
  for (const kind of ['modules', 'providers'] as const) say(`${kind}\t${described[kind]} described anew`)
  for (const { path, reason } of problems) say(`odd\t${path}\t${reason}`)
}

function* linesOf({ resumed, report }: Imported, problems: { path: string; reason: string }[]): Generator<string> {
  if (resumed) yield 'resumed\tthe import that was ended before'
  for (const kind of ['modules', 'providers'] as const) {
    const { new: added, changed, gone, unchanged } = report[kind]
    yield `${kind}\t${added} new\t${changed} changed\t${gone} gone\t${unchanged} unchanged`
  }
  for (const kind of ['versions', 'platforms', 'keys'] as const) {
    const { new: added, changed, gone } = report[kind]
    yield `${kind}\t${added} new\t${changed} changed\t${gone} gone`
  }
  yield `odd\t${report.problems}`
  for (const { path, reason } of problems) yield `odd\t${path}\t${reason}`
}
