/** What nobody should see: asked for on the terminal, or taken from a pipe. */
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Call } from './call.ts'
import { usage } from './exit.ts'

/** @param elsewhere how to give it where nobody is there to ask @throws Failure that says so */
export async function askSecret(
  { flags }: Call,
  question: string,
  prompt: 'Passphrase' | 'Password' | 'API key',
  elsewhere: string,
): Promise<string> {
  const { CI } = process.env
  if (!flags.input || (CI && CI !== 'false') || !process.stdin.isTTY || !process.stderr.isTTY) {
    throw usage(question, elsewhere)
  }
  // With a terminal of its own readline echoes into its output, which is nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  // Only now: what is typed before raw mode would be seen.
  process.stderr.write(`${question}\n${prompt}: `)
  // Raw mode makes Ctrl-C a key, and here it is the signal again.
  terminal.once('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')))
  const answer = await Promise.race([terminal.question(''), ended]).finally(() => terminal.close())
  process.stderr.write('\n')
  return answer
}

/** Without the end of its line, which tools add. */
export const secretOnStdin = async () => (await text(process.stdin)).replace(/\r?\n$/, '')
