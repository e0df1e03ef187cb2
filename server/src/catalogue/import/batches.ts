/** Entries of a source in batches that fit into memory, the next one read while the one before is merged. */
import type { SourceEntry } from '../../upstream/source.ts'

const maxItems = 400
const maxRows = 10_000
/** A registry that is asked over HTTP gives a few in a second, and people want to see them. */
const maxMs = 5_000

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

/** What a source gave before it failed is a batch, too: it need not be asked for again. */
async function* gather(entries: AsyncIterable<SourceEntry>, atOnce: number): AsyncGenerator<SourceEntry[]> {
  let batch: SourceEntry[] = []
  let rows = 0
  let startedAt = performance.now()
  let failed: { error: unknown } | undefined
  try {
    for await (const entry of entries) {
      batch.push(entry)
      rows += rowsOf(entry)
      if (batch.length < atOnce && rows < maxRows && performance.now() - startedAt < maxMs) continue
      yield batch
      batch = []
      rows = 0
      startedAt = performance.now()
    }
  } catch (error) {
    failed = { error }
  }
  if (batch.length > 0) yield batch
  if (failed) throw failed.error
}

function rowsOf({ item }: SourceEntry): number {
  if (!item) return 0
  if (item.kind === 'module') return item.versions.length
  return item.versions.reduce((rows, { platforms }) => rows + 1 + platforms.length, 0)
}
