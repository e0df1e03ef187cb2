/** Help as people read it: examples first, where to read on last. */
import type { Command } from 'commander'

export const reference = 'docs/cli.md'

export function examples(command: Command, lines: string[]): void {
  command.addHelpText('before', `Examples:\n${lines.map((line) => `  ${line}`).join('\n')}\n`)
}
