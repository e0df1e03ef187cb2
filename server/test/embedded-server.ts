/** A program that starts the embedded PostgreSQL as the registry does, for tests that kill it. It answers with one line of JSON. */
import { type EmbeddedOptions, startEmbeddedPostgres } from '../src/foundation/database/embedded.ts'
import { Refusal } from '../src/foundation/refusal.ts'
import type { Answer } from './embedded.ts'

const options = JSON.parse(process.argv[2]!) as EmbeddedOptions
const say = (answer: Answer) => process.stdout.write(`${JSON.stringify(answer)}\n`)

try {
  const postgres = await startEmbeddedPostgres(options)
  const stop = () => void postgres.stop().then(() => process.exit(0))
  process.once('SIGTERM', stop)
  // The test that started this program is gone.
  process.stdin.once('end', stop).resume()
  postgres.died.then(() => process.exit(1))
  const { owner, application, superuser, folder } = postgres
  say({ started: { owner, application, superuser, folder } })
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  say({ refused: { code: error.code, message: error.message, hint: error.hint } })
  process.stdin.destroy()
}
