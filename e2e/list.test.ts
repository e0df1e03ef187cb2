/** Holds the list that `npm run e2e -- --list` prints: nothing is forgotten, and nothing is both shown and excused. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

const lines = () => {
  const { stdout } = spawnSync(process.execPath, ['scripts/e2e.mjs', '--list'], { cwd: root, encoding: 'utf8' })
  return stdout.trimEnd().split('\n')
}

test('every conformance item has a case, or a reason why it has none', () => {
  const listed = lines()

  expect(listed.map((line) => line.slice(0, 4))).toEqual(
    Array.from({ length: 99 }, (_, index) => `C-${String(index + 1).padStart(2, '0')}`),
  )
  expect(listed.filter((line) => line.includes('no case') && !line.includes('(comes with '))).toEqual([])
  expect(listed.filter((line) => !line.includes('no case') && line.includes('(comes with '))).toEqual([])
})

test('what the list points to is a case of that item', () => {
  const pointers = lines().flatMap((line) =>
    [...line.matchAll(/(e2e\/\S+):(\d+)/g)].map(([, path, number]) => ({ item: line.slice(0, 4), path, number })),
  )

  expect(pointers.length).toBeGreaterThan(42)
  for (const { item, path, number } of pointers) {
    const line = readFileSync(join(root, path!), 'utf8').split('\n')[Number(number) - 1]
    expect(line, `${path}:${number}`).toContain(`'${item} `)
  }
})
