/** The command that a page shows is one that there is: its words, its arguments and its flags. */
import { commandOf, pageCommands } from '@cadastre/contract/page-commands'
import type { PageName } from '@cadastre/contract/pages'
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

const names = Object.keys(pageCommands) as PageName[]

/** The command that these words call, and what they give it, as the program takes them apart. */
function called(words: string[]) {
  const root = program()
  let command: Command = root
  let { operands, unknown } = root.parseOptions(words)
  const path: string[] = []
  for (;;) {
    const next = command.commands.find((each) => each.name() === operands[0])
    if (!next) break
    path.push(next.name())
    const parsed = next.parseOptions(unknown)
    command = next
    operands = [...operands.slice(1), ...parsed.operands]
    unknown = parsed.unknown
  }
  return { path, command, operands, unknown, global: root.opts(), flags: command.opts() }
}

test.each(names)('%s', (name) => {
  const { command, operands, unknown } = called(commandOf(name, { params, search })!)

  expect(unknown).toEqual([])
  expect(operands.length).toBeLessThanOrEqual(command.registeredArguments.length)
  expect(operands.length).toBeGreaterThanOrEqual(command.registeredArguments.filter(({ required }) => required).length)
})

const making: PageName[] = ['newNamespace', 'newToken', 'publishModule', 'publishProvider']
const reading = ['show', 'diff', 'search', 'list', 'versions', 'platforms', 'config', 'whoami', 'audit']

test.each(names.filter((name) => !making.includes(name)))('the command of %s changes nothing', (name) => {
  const { path } = called(commandOf(name, { params, search })!)

  if (name !== 'home') expect(reading).toContain(path.at(-1))
})

test('what an address holds never becomes a flag', () => {
  const evil = '--host=https://evil.example'
  const hostile = Object.fromEntries(Object.keys(params).map((key): [string, string] => [key, evil])) as typeof params
  const filters = 'q kind ns system state origin caller subject namespace since until requestId'.split(' ')
  const asked = new URLSearchParams(Object.fromEntries(filters.map((key) => [key, evil])))

  for (const name of names)
    expect(called(commandOf(name, { params: hostile, search: asked })!).global.host).toBe(undefined)
  expect(called(commandOf('search', { params, search: new URLSearchParams({ q: evil }) })!)).toMatchObject({
    operands: [evil],
    unknown: [],
  })
})

test.each(['\x15', '\n', '\x1b[201~', '\u009b'])('what a terminal takes for a key (%j) is in no command', (key) => {
  const q = `x${key}echo pwned`

  expect(commandOf('search', { params, search: new URLSearchParams({ q }) })).toBe(undefined)
  expect(commandOf('module', { params: { ...params, namespace: q }, search })).toBe(undefined)
})

test.each([
  ['modules', 'ns=acme', 'module list --namespace acme'],
  ['modules', 'ns=acme&system=aws&sort=name', 'search --kind module --ns acme --system aws --origin published'],
  ['providers', 'q=vpc', 'search --kind provider --origin published vpc'],
  ['search', 'kind=provider&q=vpc', 'search --kind provider vpc'],
  ['search', 'kind=nothing&state=active&q=vpc', 'search --state active vpc'],
  ['adminAudit', 'outcome=refused&requestId=r1', 'admin audit --outcome refused --request r1'],
] as const)('the command of %s?%s asks for the same: %s', (name, query, command) => {
  expect(commandOf(name, { params: {}, search: new URLSearchParams(query) })?.join(' ')).toBe(command)
})
