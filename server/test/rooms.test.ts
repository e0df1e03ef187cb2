/** Who may import whom: to the left only, and neighbours on one step never. Written down once, here. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

const steps = [
  ['foundation'],
  ['access'],
  ['audit'],
  ['organizations'],
  ['auth'],
  ['analytics', 'learnt', 'upstream'],
  ['modules', 'providers'],
  ['mirror', 'catalogue', 'scm', 'webhooks'],
  ['pages'],
  ['operations'],
  ['app'],
  ['commands'],
]
const stepOf = new Map(steps.flatMap((rooms, step) => rooms.map((room) => [room, step] as const)))

/** app.ts, main.ts and worker.ts put the rooms together: they are one step. */
const roomOf = (file: string) => {
  const [first = '', ...rest] = relative(join(root, 'server/src'), file).split(sep)
  return rest.length === 0 ? 'app' : first
}

test('every import between rooms goes to the left', () => {
  const wrong = sourcesOf('server/src').flatMap((file) =>
    importsOf(file)
      .filter((target) => target.startsWith('.'))
      .map((target) => ({ from: roomOf(file), to: roomOf(resolve(dirname(file), target)), file: relative(root, file) }))
      .filter(({ from, to }) => from !== to && !(stepOf.get(to)! < stepOf.get(from)!)),
  )

  expect(wrong).toEqual([])
})

test('every room is on the line', () => {
  const rooms = new Set(sourcesOf('server/src').map(roomOf))

  expect([...rooms].filter((room) => !stepOf.has(room))).toEqual([])
})

test.each([
  ['contract', []],
  ['server', ['@cadastre/contract']],
  ['cli', ['@cadastre/contract']],
])('%s depends on no other workspace than it may', (workspace, allowed) => {
  const names = sourcesOf(`${workspace}/src`)
    .flatMap(importsOf)
    .filter((target) => /^(@cadastre\/|cadastre$)/.test(target))
    .map((target) => target.split('/').slice(0, 2).join('/'))
    .filter((name) => !(allowed as string[]).includes(name))

  expect(names).toEqual([])
})

test.each(['contract', 'server', 'cli'])('%s reaches into no other folder by a relative path', (workspace) => {
  const outside = sourcesOf(`${workspace}/src`).flatMap((file) =>
    importsOf(file)
      .filter(
        (target) => target.startsWith('.') && !resolve(dirname(file), target).startsWith(join(root, workspace, 'src')),
      )
      .map((target) => `${relative(root, file)} → ${target}`),
  )

  expect(outside).toEqual([])
})

function sourcesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !/\.test\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

/** Static imports, re-exports and `import()`; the program's own, not what stands in its comments. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8').replace(/^\s*(\*|\/\/|\/\*\*?).*$/gm, '')
  return [...text.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*'([^']+)'/g)].map(([, target]) => target!)
}
