/** `npm run dev`: `npm start` from the sources, and again whenever one of them changes; the web is built anew beside it. */
import { watch } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { exitOf, start } from '../server/src/commands/program.ts'

process.env.CADASTRE_WEB_MODE = 'development'
const { build } = await import('./build.mjs')

const quietMs = 200

/** The server notices by itself that there is another build. */
function rebuildWeb() {
  let waiting
  const rebuild = () => build({ only: 'web/dist' }).catch((error) => process.stderr.write(`${error.message}\n`))
  watch(fileURLToPath(new URL('../web/src', import.meta.url)), { recursive: true }, () => {
    clearTimeout(waiting)
    waiting = setTimeout(rebuild, quietMs)
  }).unref()
  return rebuild()
}

try {
  await rebuildWeb()
  await start()
  process.exit(0)
} catch (error) {
  const { text, code } = exitOf(error)
  process.stderr.write(`${text}\n`)
  process.exit(code)
}
