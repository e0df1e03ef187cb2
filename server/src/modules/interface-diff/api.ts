/** Two versions of a module, compared for whoever may read it. */
import { CompareParams, ModuleDiff } from '@cadastre/contract/interface-diff'
import type { App } from '../../foundation/app.ts'
import type { Api } from '../../foundation/http/api.ts'
import { askedVersion, seen } from '../knowledge/asked-version.ts'
import { moduleText, requestedVersion } from '../module.ts'
import { compareModules, errorsOf } from './compare.ts'
import { asComparable, type ComparableRow, listComparable } from './queries.ts'

export function moduleCompareApi(api: Api, app: App) {
  api.get(
    '/modules/:namespace/:name/:system/compare/:from...:to',
    {
      schema: {
        summary: 'What differs between two versions: their interfaces, and which step of SemVer that is.',
        description: 'Either version may be the newer one. Nothing is run: what is compared is what was read of both.',
        tags: ['modules'],
        params: CompareParams,
        response: { 200: ModuleDiff },
      },
    },
    async ({ caller, params }) => {
      const from = await askedVersion(app, caller, { ...params, version: params.from })
      const { address } = from
      const to = { ...from, version: params.to, core: requestedVersion(params.to, address).core }
      const found = await listComparable(app.db, address, [from.core, to.core])
      const [was, is] = [from, to].map((asked) =>
        seen(
          asked,
          found.find(({ core }) => core === asked.core),
        ),
      ) as [ComparableRow, ComparableRow]
      return {
        address: moduleText(address),
        from: asCompared(was),
        to: asCompared(is),
        ...compareModules(asComparable(was), asComparable(is)),
      }
    },
  )
}

const asCompared = (row: ComparableRow) => ({
  version: row.version,
  state: row.state,
  publishedAt: row.publishedAt.toISOString(),
  inspection: row.inspection,
  errors: errorsOf(row).length,
})
