/** The command that a page shows is one that there is: its words, its arguments and its flags. */
import { pageCommands } from '@cadastre/contract/page-commands'
import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { program } from '../src/program.ts'

const params = {
  namespace: 'acme',
  name: 'vpc',
  system: 'aws',
  type: 'dns',
  version: '1.0.0',
  from: '1.0.0',
  to: '1.1.0',
  path: 'small',
  organization: 'acme',
}
const search = new URLSearchParams({
  q: 'vpc',
  kind: 'module.',
  caller: 'ada',
  outcome: 'done',
  subject: 'a',
  namespace: 'b',
})

test.each(Object.entries(pageCommands))('%s', (_page, words) => {
  const given = words!({ params, search }).filter((word) => word !== undefined)
  let command: Command = program()
  for (let next = command; next; ) {
    command = next
    next = command.commands.find((each) => each.name() === given[0])!
    if (next) given.shift()
  }
  const { operands, unknown } = command.parseOptions(given)

  expect(unknown).toEqual([])
  expect(operands.length).toBeLessThanOrEqual(command.registeredArguments.length)
  expect(operands.length).toBeGreaterThanOrEqual(command.registeredArguments.filter(({ required }) => required).length)
})
