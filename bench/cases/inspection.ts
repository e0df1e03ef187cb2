/** Reading modules: how much configuration one core reads in a second, and what a hostile archive does to the process around. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { ModuleKnowledge } from '@cadastre/contract/module-knowledge'
import { createWorkers, type Workers } from '../../server/src/foundation/workers.ts'
import { type Files, tarGz } from '../../server/test/archives.ts'
import { type Bench, median } from '../measure.ts'
import { bundle } from '../registry.ts'

const [files, blocksPerFile] = [40, 120]
const rounds = 7
const taskDeadlineMs = 30_000

/** The shipped worker, in a pool like the server's. */
export async function inspection({ report }: Bench): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'cadastre-bench-inspection-'))
  const workers = createWorkers({
    log: { warn() {} } as never,
    size: 1,
    file: pathToFileURL(join(bundle, '../worker.cjs')),
  })
  try {
    const usual = usualModule()
    const megabytes = Object.values(usual).reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6
    const [path, hostile] = [join(folder, 'usual.tar.gz'), join(folder, 'hostile.tar.gz')]
    await writeFile(path, tarGz(usual))
    await writeFile(hostile, tarGz(hostileModule()))
    await inspect(workers, path)
    const speeds: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const before = process.cpuUsage()
      await inspect(workers, path)
      const { user, system } = process.cpuUsage(before)
      speeds.push(megabytes / ((user + system) / 1e6))
    }
    report.add({
      goal: 'inspection',
      name: 'configuration read per second of CPU: unpacking, the answer and garbage included',
      bytes: `${megabytes.toFixed(1)} MB`,
      measured: `${median(speeds).toFixed(1)} MB/s (${Math.min(...speeds).toFixed(1)}–${Math.max(...speeds).toFixed(1)})`,
      wanted: '≥ 2 MB/s, not gated',
      verdict: median(speeds) >= 2 ? 'met' : 'over',
    })
    const idleMs = await lagDuring(() => setTimeout(2_000))
    const { lagMs, elapsedMs, diagnostics } = await underAttack(workers, hostile)
    report.add({
      goal: 'inspection',
      name: `longest event-loop delay while a worker reads a hostile archive (${elapsedMs.toFixed(0)} ms, ${diagnostics} diagnostics)`,
      limit: `${idleMs.toFixed(0)} ms when idle`,
      measured: `${lagMs.toFixed(0)} ms`,
      wanted: '≤ 50 ms, not gated',
      verdict: lagMs <= 50 ? 'met' : idleMs > 25 ? 'inconclusive' : 'over',
    })
  } finally {
    await workers.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const inspect = (workers: Workers, archive: string) =>
  workers.run<ModuleKnowledge>('modules.inspect', { archive }, { deadlineMs: taskDeadlineMs })

async function underAttack(workers: Workers, archive: string) {
  const startedAt = performance.now()
  let diagnostics = 0
  const lagMs = await lagDuring(async () => {
    const { folders, diagnostics: ofAll } = await inspect(workers, archive)
    diagnostics = [...ofAll, ...folders.flatMap((folder) => folder.diagnostics)].length
  })
  return { lagMs, elapsedMs: performance.now() - startedAt, diagnostics }
}

async function lagDuring(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  await work()
  delay.disable()
  return delay.max / 1e6
}

/** Inputs, resources and outputs as people write them. */
function usualModule(): Record<string, string> {
  const file = (number: number) =>
    Array.from({ length: blocksPerFile }, (_, index) => blocks(`${number}_${index}`)).join('\n')
  return Object.fromEntries(Array.from({ length: files }, (_, number) => [`part${number}.tf`, file(number)]))
}

const blocks = (name: string) => `# What ${name} is for.
variable "rules_${name}" {
  description = "Rules of \\"${name}\\", one by one."
  type = object({
    name = string # the name of it
    tags = optional(map(string), {})
    list = list(object({ from = number, to = optional(number, 22) }))
  })
  default = { name = "${name}", list = [{ from = 1, to = 2 }] }

  validation {
    condition     = length(var.rules_${name}.name) > 2 && can(regex("^[a-z]+$", var.rules_${name}.name))
    error_message = "The name is too short."
  }
}

resource "aws_security_group" "this_${name}" {
  for_each = { for key, rule in var.rules_${name}.list : key => rule if rule.from > 1 }
  name     = "\${var.rules_${name}.name}-\${each.key}"

  policy = <<-EOT
    { "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Resource": "\${each.value.from}" }] }
  EOT

  tags = merge(var.rules_${name}.tags, { Name = each.key })
}

output "id_${name}" {
  description = "Which it is."
  value       = { for key, group in aws_security_group.this_${name} : key => group.id }
}
`

/** What costs most: as large as a file may be, and larger; unclosed, endless, nested, and no text at all. */
function hostileModule(): Files {
  const most = 1.9 * 1024 ** 2
  const filled = (text: string) => text.repeat(Math.floor(most / text.length))
  return {
    'brackets.tf': '['.repeat(10 * 1024 ** 2),
    'heredocs.tf': filled('x = <<A\n'),
    'conditions.tf': `x = ${filled('a?b:')}`,
    'nested.tf.json': filled('['),
    'bytes.tf': Buffer.alloc(1024 ** 2, 0xfe),
    'README.md': 'A README.\n',
  }
}
