/** One call of a command: its flags, its registry when it needs one, and the printing of what it reports. */
import type { Command } from 'commander'
import type { GlobalFlags } from './global-flags.ts'
import { connect, findRegistry, type Registry } from './registry.ts'
import { type Face, faceOf, plain, printReport, type Report } from './report.ts'
import { type Surroundings, surroundingsHere } from './surroundings.ts'

export type Call = {
  flags: GlobalFlags
  face: Face
  here: Surroundings
  /** those of settings and credentials, said with the report */
  warnings: string[]
  /** looked for when it is first asked for */
  registry(): Promise<Registry>
  /** on stderr and at once, unless --quiet or --json */
  say(sentence: string): void
}

/**
 * A command's action: `work` gets the call, then what was typed in place of the arguments, then the command's own flags.
 */
export function action<Given extends unknown[]>(work: (call: Call, ...given: Given) => Promise<Report>) {
  return async (...given: unknown[]): Promise<void> => {
    const command = given.pop() as Command
    const call = callOf(command.optsWithGlobals<GlobalFlags>())
    const report = await work(call, ...(given as Given))
    printReport({ ...report, warnings: [...call.warnings, ...(report.warnings ?? [])] }, call.face)
    if (report.exitCode !== undefined) process.exitCode = report.exitCode
  }
}

function callOf(flags: GlobalFlags): Call {
  const face = faceOf(flags)
  const here = surroundingsHere()
  let found: Promise<Registry> | undefined
  const call: Call = {
    flags,
    face,
    here,
    warnings: [],
    registry() {
      found ??= find()
      return found
    },
    say(sentence) {
      if (!face.quiet && !face.json) process.stderr.write(`${plain(sentence)}\n`)
    },
  }
  return call

  async function find(): Promise<Registry> {
    const [choice, warnings] = await findRegistry(flags, here)
    call.warnings.push(...warnings)
    if (face.verbose) {
      call.say(`Registry: ${choice.base} (${choice.hostFrom})`)
      call.say(`Token: ${choice.tokenFrom ?? 'none'}`)
      choice.passedOver.forEach(call.say)
    }
    return connect(choice, flags)
  }
}
