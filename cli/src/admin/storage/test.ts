/** `cadastre admin storage test`: lets the registry try every store that its settings name. */
import type { Command } from 'commander'
import { action, type Call } from '../../call.ts'
import { exit } from '../../exit.ts'
import { examples } from '../../help.ts'
import { answered } from '../../registry.ts'
import type { Report } from '../../report.ts'
import { sizeText } from '../../upload-progress.ts'

export function addStorageTest(storage: Command): void {
  const command = storage
    .command('test')
    .description('Let the registry write, read, list, link and delete in every store that its settings name.')
    .action(action(testStorage))
  examples(command, ['cadastre admin storage test', 'cadastre admin storage test --json'])
}

async function testStorage(call: Call): Promise<Report> {
  const { api } = await call.registry()
  const { items } = await answered(api.POST('/api/v1/storage/check'))
  const failed = items.flatMap(({ backend, steps }) =>
    steps.filter(({ ok }) => !ok).map(({ step, detail }) => `${backend}: ${step} failed: ${detail}`),
  )
  return {
    schema: 'cadastre.admin.storage.test.v1',
    data: { items },
    columns: ['backend', 'default', 'archives', 'size', 'step', 'result', 'ms', 'detail'],
    rows: items.flatMap(({ backend, isDefault, objects, sizeBytes, steps }) =>
      steps.map(({ step, ok, elapsedMs, detail }) => [
        backend,
        isDefault ? 'yes' : 'no',
        objects,
        sizeText(sizeBytes),
        step,
        ok ? 'ok' : 'failed',
        elapsedMs,
        detail,
      ]),
    ),
    warnings: failed,
    exitCode: failed.length > 0 ? exit.unreachable : exit.done,
  }
}
