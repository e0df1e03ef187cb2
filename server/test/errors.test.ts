/** The error catalogue, docs/errors.md, against the sources: every code that can be answered has an entry, and no other has. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Codes that are put together, and what they can be. */
const together: Record<string, string[]> = {
  '`${part}-invalid`': ['namespace-invalid', 'name-invalid', 'system-invalid', 'type-invalid'],
  '`database-${cause}`': ['host', 'password', 'tls', 'database', 'right', 'busy'].map((cause) => `database-${cause}`),
}

/** Files that pass a code on which was written elsewhere. */
const passedOn = ['server/src/foundation/workers.ts']

type Found = { code: string; where: string }

function codesIn(file: string): Found[] {
  const path = file.slice(root.length)
  const source = ts.createSourceFile(path, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const makers = new Set<string>()
  const found: Found[] = []
  const at = (node: ts.Node) => `${path}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`

  function add(node: ts.Expression, maker: string | undefined): void {
    if (ts.isStringLiteralLike(node)) found.push({ code: node.text, where: at(node) })
    else if (ts.isConditionalExpression(node)) for (const each of [node.whenTrue, node.whenFalse]) add(each, maker)
    else if (together[node.getText()])
      for (const code of together[node.getText()]!) found.push({ code, where: at(node) })
    else if (ts.isIdentifier(node) && node.text === 'code' && maker) makers.add(maker)
    else if (!passedOn.includes(path)) throw new Error(`${at(node)}: the code ${node.getText()} cannot be read here.`)
  }
  function visit(node: ts.Node, maker: string | undefined, look: (node: ts.Node, maker: string | undefined) => void) {
    const named = ts.isVariableDeclaration(node) && node.initializer && ts.isArrowFunction(node.initializer)
    const inside = named || ts.isFunctionDeclaration(node) ? (node.name?.getText() ?? maker) : maker
    look(node, inside)
    node.forEachChild((child) => visit(child, inside, look))
  }
  visit(source, undefined, (node, maker) => {
    if (ts.isNewExpression(node) && node.expression.getText() === 'Refusal') add(node.arguments![1]!, maker)
  })
  // Makers take the code as their first argument: refusal('archive-empty')(…).
  visit(source, undefined, (node) => {
    if (ts.isCallExpression(node) && makers.has(node.expression.getText())) add(node.arguments[0]!, undefined)
  })
  return found
}

const sources = readdirSync(join(root, 'server/src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !/\.test\.ts$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))

const codes = sources.flatMap(codesIn)
const catalogue = readFileSync(join(root, 'docs/errors.md'), 'utf8')
const entries = [...catalogue.matchAll(/^### `([a-z0-9-]+)`$/gm)].map((heading) => heading[1]!)

test('every code of a refusal has an entry in docs/errors.md', () => {
  expect(codes.length).toBeGreaterThan(80)
  expect(codes.filter(({ code }) => !entries.includes(code)).map(({ code, where }) => `${code} (${where})`)).toEqual([])
})

test('docs/errors.md holds no code that is not answered, and none twice', () => {
  const known = new Set(codes.map(({ code }) => code))
  expect(entries.filter((entry) => !known.has(entry))).toEqual([])
  expect(entries.length).toBe(new Set(entries).size)
})

test('every entry says the cause and what to do', () => {
  const sections = catalogue.split(/^### /m).slice(1)
  const lacking = sections.filter(
    (section) => !/^\*\*Cause:\*\* \S/m.test(section) || !/^\*\*Do:\*\* \S/m.test(section),
  )
  expect(lacking.map((section) => section.split('\n')[0])).toEqual([])
})
