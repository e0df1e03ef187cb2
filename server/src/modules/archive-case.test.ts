/** Archives that mean one thing on Linux and another where file systems do not tell case or accents apart. */
import { describe, expect, test } from 'vitest'
import { type AnyEntry, link, main, packTarGz, packZip } from '../../test/any-archive.ts'
import { verdictOn } from '../../test/open-archive.ts'

const folder = (name: string): AnyEntry => ({ name, kind: 'folder' })

describe.each([
  ['tar.gz', packTarGz],
  ['zip', packZip],
])('in a %s', (_format, pack) => {
  test.each<[what: string, code: string, entries: AnyEntry[]]>([
    ['two files', 'archive-path-case', [{ name: 'Main.tf' }]],
    ['two files in folders', 'archive-path-case', [{ name: 'Docs/a.md' }, { name: 'docs/A.md' }]],
    ['two ways to write an accent', 'archive-path-case', [{ name: 'caf\u00e9.md' }, { name: 'cafe\u0301.md' }]],
    ['the sign of kelvin', 'archive-path-case', [{ name: 'k8s.md' }, { name: '\u212a8s.md' }]],
    ['a file and a folder', 'archive-path-conflict', [{ name: 'docs' }, { name: 'Docs/a.md' }]],
    ['a file and an empty folder', 'archive-path-conflict', [{ name: 'docs' }, folder('DOCS/')]],
    ['a file behind a link', 'archive-path-behind-link', [link('Docs', '.'), { name: 'docs/evil.tf' }]],
    [
      'a link out of the root by way of another',
      'archive-link-outside',
      [{ name: 'a/b.md' }, link('a/up', '..'), link('out', 'a/UP/..')],
    ],
    ['links in a circle', 'archive-link-loop', [link('a', 'B'), link('b', 'A')]],
  ])('%s', async (_what, code, entries) => {
    expect(await verdictOn(pack([main, ...entries]))).toBe(code)
  })

  test('folders whose names differ in case become one, and harm nobody', async () => {
    expect(await verdictOn(pack([main, { name: 'Docs/a.md' }, { name: 'docs/b.md' }]))).toBe('accepted')
  })
})
