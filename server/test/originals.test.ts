/** docs/originals.md against the repository: every number of the two originals has one row, and what a row names is there. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { copyOfTemplate } from './database.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = join(root, 'docs/originals.md')

type Row = { number: string; promise: string; where: string; shown: string }

const rows: Row[] = readFileSync(page, 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => /^([AB]-\d\d|C)$/.test(cells[1] ?? ''))
  .map(([, number, promise, where, shown]) => ({ number: number!, promise: promise!, where: where!, shown: shown! }))

const numbered = (letter: string, last: number) =>
  Array.from({ length: last }, (_, index) => `${letter}-${String(index + 1).padStart(2, '0')}`)

/** `file` `name`, as often as a row names a test. */
const testsOf = ({ shown }: Row) =>
  [...shown.matchAll(/`([^`]+\.test\.ts)` `([^`]+)`/g)].map(([, file, name]) => ({ file: file!, name: name! }))

const known = new Map<string, Set<string>>()

function testNamesIn(file: string): Set<string> {
  const names = known.get(file) ?? new Set<string>()
  if (known.has(file)) return names
  known.set(file, names)
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true)
  const visit = (node: ts.Node) => {
    const [first] = ts.isCallExpression(node) && /^(test|it)\b/.test(node.expression.getText()) ? node.arguments : []
    if (first && ts.isStringLiteralLike(first)) names.add(first.text)
    node.forEachChild(visit)
  }
  visit(source)
  return names
}

test('every number has one row, in order', () => {
  expect(rows.map(({ number }) => number)).toEqual([...numbered('A', 31), ...numbered('B', 16), 'C'])
})

test('every test that a row names exists', () => {
  const missing = rows.flatMap((row) =>
    testsOf(row)
      .filter(({ file, name }) => !existsSync(join(root, file)) || !testNamesIn(file).has(name))
      .map(({ file, name }) => `${row.number}: ${file} “${name}”`),
  )
  expect(missing).toEqual([])
})

test('every row is shown by a test, or says with which topic it comes', () => {
  const silent = rows.filter((row) => testsOf(row).length === 0 && !/with issue: \S/.test(row.shown))
  expect(silent.map(({ number }) => number)).toEqual([])
  const halfNamed = rows.filter(
    ({ shown }) => (shown.match(/`[^`]+\.test\.ts`/g) ?? []).length !== testsOf({ shown } as Row).length,
  )
  expect(halfNamed.map(({ number }) => number)).toEqual([])
})

test('every file that a row names exists, and what is superseded has a decision record', () => {
  for (const { number, promise, where } of rows) {
    const links = [...where.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map((link) => link[1]!)
    const missing = links.filter((link) => !existsSync(join(dirname(page), link)))
    expect([number, missing]).toEqual([number, []])
    if (/superseded/i.test(promise)) expect([number, where]).toEqual([number, expect.stringContaining('](decisions/0')])
  }
})

test('the eleven tables of the first day are there, under their names', async () => {
  const database = await copyOfTemplate()
  const client = new pg.Client(database.owner)
  await client.connect()
  try {
    const { rows: tables } = await client.query(`select tablename from pg_tables where schemaname = 'public'`)
    expect(tables.map(({ tablename }) => tablename)).toEqual(
      expect.arrayContaining([
        ...['organizations', 'users', 'api_keys', 'organization_members', 'modules', 'module_versions', 'providers'],
        ...['provider_versions', 'provider_platforms', 'download_events', 'audit_logs'],
      ]),
    )
  } finally {
    await client.end()
    await database.drop()
  }
})
