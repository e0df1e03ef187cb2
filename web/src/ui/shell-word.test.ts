/** That a shell takes the word for the text that it was, and for nothing else. */
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { shellWord } from './shell-word.ts'

test.each(['a; touch x', '$(id)', '`id`', "it's", "'; id #", 'a\nid', '', '*', '~', 'a && b', 'Größe', '\\'])(
  '%j stays one word in a shell',
  (text) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(text)
  },
)

test.each(['payments', 'my_team-2', 'acme/vpc/aws'])('%s needs no quotes', (text) => {
  expect(shellWord(text)).toBe(text)
})
