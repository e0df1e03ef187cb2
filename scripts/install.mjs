/** Installs what a fresh clone lacks; a second time it looks at two files and does nothing. */
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const oldest = [20, 19]

export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return
  fail(`Cadastre needs Node ${oldest.join('.')} or newer; this is ${process.versions.node}.`)
}

/** `npm ci` when the packages are missing or older than the lockfile. */
export function installMissing() {
  if (isInstalled('.')) return
  process.stderr.write('Installing packages …\n')
  if (!npmCi('.')) fail('npm could not install the packages; its own words are above.')
}

/** What only tests start. It is large, so nobody else installs it, and tests that lack it are skipped by name. */
export function installEmulators() {
  const folder = 'server/test/emulators'
  if (isInstalled(folder)) return
  process.stderr.write('Installing Azurite, 186 MB that only tests need …\n')
  if (!npmCi(folder))
    process.stderr.write('npm could not install Azurite: the tests of storage in Azure are skipped.\n')
}

const isInstalled = (folder) =>
  timeOf(join(folder, 'node_modules/.package-lock.json')) >= timeOf(join(folder, 'package-lock.json'))

/** @returns whether it went well */
function npmCi(folder) {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { status } = spawnSync(npm, ['ci', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  return status === 0
}

export function fail(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

const timeOf = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0
