/** P1 and P2: version lists from memory, with a token; plain against the same bytes, gzip against the plain bytes. */
import { insertDocument, largestModule, listPath, versionNumbers, versionsForBytes } from '../data.ts'
import { addRow, type Bench, side, sideBySide, size, startLimit } from '../measure.ts'

type List = {
  name: string
  says: string
  versions: string[]
  plainAtMost: number
  gzipAtMost?: number
  headAtMost?: number
}

const lists: List[] = [
  { name: 'usual', says: 'list of 19 versions (p90)', versions: versionNumbers(19), plainAtMost: 1.4 },
  {
    name: 'largest',
    says: 'list of 2,504 versions (the largest real module)',
    versions: versionNumbers(largestModule),
    plainAtMost: 1.25,
  },
  {
    name: 'large',
    says: 'list of 168 KB (the size of the largest real list, a provider)',
    versions: versionsForBytes(168_000),
    plainAtMost: 1.25,
    gzipAtMost: 0.5,
  },
  {
    name: 'giant',
    says: 'list of 300 KB (made up)',
    versions: versionsForBytes(302_000),
    plainAtMost: 1.25,
    gzipAtMost: 0.4,
    headAtMost: 0.35,
  },
]

export async function hotLists(bench: Bench): Promise<void> {
  const authorization = `Bearer ${bench.registry.token}`
  for (const list of lists) {
    const document = await insertDocument(bench.registry, list.name, list.versions)
    const limit = await startLimit(200, document.plainBytes)
    const pair = (status: string, method: 'GET' | 'HEAD', headers: Record<string, string>) => (pairs: number) =>
      sideBySide(
        bench,
        side(limit.pid, '200', { port: limit.port, path: listPath(list.name), headers: { authorization, ...headers } }),
        side(bench.registry.pid, status, {
          port: bench.registry.port,
          path: listPath(list.name),
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
    if (list.name !== 'usual') {
      await addRow(
        bench,
        row('P2', 'gzip of the ', document.gzipBytes, list.gzipAtMost),
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
