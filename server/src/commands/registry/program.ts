/** `cadastre registry …` on the command line: the part that works where the database is. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import { milliseconds } from '../../foundation/config/kinds.ts'
import { exportRegistryFolder } from './export.ts'
import { importRegistry } from './import.ts'
import { refreshRegistries } from './refresh.ts'
import { verifyRegistry } from './verify.ts'

const publicRegistry = 'registry.opentofu.org'

export function addRegistryCommands(cadastre: Command): void {
  const registry = cadastre.command('registry').description('The catalogue of public registries.')
  fromSource(registry.command('import'))
    .description('Take a whole registry into the catalogue; run again, it takes what has changed.')
    .option('--resume', 'go on where an import of it was ended')
    .addOption(
      new Option('--visibility <visibility>', 'who may see it: internal unless it says otherwise').choices([
        'private',
        'internal',
        'public',
      ]),
    )
    .option('--json', 'one JSON document')
    .action(importRegistry)
  fromSource(registry.command('verify'))
    .description('Hold the catalogue against a registry; ends with 6 when they differ.')
    .option('--samples <number>', 'how many to compare in full', wholeNumber, 100)
    .option('--json', 'one JSON document')
    .action(verifyRegistry)
  registry
    .command('refresh')
    .description('Take what has changed at registries that were imported over HTTP, and forget old answers of them.')
    .option('--hosts <hostnames>', 'these alone, with commas between', hostnames)
    .option('--refresh-interval <time>', 'with --daemon: how long until the next refresh, such as 6h', time)
    .option(
      '--cleanup-interval <time>',
      'with --daemon: how long until old answers are looked for again',
      time,
      time('24h'),
    )
    .option('--max-age <time>', 'how long an answer that was not confirmed is kept, such as 168h', time)
    .option('--daemon', 'go on until it is told to stop')
    .option('--json', 'one JSON document for each refresh')
    .action(refreshRegistries)
  registry
    .command('export')
    .argument('<folder>', 'a new folder')
    .description('Write a catalogued registry as a folder in the layout of the OpenTofu registry.')
    .option('--hostname <hostname>', 'which registry', publicRegistry)
    .action(exportRegistryFolder)
}

const fromSource = (command: Command) =>
  command
    .argument('<source>', 'folder in the layout of github.com/opentofu/registry, or a registry: registry.terraform.io')
    .option('--hostname <hostname>', `the name that its addresses carry; of a folder ${publicRegistry}`)
    .addOption(new Option('--only <kind>', 'one of the two alone').choices(['modules', 'providers']))

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('It has to be a whole number.')
  return Number(text)
}

const hostnames = (text: string) => text.split(',').map((name) => name.trim())

function time(text: string): number {
  const ms = milliseconds(text)
  if (ms === undefined || ms <= 0) throw new InvalidArgumentError('Write it like 90s, 30m or 6h.')
  return ms
}
