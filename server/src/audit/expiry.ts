/** Takes facts out of the audit trail that are older than they have to be kept. */
import type { App } from '../foundation/app.ts'
import { expireFacts } from './queries.ts'

export async function expireOldFacts({ db, config, log }: App): Promise<void> {
  const days = config.audit.retention_days
  if (days === 0) return
  let gone = 0
  for (let more = 1; more > 0; gone += more) more = await expireFacts(db, days)
  if (gone > 0) log.info({ gone, days }, 'removed old facts of the audit trail')
}
