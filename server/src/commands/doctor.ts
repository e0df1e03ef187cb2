/** `cadastre doctor --server`: looks at everything the registry needs where it runs, and says of each thing whether it is well. */
import type { Config } from '../foundation/config/settings.ts'
import { createLog } from '../foundation/log.ts'
import { withoutControls } from '../foundation/one-line.ts'
import { checkCertificate } from './doctor/certificate.ts'
import { checkDatabase } from './doctor/database.ts'
import { type Finding, looked } from './doctor/finding.ts'
import { checkAddress, checkMetrics, checkServer } from './doctor/front.ts'
import { checkAddedIssuers, checkSettingsIssuers } from './doctor/issuers.ts'
import { checkDataFolder } from './doctor/machine.ts'
import { checkSecrets } from './doctor/secrets.ts'
import { checkSettings } from './doctor/settings.ts'
import { checkStorages } from './doctor/stores.ts'
import { say } from './say.ts'

/** Something is not well, and was said. */
export class Unwell extends Error {}

/** @throws Unwell when something failed; warnings are none */
export async function doctor({ json }: { json?: boolean }): Promise<void> {
  const { config, findings: ofSettings } = checkSettings()
  const findings = config ? [...ofSettings, ...(await allOf(config))] : ofSettings
  const count = (result: Finding['result']) => findings.filter((finding) => finding.result === result).length
  const warned = count('warning')
  if (json)
    say(JSON.stringify({ schema: 'cadastre.doctor.server.v1', ok: true, data: { findings }, warnings: [], next: [] }))
  else {
    for (const finding of findings) for (const line of linesOf(finding)) say(line)
    process.stderr.write(
      `${count('ok')} ok, ${warned} ${warned === 1 ? 'warning' : 'warnings'}, ${count('failed')} failed.\n`,
    )
  }
  if (count('failed') > 0) throw new Unwell()
}

async function allOf(config: Config): Promise<Finding[]> {
  const log = createLog({ level: 'fatal', format: 'text', output: 'stderr' })
  const { runs, findings: ofServer } = await checkServer(config)
  const found = await Promise.all([
    looked('data_dir', () => checkDataFolder(config)),
    looked('database', () =>
      checkDatabase(config, log, async (db) => [
        ...(await looked('encryption key', () => checkSecrets(config, db))),
        ...(await looked('issuers', () => checkAddedIssuers(config, db))),
      ]),
    ),
    looked('storage', () => checkStorages(config, log)),
    ofServer,
    looked('base_url', () => checkAddress(config, runs)),
    looked('certificate', () => checkCertificate(config)),
    looked('metrics', () => checkMetrics(config, runs)),
    looked('issuers', () => checkSettingsIssuers(config)),
  ])
  return found.flat()
}

const linesOf = ({ result, check, says, fix = '' }: Finding): string[] => {
  // What others say may hold what a terminal obeys.
  const [head, advice] = [says, fix].map(withoutControls) as [string, string]
  if (!process.stdout.isTTY) return [[result, check, head, advice].join('\t')]
  return [`${result.padEnd(8)} ${check.padEnd(15)} ${head}`, ...(advice === '' ? [] : [`${' '.repeat(25)}${advice}`])]
}
