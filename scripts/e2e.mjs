/**
 * `npm run e2e`: drives real clients against a running registry, then opens every page of it in every combination of theme,
 * size and state, and weighs the main ones; arguments go on to vitest. With `--pages` it leaves the clients out. With
 * `--list` it says which conformance item is shown where, and which is not and why.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { clientsOwn, notOurs } from '../e2e/not-ours.mjs'
import { build } from './build.mjs'
import { installEmulators, installMissing, requireNode } from './install.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const lastItem = 99

requireNode()
installMissing()
const args = process.argv.slice(2)
if (args.includes('--list')) list()
else {
  installEmulators()
  await build()
  const pagesOnly = args.includes('--pages')
  const given = args.filter((arg) => arg !== '--pages')
  const runs = [...(pagesOnly ? [] : [['--project', 'e2e']]), ['--config', join(root, 'e2e/web/matrix.config.ts')]]
  // Whoever names a file means one of the two.
  const statuses = runs.map((which) => run([...which, ...(given.length > 0 ? ['--passWithNoTests', ...given] : [])]))
  process.exitCode = statuses.find((status) => status !== 0) ?? 0
}

/** @returns one entry per conformance item: where its cases are, and what is said about it */
function items() {
  const cases = casesByItem()
  return Array.from({ length: lastItem }, (_, index) => {
    const item = `C-${String(index + 1).padStart(2, '0')}`
    const missing = notOurs.find((each) => each.item === item)
    return { item, cases: cases.get(item) ?? [], remark: clientsOwn[item] ?? missing?.reason }
  })
}

/** A case names its item first: `test('C-15 the list is …'`, also behind `test.each([…])`. */
function casesByItem() {
  const cases = new Map()
  const folder = join(root, 'e2e')
  for (const file of readdirSync(folder, { recursive: true }).sort()) {
    if (!file.endsWith('.test.ts')) continue
    const path = join(folder, file)
    for (const [index, line] of readFileSync(path, 'utf8').split('\n').entries()) {
      const item = /^\s*(?:\]\)|test(?:\.each\(.*\))?)\(['"`](C-\d\d)\b/.exec(line)?.[1]
      if (item) cases.set(item, [...(cases.get(item) ?? []), `${relative(root, path)}:${index + 1}`])
    }
  }
  return cases
}

function list() {
  for (const { item, cases, remark } of items()) {
    const where = cases.length > 0 ? cases.join('  ') : 'no case'
    process.stdout.write(`${item}  ${where}${remark ? `  (${remark})` : ''}\n`)
  }
}

function run(args) {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  return spawnSync(process.execPath, [vitest, 'run', ...args], { cwd: root, stdio: 'inherit' }).status ?? 1
}
