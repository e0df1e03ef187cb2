/** The flags that every command takes. */
import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'

export type GlobalFlags = {
  host?: string
  token?: string
  json?: boolean
  quiet?: boolean
  verbose?: boolean
  color: boolean
  input: boolean
  yes?: boolean
  timeout: number
  caFile?: string
}

const defaultTimeoutSeconds = 60

export function addGlobalFlags(program: Command): Command {
  return program
    .option('--host <host>', 'the registry: a host name, or a URL where it is plain http')
    .option('--token <token>', 'the API key to use; prefer TFR_CLI_TOKEN, which other users cannot see')
    .option('--json', 'print one JSON document on stdout, and nothing else')
    .option('-q, --quiet', 'no notes, progress or next steps')
    .option('-v, --verbose', 'say where host and token come from, and request ids of refusals')
    .option('--no-color', 'no colours')
    .option('--no-input', 'never ask; fail and name the flag instead')
    .option('--yes', 'answer yes to what would be asked')
    .option('--timeout <seconds>', 'give up when the registry is silent for so long', seconds, defaultTimeoutSeconds)
    .option('--ca-file <file>', 'trust the certificate authorities in this PEM file, too')
}

function seconds(text: string): number {
  const value = Number(text.replace(/s$/, ''))
  if (!(value > 0 && value <= 86_400)) throw new InvalidArgumentError('It has to be a number of seconds, such as 30.')
  return value
}
