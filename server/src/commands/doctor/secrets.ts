/** The encryption key: that it is the one of this database, and opens what was encrypted with it. */
import { listIdentityProviderRows } from '../../auth/issuers/identity-provider-queries.ts'
import { rowIssuer } from '../../auth/issuers/row-issuers.ts'
import type { Config } from '../../foundation/config/settings.ts'
import type { Db } from '../../foundation/database/database.ts'
import { existingKey, keysFrom } from '../../foundation/encryption-key.ts'
import { type Finding, failed, ok } from './finding.ts'

export async function checkSecrets(config: Config, db: Db): Promise<Finding[]> {
  const check = 'encryption key'
  const key = await existingKey(config, db)
  if (key === undefined) return [ok(check, 'There is none yet: the first start makes it.')]
  const derivedKey = keysFrom(key)
  const sealed = (await listIdentityProviderRows(db)).filter(({ sealedSecret }) => sealedSecret !== null)
  const lost = sealed.flatMap((row) => {
    try {
      rowIssuer({ derivedKey }, row)
      return []
    } catch (error) {
      return [failed(check, (error as Error).message, `Set the client secret of ${row.name} anew.`)]
    }
  })
  const opened = sealed.length > 0 ? `, and opens all ${sealed.length} secrets that it keeps` : ''
  return lost.length > 0 ? lost : [ok(check, `It is the one of this database${opened}.`)]
}
