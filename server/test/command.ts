/** Runs a server command as the `cadastre` program does, in this process, with a folder and variables of its own. */
import { exitOf, run } from '../src/commands/program.ts'
import type { Environment } from '../src/foundation/config/sources.ts'

export type Outcome = { code: number; stdout: string; stderr: string }

const foreign = /^(TFR_|TOFU_REGISTRY_|PG|CONFIG_PATH$)/

/** One at a time: the folder and the variables are the process's own. */
export async function cadastre(
  args: string[],
  { cwd, env = {} }: { cwd: string; env?: Environment },
): Promise<Outcome> {
  const before = { cwd: process.cwd(), env: process.env, out: process.stdout.write, err: process.stderr.write }
  const outcome: Outcome = { code: 0, stdout: '', stderr: '' }
  const kept = Object.entries(before.env).filter(([name]) => !foreign.test(name))
  process.chdir(cwd)
  process.env = { ...Object.fromEntries(kept), ...env } as NodeJS.ProcessEnv
  process.stdout.write = ((text: string) => {
    outcome.stdout += text
    return true
  }) as never
  process.stderr.write = ((text: string) => {
    outcome.stderr += text
    return true
  }) as never
  try {
    await run(args)
  } catch (error) {
    const { text, code } = exitOf(error)
    outcome.stderr += text
    outcome.code = code
  } finally {
    process.chdir(before.cwd)
    process.env = before.env
    process.stdout.write = before.out
    process.stderr.write = before.err
  }
  return outcome
}
