/** Numbers that become more: a typed array that doubles, so that a million of them are no million objects. */

type Numbers = Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>

export type Growing<Array extends Numbers> = {
  values: Array
  length: number
  push(value: number): void
  /** No longer than it has to be. */
  fitted(): Array
}

export function growing<Array extends Numbers>(make: new (length: number) => Array, capacity = 1024): Growing<Array> {
  const grown: Growing<Array> = {
    values: new make(capacity),
    length: 0,
    push(value) {
      if (grown.length === grown.values.length) {
        const more = new make(2 * grown.length)
        more.set(grown.values)
        grown.values = more
      }
      grown.values[grown.length] = value
      grown.length += 1
    },
    fitted: () => grown.values.slice(0, grown.length) as Array,
  }
  return grown
}
