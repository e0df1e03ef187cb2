/** `npm run check`: types, lint and format, dead code, fresh generated files, settings that do something, licences. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { installMissing, requireNode } from './install.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

requireNode()
installMissing()

/** The order of rooms is a test, server/test/rooms.test.ts; it runs here too, since it is quick. */
const checks = [
  ['types', 'node_modules/typescript/bin/tsc', ['--noEmit', '-p', '.']],
  ['types of the web', 'node_modules/typescript/bin/tsc', ['--noEmit', '-p', 'web']],
  ['lint and format', 'node_modules/@biomejs/biome/bin/biome', ['ci', '--error-on-warnings', '.']],
  ['dead code', 'node_modules/knip/bin/knip.js', []],
  [
    'circles between files',
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    ['--config', '.dependency-cruiser.cjs', 'contract/src', 'server/src', 'cli/src', 'web/src'],
  ],
  ['OpenAPI document', 'scripts/openapi.mjs', ['--check']],
  ['settings files', 'scripts/config.mjs', ['--check']],
  ['everything builds', 'scripts/build.mjs', []],
  ['sizes of the web', 'node_modules/size-limit/bin.js', []],
  ['settings that do something', 'scripts/settings-in-use.mjs', []],
  ['licences', 'scripts/licences.mjs', []],
  ['order of rooms', 'node_modules/vitest/vitest.mjs', ['run', '--project', 'rooms', '--reporter', 'dot']],
]

const failed = []
for (const [name, file, args] of checks) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], { cwd: root, encoding: 'utf8' })
  process.stdout.write(`${status === 0 ? 'ok    ' : 'FAILED'}  ${name}\n`)
  if (status === 0) continue
  failed.push(name)
  process.stdout.write(`${stdout}${stderr}\n`)
}
if (failed.length > 0) {
  process.stdout.write(`\nnot in order: ${failed.join(', ')}\n`)
  process.exit(1)
}
