/**
 * Takes away each single question for permission in turn, in a copy of the repository, and prints those that no test
 * misses: first the rows of the rights matrix that are near, then the whole matrix, then the tests of the room and those
 * of attacks. `node scripts/without-permits.mjs [PART OF A PATH]` takes some minutes; it is no part of `npm test`. With
 * `--list` it says which questions there are, and takes none away.
 */
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))
const listsOnly = process.argv.includes('--list')
const part = process.argv.slice(2).find((word) => !word.startsWith('--')) ?? ''
const atOnce = 2
/** Whatever is called so asks: a new one need not be written down here. */
const question = /^(permit|confirmRights$|namespaceToPublishIn$)/
/** These answer something, too: they are asked in the name of somebody who may do everything. */
const answers = /^(permitted|namespaceToPublishIn$)/
const everybody = "{ kind: 'system', id: '', name: '', grants: [{ organization: 'platform', scopes: ['admin'] }] }"
const matrix = 'server/test/rights-matrix.test.ts'

/** Which rows may notice, by the room where the question stood. */
const nearRows = {
  audit: 'audit-logs',
  auth: 'api-keys|session|modules|providers',
  mirror: '/mirror/|/terraform/',
  modules: 'modules',
  operations: 'storage',
  organizations: 'namespaces|organizations|platform|users|modules|providers',
  providers: 'providers|signing-keys',
}

let count = 0
const areGreen = {}

const copy = mkdtempSync(join(tmpdir(), 'cadastre-without-permits-'))
try {
  process.exitCode = await main()
} finally {
  rmSync(copy, { recursive: true, force: true })
}

async function main() {
  const files = copyRepository()
  const asked = files.filter((file) => /^server\/src\/.*(?<!\.test)\.ts$/.test(file)).flatMap(takeApart)
  const chosen = asked.filter(({ file }) => file.includes(part))
  if (listsOnly) {
    for (const { file, line, text } of chosen) process.stdout.write(`${file}:${line}\t${text}\n`)
    return 0
  }
  if (!(await passes([matrix]))) {
    process.stderr.write('The matrix is red with every question in its place; mend that first.\n')
    return 1
  }
  const missed = []
  const waiting = [...chosen]
  const work = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      const by = await noticedBy(one)
      process.stdout.write(`${by ?? 'NOTHING'}\t${one.file}:${one.line}\t${one.text}\n`)
      if (!by) missed.push(one)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  process.stdout.write(`${chosen.length} taken away, each alone; ${missed.length} of them turned nothing red.\n`)
  for (const { file, line, text } of missed) process.stdout.write(`  ${file}:${line}  ${text}\n`)
  return missed.length === 0 ? 0 : 1
}

/** What is tracked or could be, so that what is not committed yet is tried as well. */
function copyRepository() {
  const { stdout } = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' })
  const files = stdout.split('\0').filter((file) => file !== '')
  for (const file of files) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    cpSync(join(root, file), join(copy, file))
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  return files
}

/** Every question gets a switch around it, so that one copy serves them all. */
function takeApart(file) {
  const text = readFileSync(join(copy, file), 'utf8')
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found = []
  const visit = (node) => {
    if (ts.isCallExpression(node) && asks(node)) found.push(node)
    ts.forEachChild(node, visit)
  }
  visit(source)
  const changed = found.map((node) => {
    const number = ++count
    const isOff = `process.env.CADASTRE_WITHOUT_PERMIT === '${number}'`
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
    const shown = text.split('\n')[line - 1].trim()
    const without = `${isOff} ? undefined : ${node.getText()}`
    // Nothing ends the line before it, so a statement must not begin with a bracket.
    const isStatement = ts.isExpressionStatement(node.parent)
    const caller = answers.test(node.expression.getText()) ? node.arguments[1] : undefined
    const [from, to, instead] = caller
      ? [caller.getStart(), caller.getEnd(), `(${isOff} ? ${everybody} : ${caller.getText()})`]
      : [node.getStart(), node.getEnd(), isStatement ? without : `(${without})`]
    return { file, line, text: shown, number, from, to, instead }
  })
  let after = text
  for (const { from, to, instead } of changed.toReversed()) after = after.slice(0, from) + instead + after.slice(to)
  if (changed.length > 0) writeFileSync(join(copy, file), after)
  return changed
}

/** The registry itself is not asked: it may do everything anyway. */
function asks({ expression, arguments: given }) {
  return question.test(expression.getText()) && !given.some((argument) => argument.getText() === 'system')
}

async function noticedBy({ file, number }) {
  const room = file.split('/')[2]
  if (nearRows[room] && !(await passes([matrix], number, nearRows[room]))) return 'the matrix'
  if (!(await passes([matrix], number))) return 'the matrix'
  const own = [`server/src/${room}/`, 'server/test/attacks-', 'server/test/rights-property']
  if (await passes(own, number)) return undefined
  // Red tells nothing where it was red before.
  areGreen[room] ??= passes(own)
  if (await areGreen[room]) return 'tests of its room'
  process.stderr.write(`The tests around ${room} are red with every question in its place.\n`)
  return undefined
}

function passes(tests, number = 0, rows = '') {
  const env = { ...process.env, CADASTRE_WITHOUT_PERMIT: String(number), CADASTRE_MATRIX_ROWS: rows, NO_COLOR: '1' }
  const vitest = join(copy, 'node_modules/vitest/vitest.mjs')
  const run = spawn(process.execPath, [vitest, 'run', '--project', 'unit', '--bail', '1', ...tests], {
    cwd: copy,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = []
  for (const stream of [run.stdout, run.stderr]) stream.setEncoding('utf8').on('data', (text) => said.push(text))
  // A test that took too long on a busy machine, or could not begin, has noticed nothing.
  return new Promise((resolve) =>
    run.on('close', (code) => resolve(code === 0 || !said.join('').includes('AssertionError'))),
  )
}
