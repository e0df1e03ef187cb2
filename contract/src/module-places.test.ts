/** Where links to what is no single file lead. */
import { expect, test } from 'vitest'
import { placeOfFolder, placeOfSection } from './module-places.ts'

const folders = [
  { kind: 'root', path: '', hasReadme: true },
  { kind: 'submodule', path: 'modules/a b', hasReadme: false },
  { kind: 'example', path: 'examples/complete', hasReadme: true },
] as const
const files = ['main.tf', 'docs/more/notes.md', 'modules/a b/main.tf'].map((path) => ({ path }))

test.each([
  ['modules/a b', '/submodules/a%20b'],
  ['modules', '/submodules'],
  ['examples/complete', '/examples/complete'],
  ['examples', '/examples'],
  ['docs', '/files?below=docs'],
  ['docs/more', '/files?below=docs%2Fmore'],
  ['main.tf', undefined],
  ['doc', undefined],
  ['docs/', undefined],
])('the folder %s is shown at %s', (path, place) => {
  expect(placeOfFolder(path, [...folders], files)).toBe(place)
})

test.each([
  ['README.md', 'usage', '#usage'],
  ['examples/complete/readme.markdown', 'usage', '/examples/complete#usage'],
  ['README.md', 'L12', undefined],
  ['README.md', '', undefined],
  ['modules/a b/README.md', 'usage', undefined],
  ['docs/README.md', 'usage', undefined],
  ['notes.md', 'usage', undefined],
])('of %s the section %j is shown at %s', (path, hash, place) => {
  expect(placeOfSection(path, hash, [...folders])).toBe(place)
})
