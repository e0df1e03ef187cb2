/**
 * `node scripts/renovate.mjs`: installs Renovate beside its test, and lets it look up modules and providers in a registry.
 * It is large and nothing else needs it, so it is no part of the lockfile and of `npm test`.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fail, installMissing, requireNode } from './install.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'e2e/renovate')
const packages = join(folder, 'node_modules')

requireNode()
installMissing()
if (!isInstalled()) install()
process.stdout.write(`Renovate ${versionOf('renovate')}: ${Math.round(sizeOf(packages) / 1e6)} MB in ${packages}\n`)
process.exitCode = test()

function isInstalled() {
  return timeOf(join(packages, '.package-lock.json')) >= timeOf(join(folder, 'package.json'))
}

/** Neither scripts nor what is optional: its look-ups need no native code. */
function install() {
  process.stderr.write('Installing Renovate, about 270 MB …\n')
  const options = ['--no-package-lock', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund']
  const { status } = spawnSync('npm', ['install', ...options, '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status !== 0) fail('npm could not install Renovate; its own words are above.')
}

function test() {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const args = [vitest, 'run', '--project', 'e2e', 'e2e/renovate.test.ts']
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1
}

function versionOf(name) {
  return JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8')).version
}

/** What the disk gives up for it, which for many small files is more than what is in them. */
function sizeOf(path) {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).blocks * 512, 0)
}

function timeOf(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
