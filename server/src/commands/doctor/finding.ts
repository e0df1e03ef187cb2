/** What one check of `cadastre doctor --server` found; the same shape as on the client's side. */
import { Refusal } from '../../foundation/refusal.ts'

export type Finding = {
  check: string
  result: 'ok' | 'warning' | 'failed'
  says: string
  /** what to do, of what is not ok */
  fix?: string
}

export const ok = (check: string, says: string): Finding => ({ check, result: 'ok', says })
export const warning = (check: string, says: string, fix: string): Finding => ({ check, result: 'warning', says, fix })
export const failed = (check: string, says: string, fix?: string): Finding => ({
  check,
  result: 'failed',
  says,
  ...(fix !== undefined && { fix }),
})

const maxSeconds = 30

/** What was found, or what kept the check from its end. */
export async function looked(check: string, work: () => Promise<Finding[]>): Promise<Finding[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Finding[]>((resolve) => {
    timer = setTimeout(
      () => resolve([failed(check, `It took longer than ${maxSeconds} s.`, 'Try again.')]),
      maxSeconds * 1000,
    )
  })
  const done = work().catch((error: Error) => [
    failed(check, error.message, error instanceof Refusal ? error.hint : undefined),
  ])
  return Promise.race([done, late]).finally(() => clearTimeout(timer))
}
