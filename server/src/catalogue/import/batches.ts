/** Entries of a source in batches that fit into memory, the next one read while the one before is merged. */
import type { SourceEntry } from '../../upstream/source.ts'

const maxItems = 200
const maxRows = 6_000

export async function* batchesOf(
  entries: AsyncIterable<SourceEntry>,
  atOnce = maxItems,
): AsyncGenerator<SourceEntry[]> {
  const batches = gather(entries, atOnce)
  let next = batches.next()
  try {
    while (true) {
      const { value, done } = await next
      if (done) return
      next = batches.next()
      // Whoever stops early does not wait for it.
      next.catch(() => {})
      yield value
    }
  } finally {
    await batches.return(undefined)
  }
}

async function* gather(entries: AsyncIterable<SourceEntry>, atOnce: number): AsyncGenerator<SourceEntry[]> {
  let batch: SourceEntry[] = []
  let rows = 0
  for await (const entry of entries) {
    batch.push(entry)
    rows += rowsOf(entry)
    if (batch.length < atOnce && rows < maxRows) continue
    yield batch
    batch = []
    rows = 0
  }
  if (batch.length > 0) yield batch
}

function rowsOf({ item }: SourceEntry): number {
  if (!item) return 0
  if (item.kind === 'module') return item.versions.length
  return item.versions.reduce((rows, { platforms }) => rows + 1 + platforms.length, 0)
}
