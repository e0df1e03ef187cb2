/** `cadastre db …` on the command line. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import { createRegistryDatabase } from './create.ts'
import { createApplicationUser } from './create-user.ts'
import { exportRegistry } from './export.ts'
import { importRegistry } from './import.ts'
import { testConnection } from './test-connection.ts'

export function addDatabaseCommands(cadastre: Command): void {
  const db = cadastre.command('db').description('Set up, test and move the database.')
  administratorFlags(db.command('create'))
    .description('Make the database, its owner and its tables on a PostgreSQL server; safe to run twice.')
    .option('--owner <role>', 'the role that owns the database; made when it is missing')
    .option('--owner-login', 'let that role sign in, and write TFR_DATABASE_MIGRATION_URL to .env')
    .option('--write-env <file>', 'another file than .env')
    .action(createRegistryDatabase)
  administratorFlags(db.command('create-user'))
    .description('Make or re-key the role that the registry signs in as, and write it to .env.')
    .option('--role <role>', 'name of the role')
    .option('--write-env <file>', 'another file than .env')
    .option('--print', 'also print the password')
    .action(createApplicationUser)
  db.command('test')
    .description('Sign in as the registry does, write a row and read it back.')
    .option('--json', 'one JSON document')
    .action(testConnection)
  db.command('export')
    .argument('<file>', 'a new file')
    .description('Write everything but the archives to one file.')
    .action(exportRegistry)
  administratorFlags(db.command('import').argument('<file>', 'written by db export'))
    .description('Fill an empty database with an export.')
    .action(importRegistry)
}

const administratorFlags = (command: Command) =>
  command
    .option('--admin-url <url>', 'administrator of the server: postgresql://user:password@host:port')
    .option('--host <host>', 'host name or socket folder, instead of PGHOST', text)
    .option('--port <port>', 'port, instead of PGPORT', port)
    .option('--user <user>', 'administrator, instead of PGUSER', text)
    .option('--password-env <variable>', 'variable with the password, instead of PGPASSWORD', text)
    .addOption(
      new Option('--ssl-mode <mode>', 'instead of PGSSLMODE').choices([
        'disable',
        'prefer',
        'require',
        'verify-ca',
        'verify-full',
      ]),
    )
    .option('--ssl-root-cert <file>', 'PEM file with authorities, instead of PGSSLROOTCERT', text)
    .option('--database <name>', 'name of the database')

function text(value: string): string {
  if (value === '') throw new InvalidArgumentError('It must not be empty.')
  return value
}

function port(value: string): number {
  if (!/^\d{1,5}$/.test(value) || Number(value) < 1 || Number(value) > 65_535) {
    throw new InvalidArgumentError('It has to be a port, 1 to 65535.')
  }
  return Number(value)
}
