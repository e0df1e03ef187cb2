/** Numbers in an order that takes long to find: runs are sorted, then merged, so that there is a place to step back between. */
import type { Pace } from './pace.ts'

const runLength = 512

/** The numbers below `count`. @param compare no two of them are equal */
export async function sorted(
  count: number,
  compare: (a: number, b: number) => number,
  pace: Pace,
): Promise<Uint32Array<ArrayBuffer>> {
  let from = Uint32Array.from({ length: count }, (_, number) => number)
  let to = new Uint32Array(count)
  for (let start = 0; start < count; start += runLength) {
    from.subarray(start, start + runLength).sort(compare)
    await pace()
  }
  for (let width = runLength; width < count; width *= 2) {
    for (let start = 0; start < count; start += 2 * width) {
      const [middle, end] = [Math.min(start + width, count), Math.min(start + 2 * width, count)]
      let [left, right] = [start, middle]
      for (let at = start; at < end; at += 1) {
        const takeLeft = left < middle && (right >= end || compare(from[left]!, from[right]!) <= 0)
        to[at] = takeLeft ? from[left]! : from[right]!
        if (takeLeft) left += 1
        else right += 1
        if ((at & 0xfff) === 0xfff) await pace()
      }
    }
    ;[from, to] = [to, from]
  }
  return from
}
