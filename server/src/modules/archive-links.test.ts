/** Where symlinks lead, held against a slow reader that follows one link at a time as Linux does. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { processorMs } from '../../test/processor-time.ts'
import { Refusal } from '../foundation/refusal.ts'
import { checkLinksStayInside } from './archive-links.ts'

const verdict = (links: Map<string, string>) => {
  try {
    checkLinksStayInside(links)
    return 'inside'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

/** Whether one of the links leaves the root or leads nowhere after 40 more. */
function isBad(links: Map<string, string>): boolean {
  return [...links.keys()].some((path) => {
    const here = path.split('/').slice(0, -1)
    const ahead = links.get(path)!.split('/').reverse()
    for (let steps = 1; ahead.length > 0; ) {
      const part = ahead.pop()!
      if (part === '' || part === '.') continue
      if (part !== '..') here.push(part)
      else if (here.pop() === undefined) return true
      const next = part === '..' ? undefined : links.get(here.join('/'))
      if (next === undefined) continue
      if (++steps > 40) return true
      here.pop()
      ahead.push(...next.split('/').reverse())
    }
    return false
  })
}

test('links are judged as an operating system would follow them', () => {
  // No link lies below another: that is refused before.
  const path = fc.constantFrom('a', 'b', 'c', 'd/a', 'd/b', 'd/e/a', 'd/e/b')
  const part = fc.constantFrom('..', '..', '.', 'a', 'b', 'c', 'd', 'e', 'x')
  const target = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('/'))
  const seen = new Set<string>()
  fc.assert(
    fc.property(fc.array(fc.tuple(path, target), { minLength: 1, maxLength: 5 }), (entries) => {
      const links = new Map(entries)
      const found = verdict(links)

      seen.add(found)
      expect(found !== 'inside').toBe(isBad(links))
    }),
    { numRuns: 5000 },
  )
  expect(seen).toEqual(new Set(['inside', 'archive-link-outside', 'archive-link-loop']))
})

test('many links that lead through each other are followed once each', () => {
  const detour = 'a/'.repeat(200) + '../'.repeat(200)
  const chain = Array.from({ length: 38 }, (_, index): [string, string] => [`c${index}`, `${detour}c${index + 1}`])
  const all = Array.from({ length: 9000 }, (_, index): [string, string] => [`l${index}`, 'c0'])

  // Followed anew each time, these take minutes.
  const begun = processorMs()
  expect(verdict(new Map([...chain, ['c38', 'x'], ...all]))).toBe('inside')
  expect(processorMs() - begun).toBeLessThan(5000)
})

test('a chain is as long in whatever order its links come', () => {
  const chain = (length: number) =>
    Array.from({ length }, (_, index): [string, string] => [`l${index}`, `l${index + 1}`])

  expect(verdict(new Map(chain(40)))).toBe('inside')
  expect(verdict(new Map(chain(40).reverse()))).toBe('inside')
  expect(verdict(new Map(chain(41)))).toBe('archive-link-loop')
  expect(verdict(new Map(chain(41).reverse()))).toBe('archive-link-loop')
})

test('a link that leads to a longer path than an archive can hold is refused', () => {
  const links = new Map([
    ['a', `b/${'x'.repeat(600)}`],
    ['b', 'y'.repeat(600)],
  ])

  expect(verdict(links)).toBe('archive-path-too-long')
})
