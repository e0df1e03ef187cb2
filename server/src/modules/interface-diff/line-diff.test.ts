/** Lines that came, went and stayed. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineDiff, lineHunks } from './line-diff.ts'

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
  .chain((lines) => fc.constantFrom(lines.join('\n'), `${lines.join('\n')}\n`))

/** The longest common part of two lists of lines, counted in the slow and plain way. */
function longestCommon(left: string[], right: string[]): number {
  const counts = left.map(() => right.map(() => 0))
  const at = (row: number, column: number) => counts[row]?.[column] ?? 0
  for (const [row, line] of left.entries())
    for (const [column, other] of right.entries())
      counts[row]![column] =
        line === other ? at(row - 1, column - 1) + 1 : Math.max(at(row - 1, column), at(row, column - 1))
  return at(left.length - 1, right.length - 1)
}
const linesOf = (whole: string) => whole.match(/[^\n]*\n|[^\n]+$/g) ?? []

test('both texts are in it, and as much as possible stays', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = lineDiff(before, after)!
      const side = (gone: string) => lines.filter(({ kind }) => kind !== gone).map((line) => line.text)

      expect(side('added')).toEqual(linesOf(before).map((line) => line.replace(/\n$/, '')))
      expect(side('removed')).toEqual(linesOf(after).map((line) => line.replace(/\n$/, '')))
      expect(lines.filter(({ kind }) => kind === 'same')).toHaveLength(longestCommon(linesOf(before), linesOf(after)))
    }),
    { numRuns: 5_000 },
  )
})

describe('hunks', () => {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1}\n`)
  const shown = (before: string, after: string) =>
    lineHunks(before, after)!.map(({ lines }) =>
      lines.map(({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`),
    )

  test('have three lines around what changed, and are one where they meet', () => {
    const before = numbers(30)
    const after = [...before]
    after.splice(4, 1, 'five\n')
    after.splice(9, 1)
    after.splice(24, 0, 'new\n')

    expect(shown(before.join(''), after.join(''))).toEqual([
      [' 2', ' 3', ' 4', '-5', '+five', ' 6', ' 7', ' 8', ' 9', '-10', ' 11', ' 12', ' 13'],
      [' 23', ' 24', ' 25', '+new', ' 26', ' 27', ' 28'],
    ])
  })

  test('are none for the same text, and tell a last line that lost its end', () => {
    expect(shown('a\nb\n', 'a\nb\n')).toEqual([])
    expect(shown('a\nb\n', 'a\nb')).toEqual([[' a', '-b', '+b']])
    expect(shown('', 'a\n')).toEqual([['+a']])
    expect(shown('a\n', '')).toEqual([['-a']])
  })

  test('are given up where the texts are too long or have too little in common', () => {
    const other = numbers(600).map((line) => `not ${line}`)

    expect(lineHunks(numbers(10_001).join(''), '')).toBeUndefined()
    expect(lineHunks(numbers(600).join(''), other.join(''))).toBeUndefined()
    expect(lineHunks(numbers(9_000).join(''), [...numbers(9_000), 'end\n'].join(''))).toHaveLength(1)
  })
})

test('ten thousand lines are compared, with an end of the last one or without; one more is too many', () => {
  const lines = (count: number, end: string) => Array.from({ length: count }, (_, index) => index).join('\n') + end

  expect(lineDiff(lines(10_000, '\n'), lines(10_000, ''))).toHaveLength(10_001)
  expect(lineDiff(lines(10_000, '\n'), lines(10_001, ''))).toBeUndefined()
  expect(lineDiff('\n'.repeat(1_000_000), '')).toBeUndefined()
})
