/** Files of a provider version that wait until all of them are there. */
import { sql } from 'kysely'
import type { Db } from '../foundation/database/database.ts'
import './tables.ts'

/** An upload that nobody finishes is forgotten after this time. */
const forgottenAfterHours = 24

export async function forgetStagedFiles(db: Db): Promise<void> {
  await sql`delete from staged_files where staged_at < now() - ${forgottenAfterHours} * interval '1 hour'`.execute(db)
}
