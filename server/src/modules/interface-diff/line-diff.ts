/**
 * Two texts line by line: the shortest way from one to the other, as Myers finds it
 * (https://link.springer.com/article/10.1007/BF01840446). Pure, and bounded in what it costs.
 */
import type { FileDiff } from '@cadastre/contract/interface-diff'

export type Hunk = NonNullable<FileDiff['hunks']>[number]
export type Line = Hunk['lines'][number]

const mostLines = 10_000
/** Lines that came and went: its square is kept while the way is looked for. */
const mostDifferences = 1_000
const around = 3

/** @returns undefined when that would cost too much */
export function lineHunks(before: string, after: string): Hunk[] | undefined {
  const lines = lineDiff(before, after)
  return lines && hunksOf(lines)
}

/** @returns every line of both; undefined when that would cost too much */
export function lineDiff(before: string, after: string): Line[] | undefined {
  if (hasTooMany(before) || hasTooMany(after)) return undefined
  const [left, right] = [linesOf(before), linesOf(after)]
  const [start, end] = sameEnds(left, right)
  const middle = [left.slice(start, left.length - end), right.slice(start, right.length - end)] as const
  const steps = shortestWay(...numbered(...middle))
  return steps && toldLines(left, right, [...same(start), ...steps, ...same(end)])
}

/** Counted before they are cut: a file of line ends alone has a million. */
function hasTooMany(text: string): boolean {
  let at = -1
  for (let lines = 0; lines < mostLines; lines += 1) {
    at = text.indexOf('\n', at + 1)
    if (at === -1) return false
  }
  return at < text.length - 1
}

/** With their ends: a last line without one is another line. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

function sameEnds(left: string[], right: string[]): [start: number, end: number] {
  const shorter = Math.min(left.length, right.length)
  let start = 0
  while (start < shorter && left[start] === right[start]) start += 1
  let end = 0
  while (end < shorter - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end += 1
  return [start, end]
}

type Step = Line['kind']
const same = (count: number): Step[] => Array<Step>(count).fill('same')

/** Equal lines get equal numbers: long lines are compared once. */
function numbered(left: string[], right: string[]): [Int32Array, Int32Array] {
  const numbers = new Map<string, number>()
  const numberOf = (line: string) => {
    const known = numbers.get(line) ?? numbers.size
    numbers.set(line, known)
    return known
  }
  return [Int32Array.from(left, numberOf), Int32Array.from(right, numberOf)]
}

/** For each number of differences, how far one gets on each diagonal; then the way back from the end. */
function shortestWay(left: Int32Array, right: Int32Array): Step[] | undefined {
  const most = Math.min(left.length + right.length, mostDifferences)
  const reached = new Int32Array(2 * most + 3)
  const kept: Int32Array[] = []
  const middle = most + 1
  for (let differences = 0; differences <= most; differences += 1) {
    kept.push(reached.slice(middle - differences - 1, middle + differences + 2))
    for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
      let x = comesFromAbove(reached, middle, diagonal, differences)
        ? reached[middle + diagonal + 1]!
        : reached[middle + diagonal - 1]! + 1
      let y = x - diagonal
      while (x < left.length && y < right.length && left[x] === right[y]) {
        x += 1
        y += 1
      }
      reached[middle + diagonal] = x
      if (x >= left.length && y >= right.length) return wayBack(kept, left.length, right.length)
    }
  }
  return undefined
}

const comesFromAbove = (reached: Int32Array, middle: number, diagonal: number, differences: number) =>
  diagonal === -differences ||
  (diagonal !== differences && reached[middle + diagonal - 1]! < reached[middle + diagonal + 1]!)

function wayBack(kept: Int32Array[], lengthLeft: number, lengthRight: number): Step[] {
  const steps: Step[] = []
  let [x, y] = [lengthLeft, lengthRight]
  for (let differences = kept.length - 1; differences >= 0; differences -= 1) {
    const [reached, middle, diagonal] = [kept[differences]!, differences + 1, x - y]
    const isAdded = comesFromAbove(reached, middle, diagonal, differences)
    const before = isAdded ? diagonal + 1 : diagonal - 1
    const fromX = differences === 0 ? 0 : reached[middle + before]!
    const fromY = differences === 0 ? 0 : fromX - before
    while (x > fromX && y > fromY) {
      steps.push('same')
      x -= 1
      y -= 1
    }
    if (differences === 0) break
    steps.push(isAdded ? 'added' : 'removed')
    x = fromX
    y = fromY
  }
  return steps.reverse()
}

function toldLines(left: string[], right: string[], steps: Step[]): Line[] {
  let [before, after] = [0, 0]
  return steps.map((kind) => {
    if (kind !== 'added') before += 1
    if (kind !== 'removed') after += 1
    return {
      kind,
      before: kind === 'added' ? null : before,
      after: kind === 'removed' ? null : after,
      text: (kind === 'added' ? right[after - 1]! : left[before - 1]!).replace(/\r?\n$/, ''),
    }
  })
}

/** What stayed the same is left out where nothing near it changed. */
function hunksOf(lines: Line[]): Hunk[] {
  const hunks: Hunk[] = []
  let shownUpTo = 0
  for (const [index, { kind }] of lines.entries()) {
    if (kind === 'same') continue
    const from = Math.max(index - around, shownUpTo)
    const upTo = Math.min(index + around + 1, lines.length)
    const last = hunks.at(-1)
    if (last && from === shownUpTo) last.lines.push(...lines.slice(from, upTo))
    else hunks.push({ lines: lines.slice(from, upTo) })
    shownUpTo = upTo
  }
  return hunks
}
