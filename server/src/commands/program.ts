/** The commands that run where the server runs. The `cadastre` binary hands over to this program. */
import { Command, InvalidArgumentError } from 'commander'
import { Refusal } from '../foundation/refusal.ts'
import { adminReset } from './admin-reset.ts'
import { explainConfig, printExample, printSchema } from './config.ts'
import { addDatabaseCommands } from './db/program.ts'
import { doctor, Unwell } from './doctor.ts'
import { healthcheck } from './healthcheck.ts'
import { migrateDownCommand, migrateStatusCommand, migrateUpCommand } from './migrate.ts'
import { addRegistryCommands } from './registry/program.ts'
import { serve } from './serve.ts'
import { demo, start } from './try-out.ts'

export { start }

/** @param args as after `cadastre`: `['serve']`, `['migrate', 'up']` */
export async function run(args: string[]): Promise<void> {
  await program().parseAsync(args, { from: 'user' })
}

function program(): Command {
  const cadastre = new Command('cadastre').exitOverride().showHelpAfterError('Add --help to see what there is.')
  cadastre.command('serve').description('Start the registry as the settings say.').action(serve)
  cadastre
    .command('demo')
    .description('Start a registry with examples in it, on loopback, that forgets everything.')
    .option('--port <port>', 'port to listen on', wholeNumber)
    .option('--keep <folder>', 'keep the data in this folder')
    .action(demo)

  const migrate = cadastre.command('migrate').description('Bring the database schema forward or back.')
  migrate.command('up').description('Apply what is missing; safe to run twice.').action(migrateUpCommand)
  migrate
    .command('down')
    .description('Take back the newest step.')
    .option('--to <step>', 'take back every step after this one')
    .option('--yes', 'do it: the tables of that step are lost')
    .action(migrateDownCommand)
  migrate
    .command('status')
    .description('List steps, applied and pending.')
    .option('--json', 'one JSON document')
    .action(migrateStatusCommand)

  addDatabaseCommands(cadastre)
  addRegistryCommands(cadastre)

  cadastre
    .command('admin')
    .description('Look after the registry itself.')
    .command('reset')
    .description('Print a link that makes a platform administrator, or lets one in again; it works once, for an hour.')
    .action(adminReset)

  const config = cadastre.command('config').description('Settings.')
  config
    .command('explain')
    .argument('[key]', 'one setting, or a section')
    .description('Show every value and where it comes from; secrets are masked.')
    .action(explainConfig)
  config.command('example').description('Print an example file with every setting.').action(printExample)
  config.command('schema').description('Print the JSON Schema of the settings file.').action(printSchema)

  cadastre
    .command('doctor')
    .description('Look at everything that the registry needs where it runs, and say what is not well.')
    .option('--server', 'here it always does')
    .option('--json', 'one JSON document')
    .action(doctor)

  cadastre
    .command('healthcheck')
    .description('Ask the registry of these settings whether it is well.')
    .action(healthcheck)
  return cadastre
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It has to be a whole number.')
  return Number(text)
}

/** A refusal's text and the exit code of its reason, as docs/cli.md lists them. */
export function exitOf(error: unknown): { text: string; code: number } {
  if (error instanceof Refusal) {
    const text = error.hint ? `${error.message}\n${error.hint}` : error.message
    return { text, code: exitCodes[error.reason] ?? 6 }
  }
  if (error instanceof Unwell) return { text: '', code: 1 }
  const { code, exitCode, message, stack } = error as Error & { code?: string; exitCode?: number }
  if (code?.startsWith('commander.')) return { text: '', code: exitCode === 0 ? 0 : 2 }
  if (code === 'EADDRINUSE')
    return {
      text: `The port is taken (${message.replace(/^listen /, '')}). End what listens there, or set TFR_SERVER_PORT to another port.`,
      code: 1,
    }
  return { text: stack ?? message, code: 1 }
}

const exitCodes: Partial<Record<Refusal['reason'], number>> = {
  unauthenticated: 3,
  forbidden: 3,
  'not-found': 4,
  conflict: 5,
  unavailable: 7,
  'too-many': 7,
}
