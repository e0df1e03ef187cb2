/** What is kept in memory: how often PostgreSQL is asked, what is dropped, and how much may stay. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keepInMemory } from './kept.ts'

type Text = { text: string }

test('callers who come together share one load, and later ones have it from memory', async () => {
  const kept = keepTexts()
  const source = pausedSource()

  const together = [kept.get('a', source.load), kept.get('a', source.load), kept.get('a', source.load)]
  source.answer('one')
  const values = await Promise.all(together)
  const later = await kept.get('a', source.load)

  expect(new Set([...values, later])).toEqual(new Set([{ text: 'one' }]))
  expect(source.loads).toBe(1)
  expect(kept).toMatchObject({ hits: 0, misses: 3 })
})

test('peek answers from memory alone', async () => {
  const kept = keepTexts()

  const before = kept.peek('a')
  await kept.get('a', async () => ({ text: 'one' }))

  expect(before).toBeUndefined()
  expect(kept.peek('a')).toEqual({ text: 'one' })
  expect(kept.hits).toBe(1)
})

test('a load that fails fails for all who wait for it, and is tried again by the next', async () => {
  const kept = keepTexts()
  const failing = async () => {
    throw new Error('PostgreSQL is away')
  }

  const together = await Promise.allSettled([kept.get('a', failing), kept.get('a', failing)])
  const next = await kept.get('a', async () => ({ text: 'one' }))

  expect(together.map((each) => each.status)).toEqual(['rejected', 'rejected'])
  expect(next).toEqual({ text: 'one' })
})

test.each([
  ['drop', (kept: ReturnType<typeof keepTexts>) => kept.drop('a')],
  ['dropWhere', (kept: ReturnType<typeof keepTexts>) => kept.dropWhere(() => false)],
  ['clear', (kept: ReturnType<typeof keepTexts>) => kept.clear()],
])('what was being loaded during %s reaches its caller and nobody later', async (_, change) => {
  const kept = keepTexts()
  const [old, fresh] = [pausedSource(), pausedSource()]
  const asked = kept.get('a', old.load)

  change(kept)
  const askedLater = kept.get('a', fresh.load)
  fresh.answer('new')
  await askedLater
  old.answer('old')

  expect(await asked).toEqual({ text: 'old' })
  expect(await askedLater).toEqual({ text: 'new' })
  expect(kept.peek('a')).toEqual({ text: 'new' })
})

test('a failing load that was dropped does not forget the load that came after it', async () => {
  const kept = keepTexts()
  const [old, fresh] = [pausedSource(), pausedSource()]
  const asked = kept.get('a', old.load).catch(() => undefined)
  kept.drop('a')
  const askedLater = kept.get('a', fresh.load)

  old.fail()
  await asked
  const askedLast = kept.get('a', fresh.load)
  fresh.answer('new')

  expect(await Promise.all([askedLater, askedLast])).toEqual([{ text: 'new' }, { text: 'new' }])
  expect(fresh.loads).toBe(1)
})

test('dropWhere drops exactly what matches', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.stringMatching(/^[a-f]{1,3}$/)),
      fc.stringMatching(/^[a-f]$/),
      async (keys, first) => {
        const kept = keepTexts(1_000_000)
        for (const key of keys) await kept.get(key, async () => ({ text: key }))

        kept.dropWhere((key, value) => key.startsWith(first) && value.text === key)

        expect(keys.filter((key) => kept.peek(key))).toEqual(keys.filter((key) => !key.startsWith(first)))
      },
    ),
  )
})

test('the bytes are bounded: what was not used for longest goes first', async () => {
  const kept = keepTexts(10_000)
  const load = (key: string) => kept.get(key, async () => ({ text: 'x'.repeat(2_000) }))
  for (const key of ['a', 'b', 'c', 'd']) await load(key)
  kept.peek('a')

  await load('e')

  expect(['a', 'b', 'c', 'd', 'e'].filter((key) => kept.peek(key))).toEqual(['a', 'c', 'd', 'e'])
  expect(kept.sizeBytes()).toBeGreaterThan(8_000)
  expect(kept.sizeBytes()).toBeLessThanOrEqual(10_000)
})

test('a value larger than the whole memory is answered and not kept', async () => {
  const kept = keepTexts(10_000)
  await kept.get('small', async () => ({ text: 'small' }))

  const large = await kept.get('large', async () => ({ text: 'x'.repeat(20_000) }))

  expect(large.text).toHaveLength(20_000)
  expect(kept.peek('large')).toBeUndefined()
  expect(kept.peek('small')).toBeDefined()
})

test('keys and many small values count too', async () => {
  const kept = keepTexts(10_000)

  for (let number = 0; number < 1_000; number += 1) await kept.get(`key-${number}`, async () => ({ text: '' }))

  expect(kept.sizeBytes()).toBeLessThanOrEqual(10_000)
  expect(Array.from({ length: 1_000 }, (_, number) => kept.peek(`key-${number}`)).filter(Boolean).length).toBeLessThan(
    50,
  )
})

const keepTexts = (maxBytes = 100_000) => keepInMemory<Text>({ maxBytes, sizeOf: (value) => value.text.length })

/** A load that waits until the test answers it. */
function pausedSource() {
  let settle: { resolve: (value: Text) => void; reject: (error: Error) => void }
  const answered = new Promise<Text>((resolve, reject) => {
    settle = { resolve, reject }
  })
  const source = {
    loads: 0,
    load: () => {
      source.loads += 1
      return answered
    },
    answer: (text: string) => settle.resolve({ text }),
    fail: () => settle.reject(new Error('PostgreSQL is away')),
  }
  return source
}
