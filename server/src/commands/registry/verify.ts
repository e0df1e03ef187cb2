/** `cadastre registry verify`: does the catalogue say what its source says? */
import { catalogueHostname, notCatalogued } from '../../catalogue/hostname.ts'
import { findSource } from '../../catalogue/import/queries.ts'
import { verifyCatalogue } from '../../catalogue/verify.ts'
import { Refusal } from '../../foundation/refusal.ts'
import { openSource } from '../../upstream/open-source.ts'
import type { Only } from '../../upstream/source.ts'
import { say } from '../say.ts'
import { onOwnConnection } from './own-database.ts'
import { showProgress } from './progress.ts'

type Options = { hostname?: string; only?: Only; samples: number; json?: boolean }

export async function verifyRegistry(named: string, options: Options): Promise<void> {
  const { hostname, verified } = await onOwnConnection(async ({ db }, around) => {
    const { source, hostname: usual } = openSource(around, named, { trusted: true })
    const hostname = catalogueHostname(options.hostname ?? usual)
    if (!(await findSource(db, hostname))) throw notCatalogued(hostname)
    const progress = showProgress('Comparing')
    const verified = await verifyCatalogue(db, source, hostname, { ...options, watch: progress.at }).finally(
      progress.end,
    )
    return { hostname, verified }
  })
  const ok = verified.differences.length === 0
  if (options.json) say(JSON.stringify({ schema: 'cadastre.registry.verify.v1', ok, data: verified }))
  else {
    for (const kind of ['modules', 'moduleVersions', 'providers', 'providerVersions'] as const) {
      if (options.only && !kind.startsWith(options.only.slice(0, -1))) continue
      say(`${kind}\t${verified.source[kind]} in the source\t${verified.catalogue[kind]} in the catalogue`)
    }
    say(`compared in full\t${verified.sampled}`)
    for (const { path, reason } of verified.differences) say(`differs\t${path}\t${reason}`)
  }
  if (!ok) throw differs(hostname, verified.differences.length)
}

const differs = (hostname: string, differences: number) =>
  new Refusal(
    'invalid',
    'catalogue-differs',
    `The catalogue of ${hostname} differs from this source in ${differences === 1 ? '1 place' : `${differences} places`}.`,
    'Import it again to take what has changed.',
  )
