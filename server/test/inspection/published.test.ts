/** Modules in the shapes in which they are published, and what is to be known of each. */
import { expect, test } from 'vitest'
import { inspected, storedModules } from './inspected.ts'
import { published } from './published.ts'

const modules = await storedModules('published')

test('something is expected of each of them', () => {
  expect(modules.map(([name]) => name)).toEqual(Object.keys(published).sort())
})

test.each(modules)('%s is known as it was written down by hand', async (name, files) => {
  const { files: _files, ...knowledge } = await inspected(files)

  expect(knowledge).toEqual(published[name])
})
