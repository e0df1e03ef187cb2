/** What one check of `cadastre doctor` found, and how all of them end. Pure. */
import { type ExitCode, exit } from '../exit.ts'

export type Result = 'ok' | 'warning' | 'failed'

export type Finding = {
  check: string
  result: Result
  says: string
  /** what to do, of what is not ok */
  fix?: string
  /** of what failed, when it is not simply "something is wrong" */
  exitCode?: ExitCode
}

export const ok = (check: string, says: string): Finding => ({ check, result: 'ok', says })
export const warning = (check: string, says: string, fix: string): Finding => ({ check, result: 'warning', says, fix })
export const failed = (check: string, says: string, fix: string | undefined, exitCode?: ExitCode): Finding => ({
  check,
  result: 'failed',
  says,
  ...(fix !== undefined && { fix }),
  ...(exitCode !== undefined && { exitCode }),
})

/** What stands in the way of everything else comes first: no answer, then no entry. */
export function exitCodeOf(findings: Finding[]): ExitCode {
  const failures = findings.filter(({ result }) => result === 'failed')
  if (failures.length === 0) return exit.done
  const first = [exit.unreachable, exit.refused].find((code) => failures.some(({ exitCode }) => exitCode === code))
  return first ?? exit.content
}

/** The promise, or what its silence stands for; its late end is nobody's any more. */
export async function within<Value>(seconds: number, asked: Promise<Value>, late: () => Value): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<Value>((resolve) => {
    timer = setTimeout(() => resolve(late()), seconds * 1000)
  })
  asked.catch(() => {})
  return Promise.race([asked, silence]).finally(() => clearTimeout(timer))
}
