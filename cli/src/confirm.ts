/** Asks before something is lost. */
import { createInterface } from 'node:readline/promises'
import type { Call } from './call.ts'
import { exit, Failure, usage } from './exit.ts'
import { plain } from './report.ts'

/** @throws Failure when the answer is another word than `word`, or when nobody is there to ask and --yes was not given */
export async function confirm({ flags }: Call, consequence: string, word: string): Promise<void> {
  if (flags.yes) return
  const { CI } = process.env
  if (!flags.input || (CI && CI !== 'false') || !process.stdin.isTTY || !process.stderr.isTTY) {
    throw usage(consequence, 'Say --yes to do it.')
  }
  // Not in raw mode, so that Ctrl-C stays a signal.
  const terminal = createInterface({ input: process.stdin, output: process.stderr, terminal: false })
  // A question that Ctrl-D ends is never answered.
  const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')))
  const asked = terminal.question(`${plain(consequence)}\nType ${plain(word)} to do it: `)
  const answer = await Promise.race([asked, ended]).finally(() => terminal.close())
  if (answer.trim() !== word) throw new Failure(exit.usage, 'not-confirmed', 'Nothing was changed.')
}
