/** `cadastre registry …` on the command line: the part that works where the database is. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import { exportRegistryFolder } from './export.ts'
import { importRegistryFolder } from './import.ts'
import { verifyRegistryFolder } from './verify.ts'

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
    .action(importRegistryFolder)
  fromSource(registry.command('verify'))
    .description('Hold the catalogue against a registry; ends with 6 when they differ.')
    .option('--samples <number>', 'how many to compare in full', wholeNumber, 100)
    .option('--json', 'one JSON document')
    .action(verifyRegistryFolder)
  registry
    .command('export')
    .argument('<folder>', 'a new folder')
    .description('Write a catalogued registry as a folder in the layout of the OpenTofu registry.')
    .option('--hostname <hostname>', 'which registry', publicRegistry)
    .action(exportRegistryFolder)
}

const fromSource = (command: Command) =>
  command
    .argument('<source>', 'folder in the layout of github.com/opentofu/registry')
    .option('--hostname <hostname>', 'the name that its addresses carry', publicRegistry)
    .addOption(new Option('--only <kind>', 'one of the two alone').choices(['modules', 'providers']))

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('It has to be a whole number.')
  return Number(text)
}
