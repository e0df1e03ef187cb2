/** Foreign texts as PostgreSQL can keep them: it has no place for NUL, nor for half of a surrogate pair. Pure. */

export function storable<Value>(value: Value): Value {
  return kept(value) as Value
}

function kept(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\0|\p{Surrogate}/gu, '\ufffd')
  if (Array.isArray(value)) return value.map(kept)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [kept(key), kept(each)]))
}
