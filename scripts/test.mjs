/** `npm test`: installs what is missing, builds what is stale, then runs every test; further arguments go to vitest. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { build } from './build.mjs'
import { installEmulators, installMissing, requireNode } from './install.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

requireNode()
installMissing()
installEmulators()
await build()

const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
const { status } = spawnSync(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})
process.exit(status ?? 1)
