/** The table of words, held against plain arrays. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pace } from './pace.ts'
import { wordTable } from './word-table.ts'

const words = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', '1'), minLength: 1, maxLength: 6 }), {
  maxLength: 40,
})

async function tableOf(added: string[]) {
  const table = wordTable()
  for (const word of added) table.add(word)
  await table.seal(pace())
  return table
}

test('every word has one number, and is found by it and by how it begins', async () => {
  await fc.assert(
    fc.asyncProperty(words, words, async (added, asked) => {
      const table = await tableOf(added)
      const texts = (numbers: Iterable<number>) => Array.from(numbers, (number) => table.text(number)).sort()

      expect(table.size()).toBe(new Set(added).size)
      for (const word of [...added, ...asked]) {
        expect(table.numberOf(word) !== -1 && table.text(table.numberOf(word))).toBe(added.includes(word) && word)
        const beginning = word.slice(0, 2)
        expect(texts(table.startingWith(beginning))).toEqual(
          [...new Set(added)].filter((each) => each.startsWith(beginning)).sort(),
        )
      }
    }),
  )
})

test('a text is found where a hyphened part begins with it, behind the start that all share', async () => {
  const name = fc
    .array(fc.constantFrom('a', 'ab', 'b', 'é'), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join('-'))
  await fc.assert(
    fc.asyncProperty(fc.array(name, { maxLength: 20 }), name, async (names, text) => {
      const table = await tableOf([...names.map((each) => `:k:${each}`), ...names, text])
      const found = new Map<string, boolean>()
      table.eachWith(':k:', text, (word, place, isWhole) => {
        const own = table.text(word).slice(':k:'.length)
        expect(place).toBe(own === text ? 'equal' : found.has(own) || !own.startsWith(text) ? 'inside' : 'start')
        found.set(own, (found.get(own) ?? false) || isWhole)
      })

      const has = [...new Set(names)].filter((each) => `-${each}`.includes(`-${text}`))
      expect([...found.keys()].sort()).toEqual(has.sort())
      for (const [own, isWhole] of found) expect(isWhole).toBe(`-${own}-`.includes(`-${text}-`))
    }),
  )
})

test('what is in order stays so beyond one run of the sort', async () => {
  const many = Array.from({ length: 3_000 }, (_, number) => `w${(number * 7919) % 3_000}`)
  const table = await tableOf(many)

  expect(table.startingWith('w1')).toHaveLength(1_111)
  expect(many.every((word) => table.text(table.numberOf(word)) === word)).toBe(true)
})

test.each([
  ['random', ['andom', 'randoms', 'ranbom', 'radnom', 'random1', 'xrandom'], ['random', 'radno', 'modnar', 'randomly']],
  ['ab', ['a', 'b', 'ba', 'abc', 'xb'], ['ab', 'xy', 'abcd']],
])('one edit away from %s', async (word, near, far) => {
  const table = await tableOf([...near, ...far])

  expect(table.withinOneEdit(word).map((number) => table.text(number))).toEqual(near)
})
