/**
 * Every word that is searched for, once, and a number for it: bytes in one row and numbers beside them. Words are added
 * first; once sealed the table is in order, and finds what begins with a text, or differs from it by one edit.
 */
import { growing } from './growing.ts'
import type { Pace } from './pace.ts'
import { sorted } from './sorted.ts'

/** The text is all of the word behind its start, the beginning of it, or begins a later part. */
export type Place = 'equal' | 'start' | 'inside'
/** @param isWhole a part ends where the text does */
type VisitPlace = (word: number, place: Place, isWhole: boolean) => void

export type WordTable = {
  size(): number
  /** @returns its number, whether it was there or not */
  add(word: string): number
  seal(pace: Pace): Promise<void>
  /** @returns its number, or -1; of a sealed table */
  numberOf(word: string): number
  /** Numbers of the words that begin with it, in order; of a sealed table. */
  startingWith(prefix: string): Uint32Array
  /** Each place in which one of the hyphened parts of a word, behind `start`, begins with `text`; of a sealed table, which `visit` does not ask. */
  eachWith(start: string, text: string, visit: VisitPlace): void
  /** Numbers of the words that are one letter more, one less, another one, or two in the other order away from it. */
  withinOneEdit(word: string): number[]
  text(number: number): string
  sizeBytes(): number
}

const scratchBytes = 1024
const hyphen = '-'.charCodeAt(0)

/** @param isLarge thousands of words are going to come */
export function wordTable(isLarge = false): WordTable {
  const bytes = growing(Uint8Array, isLarge)
  const starts = growing(Uint32Array, isLarge)
  starts.push(0)
  let slots = new Uint32Array(2_048)
  let order = new Uint32Array(0)
  /** of each word once sealed, as `lettersOf` says */
  let letters = new Uint32Array(0)
  const scratch = Buffer.alloc(scratchBytes)
  const size = () => starts.length - 1
  const encode = (word: string) => scratch.write(word, 0)

  function place(hash: number, length: number): number {
    let slot = hash & (slots.length - 1)
    for (;;) {
      const known = slots[slot]!
      if (known === 0 || equals(known - 1, length)) return slot
      slot = (slot + 1) & (slots.length - 1)
    }
  }

  function equals(number: number, length: number): boolean {
    const start = starts.values[number]!
    if (starts.values[number + 1]! - start !== length) return false
    for (let at = 0; at < length; at += 1) if (bytes.values[start + at] !== scratch[at]) return false
    return true
  }

  function enlarge() {
    const old = slots
    slots = new Uint32Array(2 * old.length)
    for (let number = 0; number < size(); number += 1) {
      let slot = hashOf(bytes.values, starts.values[number]!, starts.values[number + 1]!) & (slots.length - 1)
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = number + 1
    }
  }

  function compare(a: number, b: number): number {
    const from = starts.values[a]!
    const other = starts.values[b]!
    const length = starts.values[a + 1]! - from
    const otherLength = starts.values[b + 1]! - other
    const shared = Math.min(length, otherLength)
    for (let at = 0; at < shared; at += 1) {
      const difference = bytes.values[from + at]! - bytes.values[other + at]!
      if (difference !== 0) return difference
    }
    return length - otherLength
  }

  /** Negative when the word comes before what lies in `scratch`; zero when it begins with it. */
  function compareStart(number: number, length: number): number {
    const start = starts.values[number]!
    const own = starts.values[number + 1]! - start
    for (let at = 0; at < Math.min(own, length); at += 1) {
      const difference = bytes.values[start + at]! - scratch[at]!
      if (difference !== 0) return difference
    }
    return own < length ? -1 : 0
  }

  /** The first place in `order` whose word does not come before, or, with `after`, comes after what begins so. */
  function bound(length: number, after: boolean): number {
    let [low, high] = [0, order.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const compared = compareStart(order[middle]!, length)
      if (compared < 0 || (after && compared === 0)) low = middle + 1
      else high = middle
    }
    return low
  }

  return {
    size,
    add(word) {
      const length = encode(word)
      const slot = place(hashOf(scratch, 0, length), length)
      if (slots[slot] !== 0) return slots[slot]! - 1
      for (let at = 0; at < length; at += 1) bytes.push(scratch[at]!)
      starts.push(bytes.length)
      slots[slot] = size()
      if (3 * size() > 2 * slots.length) enlarge()
      return size() - 1
    },
    async seal(pace) {
      slots = new Uint32Array(0)
      bytes.fitted()
      starts.fitted()
      order = await sorted(size(), compare, pace)
      letters = Uint32Array.from({ length: size() }, (_, number) =>
        lettersOf(bytes.values, starts.values[number]!, starts.values[number + 1]!),
      )
    },
    numberOf(word) {
      const length = encode(word)
      const at = bound(length, false)
      return at < order.length && equals(order[at]!, length) ? order[at]! : -1
    },
    startingWith(prefix) {
      const length = encode(prefix)
      return order.subarray(bound(length, false), bound(length, true))
    },
    eachWith(start, text, visit) {
      const skipped = Buffer.byteLength(start)
      const among = order.subarray(bound(encode(start), false), bound(encode(start), true))
      const length = encode(text)
      const own = lettersOf(scratch, 0, length)
      if (length === 0) return
      for (const number of among) {
        if ((letters[number]! & own) !== own) continue
        const [first, end] = [starts.values[number]! + skipped, starts.values[number + 1]!]
        for (let from = first; from + length <= end; from += 1) {
          if (from > first && bytes.values[from - 1] !== hyphen) continue
          let at = 0
          while (at < length && bytes.values[from + at] === scratch[at]) at += 1
          if (at < length) continue
          const isLast = from + length === end
          const place = from > first ? 'inside' : isLast ? 'equal' : 'start'
          visit(number, place, isLast || bytes.values[from + length] === hyphen)
        }
      }
    },
    withinOneEdit(word) {
      const length = encode(word)
      const found: number[] = []
      const own = lettersOf(scratch, 0, length)
      for (let number = 0; number < letters.length; number += 1) {
        if (!isAtMostTwo(letters[number]! ^ own)) continue
        const start = starts.values[number]!
        const wordLength = starts.values[number + 1]! - start
        if (wordLength - length > 1 || length - wordLength > 1) continue
        if (isOneEdit(bytes.values, start, wordLength, scratch, length)) found.push(number)
      }
      return found
    },
    text: (number) => textOf(bytes.values, starts.values[number]!, starts.values[number + 1]!),
    sizeBytes: () =>
      bytes.values.byteLength + starts.values.byteLength + slots.byteLength + order.byteLength + letters.byteLength,
  }
}

const textOf = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString()

/** Which letters there are, each a bit. One edit changes two of them at most, and most words differ by more. */
function lettersOf(bytes: Uint8Array, from: number, to: number): number {
  let letters = 0
  for (let at = from; at < to; at += 1) letters |= 1 << (bytes[at]! & 31)
  return letters
}

function isAtMostTwo(bits: number): boolean {
  const withoutLowest = bits & (bits - 1)
  return (withoutLowest & (withoutLowest - 1)) === 0
}

// FNV-1a, 32 bits.
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
  return hash >>> 0
}

/** @param word `length` bytes from `start` @param other `otherLength` bytes from its beginning; not the same bytes */
function isOneEdit(word: Uint8Array, start: number, length: number, other: Uint8Array, otherLength: number): boolean {
  const shorter = Math.min(length, otherLength)
  let head = 0
  while (head < shorter && word[start + head] === other[head]) head += 1
  let tail = 0
  while (tail < shorter - head && word[start + length - 1 - tail] === other[otherLength - 1 - tail]) tail += 1
  if (length !== otherLength) return head + tail === shorter
  const differing = length - head - tail
  if (differing === 1) return true
  return differing === 2 && word[start + head] === other[head + 1] && word[start + head + 1] === other[head]
}
