/** Chance that falls the same way each time, and shares that come out as they are meant to. */

export type Chance = {
  /** from 0 up to 1 */
  next(): number
  below(count: number): number
  one<Item>(items: readonly Item[]): Item
  /** of a bell around 0 */
  normal(): number
  shuffled<Item>(items: readonly Item[]): Item[]
}

/** https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32 */
export function chance(seed: number): Chance {
  let state = seed >>> 0
  const made: Chance = {
    next() {
      state = (state + 0x6d2b79f5) >>> 0
      let bits = Math.imul(state ^ (state >>> 15), state | 1)
      bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
      return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
    },
    below: (count) => Math.floor(made.next() * count),
    one: (items) => items[made.below(items.length)]!,
    normal: () => Math.sqrt(-2 * Math.log(1 - made.next())) * Math.cos(2 * Math.PI * made.next()),
    shuffled(items) {
      const mixed = [...items]
      for (let left = mixed.length - 1; left > 0; left -= 1) {
        const other = made.below(left + 1)
        ;[mixed[left], mixed[other]] = [mixed[other]!, mixed[left]!]
      }
      return mixed
    },
  }
  return made
}

/** Up to which share of all items a value is not exceeded: `[0.5, 3]` says that half of them have 3 at most. */
export type Curve = (readonly [share: number, value: number])[]

/** As many values as there are items, from the smallest to the largest, spread as the curve says whatever their number. */
export function valuesAlong(curve: Curve, count: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.round(valueAt(curve, (index + 0.5) / count)))
}

function valueAt(curve: Curve, share: number): number {
  const after = Math.max(
    1,
    curve.findIndex(([until]) => until >= share),
  )
  const [[from, low], [until, high]] = [curve[after - 1]!, curve[after]!]
  return low * (high / low) ** ((share - from) / (until - from))
}

/** Deals out choices by their shares of the weight, so that any long row of them has each in its share. */
export function dealer(shares: readonly number[]): (weight?: number) => number {
  const sum = shares.reduce((total, share) => total + share, 0)
  const due = shares.map(() => 0)
  return (weight = 1) => {
    for (const [index, share] of shares.entries()) due[index]! += (share / sum) * weight
    const chosen = due.indexOf(Math.max(...due))
    due[chosen]! -= weight
    return chosen
  }
}

/** Says yes for this share of the weight. */
export function sometimes(share: number): (weight?: number) => boolean {
  const deal = dealer([1 - share, share])
  return (weight) => deal(weight) === 1
}
