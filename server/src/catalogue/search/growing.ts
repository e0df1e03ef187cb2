/** Numbers that become more: typed arrays, so that a million of them are no million objects. */

type Numbers = Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>
type NumbersOver<Values extends Numbers> = { new (buffer: ArrayBuffer): Values; BYTES_PER_ELEMENT: number }

export type Growing<Values extends Numbers> = {
  values: Values
  length: number
  push(value: number): void
  /** No longer than it has to be; what it grew in is given back. */
  fitted(): Values
  /** Gives back what it grew in, and forgets the numbers. */
  release(): void
}

/** Addresses that are set aside for one that grows in place; memory is taken as it is needed. */
const maxBytes = 1 << 28
const firstBytes = 4_096

/**
 * @param inPlace for what becomes large: it leaves no smaller ones behind, which would lie about until somebody collects
 * the garbage of an idle process
 */
export function growing<Values extends Numbers>(of: NumbersOver<Values>, inPlace = false): Growing<Values> {
  const first = inPlace ? resizable(firstBytes) : new ArrayBuffer(firstBytes)
  let capacity = firstBytes / of.BYTES_PER_ELEMENT

  function enlarge() {
    capacity *= 2
    const bytes = capacity * of.BYTES_PER_ELEMENT
    if (inPlace) resize(first, bytes)
    else {
      const more = new of(new ArrayBuffer(bytes))
      more.set(grown.values)
      grown.values = more
    }
  }

  const grown: Growing<Values> = {
    values: new of(first),
    length: 0,
    push(value) {
      if (grown.length === capacity) enlarge()
      grown.values[grown.length] = value
      grown.length += 1
    },
    fitted() {
      const values = new of(new ArrayBuffer(grown.length * of.BYTES_PER_ELEMENT))
      values.set(grown.values.subarray(0, grown.length))
      grown.release()
      grown.values = values
      return values
    },
    release() {
      if (inPlace) resize(first, 0)
    },
  }
  return grown
}

// In Node 20, and not yet in the types of ES2023.
const resizable = (bytes: number): ArrayBuffer =>
  new (ArrayBuffer as unknown as new (bytes: number, options: { maxByteLength: number }) => ArrayBuffer)(bytes, {
    maxByteLength: maxBytes,
  })
const resize = (buffer: ArrayBuffer, bytes: number): void =>
  (buffer as unknown as { resize(bytes: number): void }).resize(bytes)
