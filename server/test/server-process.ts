/** A server process of its own for tests: says where it listens, and ends on SIGTERM as `cadastre serve` does. */
import { runRegistry, settingsHere } from '../src/commands/run.ts'

await runRegistry({
  settings: settingsHere(),
  logOutput: 'stderr',
  ready: async ({ address }) => void process.stdout.write(`address ${address}\n`),
})
process.exit(0)
