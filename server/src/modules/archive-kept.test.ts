/** What is kept of an archive, whatever its format: files, paths as they are meant, and links that stay inside. */
import { describe, expect, test } from 'vitest'
import { type AnyEntry, link, main, packTar, packTarGz, packZip } from '../../test/any-archive.ts'
import { listed, opened, verdictOn } from '../../test/open-archive.ts'

describe.each([
  ['tar.gz', packTarGz],
  ['tar', packTar],
  ['zip', packZip],
])('from a %s', (_format, pack) => {
  test.each(['main.tf', 'main.tf.json', 'main.tofu', 'main.tofu.json', 'a b.tf'])('%s makes a module', async (name) => {
    expect(await listed(await opened(pack([{ name, content: 'x' }])))).toEqual([
      { path: name, mode: '644', content: 'x' },
    ])
  })

  test.each([
    ['"./" in front', ['./main.tf', './modules/a/b.tf'], ['main.tf', 'modules/a/b.tf']],
    ['"." and empty parts', ['.//main.tf', 'modules/.//./a.tf'], ['main.tf', 'modules/a.tf']],
    ['a wrapping folder', ['vpc-1.2.0/main.tf', 'vpc-1.2.0/a/b.tf'], ['a/b.tf', 'main.tf']],
    ['a wrapping folder behind "./"', ['./vpc/main.tf', './vpc/a/b.tf'], ['a/b.tf', 'main.tf']],
    ['two folders, only one of which wraps', ['vpc/main.tf', 'vpc/vpc/main.tf'], ['main.tf', 'vpc/main.tf']],
    ['two dots in a name', ['main.tf', 'a..b/..c', '.../d..'], ['.../d..', 'a..b/..c', 'main.tf']],
    ['dotfiles', ['main.tf', '.terraform.lock.hcl'], ['.terraform.lock.hcl', 'main.tf']],
    ['names of any language', ['main.tf', 'modul/größe/ネットワーク.tf'], ['main.tf', 'modul/größe/ネットワーク.tf']],
    ['a byte order mark', ['main.tf', '\ufeffmain.tf'], ['main.tf', '\ufeffmain.tf']],
    ['long paths', ['main.tf', `${'folder/'.repeat(30)}x.tf`], [`${'folder/'.repeat(30)}x.tf`, 'main.tf']],
    ['the longest name', ['main.tf', 'é'.repeat(127)], ['main.tf', 'é'.repeat(127)]],
    ['the longest path', ['main.tf', `${'ab/'.repeat(341)}x`], [`${'ab/'.repeat(341)}x`, 'main.tf']],
  ])('%s: paths are kept as they are meant', async (_what, names, expected) => {
    const found = await listed(await opened(pack(names.map((name) => ({ name, content: name })))))

    expect(found.map(({ path }) => path)).toEqual(expected)
  })

  test('empty folders are left out, and do not keep a wrapping folder from being stripped', async () => {
    const empty: AnyEntry[] = [
      { name: 'vpc/', kind: 'folder' },
      { name: 'vpc/empty/', kind: 'folder' },
    ]

    const found = await opened(pack([...empty, { name: 'vpc/main.tf' }]))

    expect(found.files).toEqual(['main.tf'])
  })

  test.each([
    ['beside it', 'a/link', 'target.tf'],
    ['above it', 'a/b/link', '../../main.tf'],
    ['a folder', 'link', 'a'],
    ['the root itself', 'a/b/link', '../..'],
    ['nothing that is there', 'link', 'not/there'],
    ['by way of "."', 'link', './a/./target.tf'],
  ])('a symlink is kept as it is when it points %s', async (_where, name, target) => {
    const found = await listed(await opened(pack([main, { name: 'a/target.tf' }, link(name, target)])))

    expect(found).toContainEqual({ path: name, mode: '777', target })
  })

  test('a symlink through a second one is kept when both stay inside', async () => {
    const links = [link('a/root', '..'), link('b', 'a/root/main.tf')]

    expect(await verdictOn(pack([main, ...links]))).toBe('accepted')
  })

  test('a symlink in a wrapping folder is judged by the module within', async () => {
    const wrapped = (target: string) => pack([{ name: 'vpc/main.tf' }, link('vpc/a/link', target)])

    expect(await verdictOn(wrapped('../main.tf'))).toBe('accepted')
    expect(await verdictOn(wrapped('../../vpc/main.tf'))).toBe('archive-link-outside')
  })

  test('a chain of more links than a system follows is refused', async () => {
    const chain = (length: number) =>
      Array.from({ length }, (_, index) => link(`l${index}`, index + 1 < length ? `l${index + 1}` : 'main.tf'))

    expect(await verdictOn(pack([main, ...chain(40)]))).toBe('accepted')
    expect(await verdictOn(pack([main, ...chain(41)]))).toBe('archive-link-loop')
  })
})
