/** `npm start`: installs what is missing, builds what is stale, runs the registry with the examples in it. */
import { createRequire } from 'node:module'
import { build } from './build.mjs'
import { installMissing, requireNode } from './install.mjs'

requireNode()
installMissing()
await build()

const { start, exitOf } = createRequire(import.meta.url)('../server/dist/commands.cjs')
try {
  await start()
  process.exit(0)
} catch (error) {
  const { text, code } = exitOf(error)
  process.stderr.write(`${text}\n`)
  process.exit(code)
}
