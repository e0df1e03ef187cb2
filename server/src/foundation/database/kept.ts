/** A bounded memory of what PostgreSQL answered: one query per key however many ask, and nothing outlives its change. */
import { LRUCache } from 'lru-cache'
import type { Metrics } from '../metrics.ts'

export type Kept<Value extends object> = {
  /** The value if it is in memory; never waits. */
  peek(key: string): Value | undefined
  /** The value from memory, else from `load`; callers that come together share one load. */
  get(key: string, load: () => Promise<Value>): Promise<Value>
  /** Forgets the key, and makes sure that a load under way is not kept. */
  drop(key: string): void
  dropWhere(matches: (key: string, value: Value) => boolean): void
  clear(): void
  sizeBytes(): number
  hits: number
  misses: number
}

/** @param options.sizeOf bytes of a value as it lies in memory */
export function keepInMemory<Value extends object>(options: {
  maxBytes: number
  sizeOf: (value: Value) => number
}): Kept<Value> {
  const values = new LRUCache<string, Value>({
    maxSize: options.maxBytes,
    sizeCalculation: (value, key) => options.sizeOf(value) + 2 * key.length + 200,
  })
  const underWay = new Map<string, Promise<Value>>()

  async function load(key: string, read: () => Promise<Value>): Promise<Value> {
    const loading = read()
    underWay.set(key, loading)
    try {
      const value = await loading
      // Dropped meanwhile: the caller may have it, since the change came after the question, but nobody later.
      if (underWay.get(key) === loading) values.set(key, value)
      return value
    } finally {
      if (underWay.get(key) === loading) underWay.delete(key)
    }
  }

  const kept: Kept<Value> = {
    hits: 0,
    misses: 0,
    peek(key) {
      const value = values.get(key)
      if (value) kept.hits += 1
      return value
    },
    get(key, read) {
      const value = values.get(key)
      if (value) return Promise.resolve(value)
      kept.misses += 1
      return underWay.get(key) ?? load(key, read)
    },
    drop(key) {
      values.delete(key)
      underWay.delete(key)
    },
    dropWhere(matches) {
      for (const [key, value] of values.entries()) if (matches(key, value)) values.delete(key)
      underWay.clear()
    },
    clear() {
      values.clear()
      underWay.clear()
    },
    sizeBytes: () => values.calculatedSize,
  }
  return kept
}

/** How well the memory does its work, for those who watch. */
export function describeKept(
  metrics: Metrics,
  name: string,
  kept: Pick<Kept<object>, 'hits' | 'misses' | 'sizeBytes'>,
): void {
  metrics.counter(`cadastre_cache_${name}_hits_total`, `Answers from memory: ${name}.`, () => kept.hits)
  metrics.counter(`cadastre_cache_${name}_misses_total`, `Answers that asked the database: ${name}.`, () => kept.misses)
  metrics.gauge(`cadastre_cache_${name}_bytes`, `Bytes kept in memory: ${name}.`, () => kept.sizeBytes())
}
