/** `cadastre diff`: what changed between two versions of a module for whoever calls it. */
import { changeLists } from '@cadastre/contract/change-lists'
import type { components } from '@cadastre/contract/openapi.gen'
import type { Command } from 'commander'
import { action, type Call } from './call.ts'
import { exit } from './exit.ts'
import { examples } from './help.ts'
import { moduleAddress } from './module-address.ts'
import { answered } from './registry.ts'
import type { Cell, Report } from './report.ts'

type Diff = components['schemas']['ModuleDiff']
type Folder = Diff['folders'][number]
type Change = Folder['inputs'][number]

const severities = ['breaking', 'addition', 'patch'] as const

export function addDiff(cadastre: Command): void {
  const command = cadastre
    .command('diff')
    .description('Show what changed between two versions of a module, and which step of SemVer that is.')
    .argument('<address>', 'NAMESPACE/NAME/SYSTEM')
    .argument('<from>', 'version')
    .argument('<to>', 'version')
    .option('--breaking-only', 'leave out what breaks nobody', false)
    .addHelpText('after', '\nEnds with 6 when something breaks callers.')
    .action(action(diff))
  examples(command, [
    'cadastre diff acme/vpc/aws 1.2.0 1.3.0',
    'cadastre diff acme/vpc/aws 1.2.0 2.0.0 --breaking-only',
  ])
}

async function diff(
  call: Call,
  addressText: string,
  from: string,
  to: string,
  { breakingOnly }: { breakingOnly: boolean },
): Promise<Report> {
  const path = { ...moduleAddress(addressText), from, to }
  const { api } = await call.registry()
  const found = await answered(
    api.GET('/api/v1/modules/{namespace}/{name}/{system}/compare/{from}...{to}', { params: { path } }),
  )
  const changes = changesIn(found).filter(({ severity }) => !breakingOnly || severity === 'breaking')
  const { verdict } = found
  return {
    schema: 'cadastre.diff.v1',
    data: found,
    columns: ['severity', 'kind', 'where', 'name', 'what', 'written in'],
    rows: changes.map(rowOf),
    notes: [verdict.sentence, ...(found.leftOut > 0 ? [`${found.leftOut} more changes are not listed.`] : [])],
    warnings: [found.from, found.to].flatMap(warningsOf),
    next:
      verdict.breaking > 0 ? [{ why: 'see what goes in', run: `cadastre show ${found.address}@${to} --inputs` }] : [],
    exitCode: verdict.breaking > 0 ? exit.content : exit.done,
  }
}

type Placed = Change & { where: string }

/** The most severe first; within that as the registry lists them. */
function changesIn({ folders }: Diff): Placed[] {
  const all = folders.flatMap((folder) =>
    changeLists.flatMap((list) => folder[list].map((change) => placed(change, folder))),
  )
  return all.sort((one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity))
}

const placed = (change: Change, { path }: Folder): Placed => ({ ...change, where: path || '.' })

function rowOf({ severity, kind, where, name, what, from, to }: Placed): Cell[] {
  const place = to ?? from
  return [severity, kind, where, name, what, place && `${place.file}:${place.line}`]
}

function warningsOf({ version, inspection, errors }: Diff['from']): string[] {
  if (inspection === 'waiting') return [`The registry has not read ${version} yet: ask again in a moment.`]
  if (inspection === 'failed') return [`The registry could not read ${version}.`]
  return errors > 0 ? [`${errors} parts of ${version} could not be read: what is in them was not compared.`] : []
}
