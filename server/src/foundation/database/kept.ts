/** A bounded memory of what PostgreSQL answered: one query per key however many ask, and nothing outlives its change. */
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

type Entry<Value> = { value: Value; bytes: number; used: boolean }

/** @param options.sizeOf bytes of a value as it lies in memory */
export function keepInMemory<Value extends object>(options: {
  maxBytes: number
  sizeOf: (value: Value) => number
}): Kept<Value> {
  // Oldest first. What was used since it came up last goes to the end instead of out, so that reading only leaves a mark.
  const entries = new Map<string, Entry<Value>>()
  // Stays at the oldest: a new iterator would walk over the traces of all that have gone since the map grew last.
  let oldest = entries.entries()
  const underWay = new Map<string, Promise<Value>>()
  let bytes = 0

  function remove(key: string) {
    bytes -= entries.get(key)?.bytes ?? 0
    entries.delete(key)
  }

  function keep(key: string, value: Value) {
    remove(key)
    const entry = { value, bytes: options.sizeOf(value) + 2 * key.length + 200, used: false }
    if (entry.bytes > options.maxBytes) return
    bytes += entry.bytes
    makeRoom()
    entries.set(key, entry)
  }

  function makeRoom() {
    while (bytes > options.maxBytes) {
      const next = oldest.next()
      if (next.done) {
        oldest = entries.entries()
        continue
      }
      const [key, entry] = next.value
      entries.delete(key)
      if (entry.used) entries.set(key, { ...entry, used: false })
      else bytes -= entry.bytes
    }
  }

  function find(key: string): Value | undefined {
    const entry = entries.get(key)
    if (!entry) return undefined
    entry.used = true
    return entry.value
  }

  async function load(key: string, read: () => Promise<Value>): Promise<Value> {
    const loading = read()
    underWay.set(key, loading)
    try {
      const value = await loading
      // Dropped meanwhile: the caller may have it, since the change came after the question, but nobody later.
      if (underWay.get(key) === loading) keep(key, value)
      return value
    } finally {
      if (underWay.get(key) === loading) underWay.delete(key)
    }
  }

  const kept: Kept<Value> = {
    hits: 0,
    misses: 0,
    peek(key) {
      const value = find(key)
      if (value) kept.hits += 1
      return value
    },
    get(key, read) {
      const value = find(key)
      if (value) return Promise.resolve(value)
      kept.misses += 1
      return underWay.get(key) ?? load(key, read)
    },
    drop(key) {
      remove(key)
      underWay.delete(key)
    },
    dropWhere(matches) {
      for (const [key, { value }] of entries) if (matches(key, value)) remove(key)
      underWay.clear()
    },
    clear() {
      entries.clear()
      bytes = 0
      underWay.clear()
    },
    sizeBytes: () => bytes,
  }
  return kept
}
