/** Two versions of a module, compared for whoever may read it. */
import { CompareParams, FileDiff, ModuleDiff } from '@cadastre/contract/interface-diff'
import { FileQuery } from '@cadastre/contract/module-knowledge'
import type * as z from 'zod'
import type { Caller } from '../../access/caller.ts'
import type { App } from '../../foundation/app.ts'
import { keepInMemory } from '../../foundation/database/kept.ts'
import type { Api } from '../../foundation/http/api.ts'
import { Refusal } from '../../foundation/refusal.ts'
import type { ArchivedFiles } from '../knowledge/archived-files.ts'
import { type AskedVersion, askedVersion, givenOut, seen } from '../knowledge/asked-version.ts'
import { fileNotFound } from '../knowledge/knowledge-refusals.ts'
import { findArchive } from '../knowledge/queries.ts'
import { moduleText, requestedVersion } from '../module.ts'
import { compareModules, type Difference, errorsOf } from './compare.ts'
import { fileDiff } from './file-diff.ts'
import { asComparable, type ComparableRow, type ComparedRow, listComparableById, listCompared } from './queries.ts'

const tags = ['modules']
const path = '/modules/:namespace/:name/:system/compare/:from...:to'
const params = CompareParams

export function moduleCompareApi(api: Api, app: App, files: ArchivedFiles) {
  const known = comparisons(app)

  api.get(
    path,
    {
      schema: {
        summary: 'What differs between two versions: their interfaces, and which step of SemVer that is.',
        description: 'Either version may be the newer one. Nothing is run: what is compared is what was read of both.',
        tags,
        params,
        response: { 200: ModuleDiff },
      },
    },
    async ({ caller, params }) => {
      const [from, to] = await askedVersions(app, caller, params)
      const { address } = from
      const found = await listCompared(app.db, address, [from.core, to.core])
      const [was, is] = [from, to].map((asked) =>
        seen(
          asked,
          found.find(({ core }) => core === asked.core),
        ),
      ) as [ComparedRow, ComparedRow]
      const { errors, ...difference } = await known(was, is)
      return {
        address: moduleText(address),
        from: asCompared(was, errors[0]),
        to: asCompared(is, errors[1]),
        ...difference,
      }
    },
  )

  api.get(
    `${path}/file`,
    {
      schema: {
        summary: 'What differs in one file of two versions, line by line.',
        tags,
        params,
        querystring: FileQuery,
        response: { 200: FileDiff },
      },
    },
    async ({ caller, params, query }) => {
      const [from, to] = await askedVersions(app, caller, params)
      const [before, after] = [await bytesOf(from, query.path), await bytesOf(to, query.path)]
      if (!before && !after) throw fileNotFound(to.address, to.version, query.path)
      return fileDiff(query.path, before, after)
    },
  )

  /** @returns undefined when the version has no such file */
  async function bytesOf(asked: AskedVersion, path: string): Promise<Buffer | undefined> {
    try {
      return await files.read(asked, givenOut(asked, await findArchive(app.db, asked)), path)
    } catch (error) {
      if (error instanceof Refusal && error.code === 'module-file-not-found') return undefined
      throw error
    }
  }
}

async function askedVersions(app: App, caller: Caller, params: ComparePath): Promise<[AskedVersion, AskedVersion]> {
  const from = await askedVersion(app, caller, { ...params, version: params.from })
  return [from, { ...from, version: params.to, core: requestedVersion(params.to, from.address).core }]
}

type ComparePath = z.infer<typeof CompareParams>

const keptBytes = 16 * 1024 * 1024

type Known = Difference & { errors: [from: number, to: number] }

/** Remembered, since anybody may ask again and a hostile module makes it dear: once for however many ask at once. */
function comparisons({ db }: App) {
  const kept = keepInMemory<Known>({ maxBytes: keptBytes, sizeOf: (known) => 2 * JSON.stringify(known).length })
  return (was: ComparedRow, is: ComparedRow): Promise<Known> =>
    kept.get(
      [was, is].map(({ id, inspection, inspectedAt }) => `${id} ${inspection} ${inspectedAt?.getTime()}`).join(),
      async () => {
        const rows = await listComparableById(db, [was.id, is.id])
        const [before, after] = [was, is].map(({ id }) => rows.find((row) => row.id === id)!) as [
          ComparableRow,
          ComparableRow,
        ]
        return {
          ...compareModules(asComparable(before), asComparable(after)),
          errors: [errorsOf(before).length, errorsOf(after).length],
        }
      },
    )
}

const asCompared = (row: ComparedRow, errors: number) => ({
  version: row.version,
  state: row.state,
  publishedAt: row.publishedAt.toISOString(),
  inspection: row.inspection,
  errors,
})
