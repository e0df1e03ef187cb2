/** `npm run dev`: `npm start` from the sources, and again whenever one of them changes. */
import { exitOf, start } from '../server/src/commands/program.ts'

try {
  await start()
  process.exit(0)
} catch (error) {
  const { text, code } = exitOf(error)
  process.stderr.write(`${text}\n`)
  process.exit(code)
}
