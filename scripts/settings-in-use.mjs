/** Every key of the settings schema is read somewhere and named in a test: a setting that does nothing is not shipped. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

const files = (folder, wanted) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && wanted(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))

const isTest = (name) => /\.test\.ts$/.test(name)
const code = files('server/src', (name) => name.endsWith('.ts') && !isTest(name))
  .filter((path) => !/config\/(settings|kinds|explain|sources|load)\.ts$/.test(path))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n')
const tested = ['server/src', 'server/test', 'cli', 'e2e', 'deploy', 'docs']
  .filter((folder) => existsSync(join(root, folder)))
  .flatMap((folder) => files(folder, (name) => isTest(name) || name === 'registry.ts'))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n')

const script =
  "import { leaves } from './server/src/foundation/config/sources.ts'; console.log(leaves.map(({ key }) => key).join('\\n'))"
const printed = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
  cwd: root,
  encoding: 'utf8',
})
const keys = printed.stdout.trim().split('\n')
if (printed.status !== 0 || keys.length < 59) {
  process.stderr.write(printed.stderr || 'The settings could not be listed.\n')
  process.exit(1)
}

/** Read as `….leaf`, destructured, or named whole; a section that is handed on whole counts for its leaves. */
function isRead(key) {
  const name = key.split('.').at(-1)
  return new RegExp(`\\.${name}\\b|[{,]\\s*${name}\\b\\s*[,}:=]|'${key.replaceAll('.', '\\.')}'`).test(code)
}

/** By its whole name, or as the variable that sets it. */
const isTested = (key) => tested.includes(key) || tested.includes(`TFR_${key.toUpperCase().replaceAll('.', '_')}`)

const unread = keys.filter((key) => !isRead(key) && !notYet(key))
const untested = keys.filter((key) => !isTested(key))

/** Parts of features that are refused at start: nothing reads them, and nobody can switch on what would. */
function notYet(key) {
  return /^telemetry\.(tracing|profiling)\./.test(key)
}

for (const key of unread) process.stderr.write(`${key} is read nowhere.\n`)
for (const key of untested) process.stderr.write(`${key} is named in no test.\n`)
process.exit(unread.length + untested.length > 0 ? 1 : 0)
