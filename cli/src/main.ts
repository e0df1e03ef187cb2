/** The `cadastre` command: reads what was typed, runs it, ends with its exit code. */
import { type Command, CommanderError } from 'commander'
import { exit, type Failure, usage } from './exit.ts'
import { endOnSignals } from './interruption.ts'
import { program } from './program.ts'
import { faceOf, printFailure } from './report.ts'
import { handOver, serverArguments } from './server-program.ts'
import { surroundingsHere } from './surroundings.ts'

async function main(args: string[]): Promise<void> {
  const forServer = serverArguments(args)
  if (forServer) return handOver(forServer, surroundingsHere())
  endOnSignals()
  await program().parseAsync(withCommand(args), { from: 'user' })
}

/** Flags alone say nothing of what to do: that is the status, unless help or a version is asked for. */
function withCommand(args: string[]): string[] {
  if (args[0] === '--version') return ['version', ...args.slice(1)]
  const { operands, unknown } = program().parseOptions(args)
  return operands.length > 0 || unknown.some((flag) => flag === '--help' || flag === '-h') ? args : ['status', ...args]
}

// Whoever reads us may have read enough: `cadastre module list | head -1`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit()
  throw error
})

main(process.argv.slice(2)).catch((error) => {
  const failure = error instanceof CommanderError ? wrongUsage(error) : error
  if (failure) process.exitCode = printFailure(failure, faceAsTyped())
})

/** @returns undefined when the help was asked for: it is printed by then */
function wrongUsage({ code, exitCode, message }: CommanderError): Failure | undefined {
  if (exitCode === exit.done) return undefined
  if (code === 'commander.help') return usage('A command is missing.', 'Its help is above; cadastre --help lists all.')
  const { command, words } = typedCommand(/^error: unknown command '(.+?)'/.exec(message)?.[1])
  // A flag that was misspelt is missing under its right name, too.
  const unknown = code === 'commander.missingMandatoryOptionValue' && unknownFlag(command)
  const sentence = message.replace(/^error: /, '') + (unknown ? `, and there is no option '${unknown}'` : '')
  return usage(sentence, `Its help: ${words.join(' ')} --help`)
}

/** As far as what was typed names commands; behind one that is unknown, words mean nothing. */
function typedCommand(unknownName?: string): { command: Command; words: string[] } {
  const words = ['cadastre']
  let command = program()
  for (const word of process.argv.slice(2)) {
    if (word === unknownName) break
    const below = command.commands.find((each) => each.name() === word)
    if (!below) continue
    words.push(word)
    command = below
  }
  return { command, words }
}

function unknownFlag(command: Command): string | undefined {
  const { unknown } = program().parseOptions(process.argv.slice(2))
  return command.parseOptions(unknown).unknown.find((word) => word.startsWith('-'))
}

/** What was typed wrongly is not parsed, and still says how it wants its answer. */
function faceAsTyped() {
  const typed = (...flags: string[]) => flags.some((flag) => process.argv.includes(flag))
  return faceOf({ json: typed('--json'), quiet: typed('-q', '--quiet'), verbose: typed('-v', '--verbose') })
}
