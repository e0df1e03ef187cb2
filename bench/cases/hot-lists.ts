/** P1 and P2: version lists from memory, with a token; plain against the same bytes, gzip against the plain bytes. */
import { insertDocument, largestModule, listPath, versionNumbers, versionsForBytes } from '../data.ts'
import { addRow, type Bench, side, sideBySide, size, startLimit } from '../measure.ts'
import { giantProvider, insertProviderDocument, largestProvider, providerListPath } from '../provider-data.ts'
import type { Registry } from '../registry.ts'

type List = {
  says: string
  path: string
  insert(registry: Registry): Promise<{ plainBytes: number; gzipBytes: number; etag: string }>
  plainAtMost: number
  /** `reported`: measured and not gated */
  gzipAtMost?: number | 'reported'
  headAtMost?: number
}

type Goals = Pick<List, 'plainAtMost' | 'gzipAtMost' | 'headAtMost'>

const moduleList = (name: string, says: string, versions: string[], goals: Goals): List => ({
  says,
  path: listPath(name),
  insert: (registry) => insertDocument(registry, name, versions),
  ...goals,
})

const providerList = (type: string, says: string, versions: number, goals: Goals): List => ({
  says: `${says}, provider of ${versions} versions × 12 platforms`,
  path: providerListPath(type),
  insert: (registry) => insertProviderDocument(registry, type, versions),
  ...goals,
})

const moduleLists: List[] = [
  moduleList('usual', 'list of 19 versions (p90)', versionNumbers(19), { plainAtMost: 1.4 }),
  moduleList('largest', 'list of 2,504 versions (the largest real module)', versionNumbers(largestModule), {
    plainAtMost: 1.25,
    gzipAtMost: 'reported',
  }),
  moduleList('large', 'list of 168 KB (the size of the largest real list, a provider)', versionsForBytes(168_000), {
    plainAtMost: 1.25,
    gzipAtMost: 0.5,
  }),
  moduleList('giant', 'list of 300 KB (made up)', versionsForBytes(302_000), {
    plainAtMost: 1.25,
    gzipAtMost: 0.4,
    headAtMost: 0.35,
  }),
]

const providerLists: List[] = [
  providerList('usual', 'list of 11 KB (p90)', 27, { plainAtMost: 1.4, gzipAtMost: 'reported' }),
  providerList('largest', 'list of 168 KB (the largest real one)', largestProvider, {
    plainAtMost: 1.25,
    gzipAtMost: 0.5,
  }),
  providerList('giant', 'list of 300 KB (made up)', giantProvider, {
    plainAtMost: 1.25,
    gzipAtMost: 0.4,
    headAtMost: 0.35,
  }),
]

export const hotLists = (bench: Bench) => measureLists(bench, moduleLists)
export const hotProviderLists = (bench: Bench) => measureLists(bench, providerLists)

async function measureLists(bench: Bench, lists: List[]): Promise<void> {
  const authorization = `Bearer ${bench.registry.token}`
  for (const list of lists) {
    const document = await list.insert(bench.registry)
    const limit = await startLimit(200, document.plainBytes)
    const pair = (status: string, method: 'GET' | 'HEAD', headers: Record<string, string>) => (pairs: number) =>
      sideBySide(
        bench,
        side(limit.pid, '200', { port: limit.port, path: list.path, headers: { authorization, ...headers } }),
        side(bench.registry.pid, status, {
          port: bench.registry.port,
          path: list.path,
          method,
          headers: { authorization, ...headers },
        }),
        pairs,
      ).then(({ rounds }) => rounds)
    const row = (goal: string, name: string, bytes: number, atMost?: number) => ({
      goal,
      name: `${name}${list.says}`,
      bytes: bytes === document.plainBytes ? size(bytes) : `${size(bytes)} / ${size(document.plainBytes)}`,
      atMost,
      unit: 'µs' as const,
    })
    await addRow(bench, row('P1', 'hot ', document.plainBytes, list.plainAtMost), pair('200', 'GET', {}))
    if (list.gzipAtMost !== undefined) {
      const atMost = list.gzipAtMost === 'reported' ? undefined : list.gzipAtMost
      await addRow(
        bench,
        row('P2', 'gzip of the ', document.gzipBytes, atMost),
        pair('200', 'GET', { 'accept-encoding': 'gzip' }),
      )
    }
    if (list.headAtMost !== undefined) {
      await addRow(bench, row('P2', 'HEAD of the ', 0, list.headAtMost), pair('200', 'HEAD', {}))
      await addRow(
        bench,
        row('P2', '304 for the ', 0, list.headAtMost),
        pair('304', 'GET', { 'if-none-match': document.etag }),
      )
    }
    await limit.stop()
  }
}
