/** The server's commands as a program of its own, for tests that run what a page says in a shell. */
import { exitOf, run } from '../src/commands/program.ts'

await run(process.argv.slice(2)).catch((error) => {
  const { text, code } = exitOf(error)
  process.stderr.write(`${text}\n`)
  process.exitCode = code
})
