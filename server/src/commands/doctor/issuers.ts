/** Whether people could sign in through the identity providers that the registry knows. */
import { listIdentityProviderRows } from '../../auth/issuers/identity-provider-queries.ts'
import type { Issuer } from '../../auth/issuers/issuer.ts'
import { checkIssuer } from '../../auth/issuers/issuer-check.ts'
import { settingsIssuers } from '../../auth/issuers/known-issuers.ts'
import { rowIssuer } from '../../auth/issuers/row-issuers.ts'
import type { Config } from '../../foundation/config/settings.ts'
import type { Db } from '../../foundation/database/database.ts'
import { type Egress, openEgress } from '../../foundation/egress.ts'
import { type Finding, failed, ok } from './finding.ts'

export const checkSettingsIssuers = (config: Config): Promise<Finding[]> =>
  withEgress(config, (egress) => Promise.all(settingsIssuers(config).map((issuer) => askOf(issuer, egress))))

/** Those that were added while the registry ran. Their secrets are another check's: none is sent here. */
export async function checkAddedIssuers(config: Config, db: Db): Promise<Finding[]> {
  const rows = (await listIdentityProviderRows(db)).filter(({ enabled }) => enabled)
  const issuers = rows.map((row) => rowIssuer(noKeys, { ...row, sealedSecret: null }))
  return withEgress(config, (egress) => Promise.all(issuers.map((issuer) => askOf(issuer, egress))))
}

const noKeys = { derivedKey: () => Buffer.alloc(0) }

async function withEgress(config: Config, work: (egress: Egress) => Promise<Finding[]>): Promise<Finding[]> {
  const egress = openEgress(config.security.egress.allowlist)
  return work(egress).finally(() => egress.close())
}

async function askOf(issuer: Issuer, egress: Egress): Promise<Finding> {
  const check = `issuer ${issuer.name}`
  const { steps } = await checkIssuer({ egress }, issuer)
  const broken = steps.filter(({ ok }) => !ok).map(({ step, detail }) => `${step}: ${detail}`)
  const where = issuer.source === 'settings' ? 'its settings' : 'what was given when it was added'
  if (broken.length > 0)
    return failed(check, broken.join(' '), `Check ${where}, and whether this machine reaches ${issuer.issuerUrl}.`)
  return ok(check, `${issuer.issuerUrl} says what it should, and its keys are there.`)
}
