/** docs/cli.md names what there is. */
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { exit } from '../src/exit.ts'
import { program } from '../src/program.ts'
import { serverArguments } from '../src/server-program.ts'

const reference = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8')

const cadastre = program()
const visible = (command: Command) =>
  cadastre
    .createHelp()
    .visibleCommands(command)
    .filter((child) => child.name() !== 'help')

const leaves = (command: Command, path: string[]): [string, Command][] =>
  visible(command).flatMap((child) => {
    const here = [...path, child.name()]
    return child.commands.length > 0 ? leaves(child, here) : [[here.join(' '), child] as [string, Command]]
  })

test.each(leaves(cadastre, ['cadastre']))('the reference has %s, and its flags', (path, command) => {
  const flags = command.options.map(({ long }) => long!)

  expect(reference).toContain(path.split(' ').length === 3 ? path : path.replace('cadastre ', ''))
  expect(flags.filter((flag) => !reference.includes(flag))).toEqual([])
})

test('the reference has the flags of every command', () => {
  const flags = cadastre.options.flatMap(({ short, long }) => [short, long]).filter((flag) => flag != null)

  expect(flags.filter((flag) => !reference.includes(`\`${flag}`))).toEqual([])
})

test('the reference has every exit code', () => {
  const named = [...reference.matchAll(/^\| *(\d+) *\|/gm)].map(([, code]) => Number(code))

  expect(Object.values(exit).filter((code) => !named.includes(code))).toEqual([])
})

test.each(leaves(cadastre, ['cadastre']))(
  "the help of %s starts with examples, unless it is the server program's",
  (path, command) => {
    let help = ''
    command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp()

    if (!serverArguments(path.split(' ').slice(1))) expect(help).toMatch(/^Examples:\n/)
  },
)
