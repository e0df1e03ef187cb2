/** `cadastre admin storage migrate`: moves every archive into one store, while the registry goes on serving. */
import type { StorageMoveLine } from '@cadastre/contract/storage'
import type { Command } from 'commander'
import { action, type Call } from '../../call.ts'
import { exit, Failure, refusedBy, usage } from '../../exit.ts'
import { examples } from '../../help.ts'
import { whenInterrupted } from '../../interruption.ts'
import type { Report } from '../../report.ts'
import { progressOf, sizeText } from '../../upload-progress.ts'

type End = Extract<StorageMoveLine, { kind: 'end' }>
type Moved = { begin?: Extract<StorageMoveLine, { kind: 'begin' }>; end?: End; sizeBytes: number; failed: string[] }

const backends = ['local', 's3', 'azure', 'gcs']

export function addStorageMigrate(storage: Command): void {
  const command = storage
    .command('migrate')
    .description('Move every archive into one store, with each copy compared, while the registry goes on serving.')
    .requiredOption('--to <backend>', backends.join(', '))
    .action(action(migrateStorage))
  examples(command, ['cadastre admin storage migrate --to s3'])
}

async function migrateStorage(call: Call, { to }: { to: string }): Promise<Report> {
  if (!backends.includes(to)) throw usage(`There is no storage ${to}.`, `Use one of ${backends.join(', ')}.`)
  const { base, exchange, authorization } = await call.registry()
  const moved: Moved = { sizeBytes: 0, failed: [] }
  let progress: Awaited<ReturnType<typeof progressOf>> | undefined
  const again = 'What was moved is moved; run the command again to go on.'
  const forget = whenInterrupted(() => {
    progress?.end()
    return `Interrupted. ${again}`
  })
  try {
    const answer = await exchange({
      method: 'POST',
      url: `${base}/api/v1/storage/move`,
      headers: { ...authorization, 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify({ to })),
      onLine: async (text) => {
        const line: StorageMoveLine = JSON.parse(text)
        note(moved, line)
        if (line.kind === 'begin') progress = await progressOf(call, line.sizeBytes, { doing: 'Moving', done: 'Moved' })
        progress?.at(moved.sizeBytes)
      },
    })
    if (answer.status >= 300) throw refusedBy(answer.status, JSON.parse(answer.text))
  } finally {
    progress?.end()
    forget()
  }
  if (!moved.end) throw new Failure(exit.unreachable, 'cut', 'The registry stopped in the middle.', again)
  return report(to, moved, moved.end)
}

function note(moved: Moved, line: StorageMoveLine): void {
  if (line.kind === 'begin') moved.begin = line
  if (line.kind === 'moved') moved.sizeBytes += line.sizeBytes
  if (line.kind === 'failed') moved.failed.push(`${line.key} in ${line.from}: ${line.detail}`)
  if (line.kind === 'end') moved.end = line
}

function report(to: string, { begin, sizeBytes, failed }: Moved, end: End): Report {
  const line =
    end.moved === 0 && end.failed === 0
      ? `Everything lies in ${to} already.`
      : `Moved ${end.moved} ${end.moved === 1 ? 'archive' : 'archives'} (${sizeText(sizeBytes)}) to ${to}.`
  return {
    schema: 'cadastre.admin.storage.migrate.v1',
    data: { to, ...end, sizeBytes, failures: failed },
    rows: [[to, end.moved, end.failed, end.remaining, sizeBytes]],
    lines: [line],
    notes: [
      ...(process.stdout.isTTY ? [] : [line]),
      ...(begin?.isDefault ? [] : [`New archives still go elsewhere: set storage.default_backend to ${to}.`]),
    ],
    warnings: failed,
    next:
      end.remaining > 0 ? [{ why: 'try again what is left', run: `cadastre admin storage migrate --to ${to}` }] : [],
    exitCode: end.failed > 0 ? exit.unreachable : exit.done,
  }
}
