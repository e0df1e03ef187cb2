import { describe, expect, test } from 'vitest'
import { ignoreRules, UnusableRules } from './terraformignore.ts'

describe('.terraformignore', () => {
  test.each<[rules: string, ignored: string[], kept: string[]]>([
    ['', [], ['main.tf', 'a/b']],
    ['# comment\n\n   \n', [], ['# comment', 'main.tf']],
    ['secret.tfvars', ['secret.tfvars', 'a/b/secret.tfvars'], ['secret.tfvars.example', 'my-secret.tfvars']],
    ['*.tfvars', ['a.tfvars', 'a/b.tfvars', '.tfvars'], ['a.tfvars.txt', 'tfvars']],
    ['*.tfvars\n!example.tfvars', ['a.tfvars'], ['example.tfvars', 'a/example.tfvars']],
    ['!example.tfvars\n*.tfvars', ['example.tfvars'], ['main.tf']],
    ['/build', ['build', 'build/a', 'build/a/b'], ['a/build', 'builds']],
    ['/build/', ['build/a', 'build/a/b'], ['build', 'a/build/a']],
    ['cache/', ['cache/a', 'a/cache/b/c'], ['cache', 'a/cache', 'caches/a']],
    ['cache', ['cache', 'cache/a', 'a/cache/b'], ['caches']],
    ['docs/drafts', ['docs/drafts/a', 'modules/x/docs/drafts'], ['docs/drafts.md', 'drafts/a']],
    ['docs/*.md', ['docs/a.md', 'x/docs/a.md'], ['docs/deep/a.md', 'a.md']],
    ['docs/**/*.md', ['docs/a.md', 'docs/deep/er/a.md'], ['a.md', 'docs/a.txt']],
    ['**/tmp', ['tmp', 'a/tmp', 'a/b/tmp/c'], ['tmp2']],
    ['a/**', ['a/b', 'a/b/c', 'x/a/b'], ['a']],
    ['a?.tf', ['ab.tf', 'x/ac.tf'], ['a.tf', 'a/.tf', 'abc.tf']],
    ['[ab].tf', ['a.tf', 'b.tf'], ['c.tf']],
    ['[!ab].tf', ['c.tf'], ['a.tf', 'ab.tf']],
    ['\\#odd\n\\!odd', ['#odd', '!odd'], ['odd']],
    ['a+b(c){d}|$.^', ['a+b(c){d}|$.^'], ['aab', 'ab']],
    ['  spaced  ', ['spaced'], ['  spaced  ']],
    ['with space.tf', ['with space.tf'], ['with', 'space.tf']],
    ['Grüße*', ['Grüße', 'Grüße.md'], ['grüße']],
    ['\uFEFFone\r\ntwo\r\n', ['one', 'two'], ['three']],
    ['*\n!*.tf', ['a', 'a/b'], ['main.tf', 'a/main.tf']],
    ['vendor/\n!vendor/kept/', ['vendor/a', 'vendor/b/c'], ['vendor/kept/a']],
    ['!\n/\n//\n', [], ['a', 'a/b']],
    ['[', ['['], ['a']],
    ['[z-a]', ['[z-a]'], ['a', 'z']],
    ['[[[a]', ['[', 'a'], ['[[[a]']],
    ['a[b[', ['a[b['], ['ab']],
    ['[!a]b', ['cb', 'x/cb'], ['ab', 'b', 'x/ab/']],
    ['/x[!a]b', ['xcb'], ['x/b', 'xab']],
    ['/x[/]b', [], ['x/b', 'xb']],
    ['[]a]', [']', 'a'], ['b', '[]a]']],
    ['[!]a]', ['b', '!'], [']', 'a']],
    ['[^a]', ['b'], ['a']],
    ['[!]b', ['[!]b'], ['ab', 'b']],
    ['[]', ['[]'], ['a', ']']],
    ['[a\\]b]', ['a', ']', 'b'], ['\\', 'ab']],
    ['[a-c-]', ['b', '-'], ['d']],
    ['x\\ ', ['x '], ['x']],
    ['x\\  ', ['x '], ['x', 'x  ']],
    ['x\\\\ ', ['x\\'], ['x ', 'x\\ ']],
    ['/////x', [], ['x']],
  ])('%j ignores and keeps what it says', (rules, ignored, kept) => {
    const { ignored: isIgnored } = ignoreRules(rules)

    expect(ignored.filter((path) => !isIgnored(path))).toEqual([])
    expect(kept.filter(isIgnored)).toEqual([])
  })

  test.each(['*a*a*a*a*a*a*a*a*a*a*ab', '**/a**/a**/a**/a**/a**/a**/a**/a**/a**/b', '?*?*?*?*?*?*?*?*?*?*?*b'])(
    '%s is soon done with, however often it could be tried',
    (rule) => {
      const { ignored } = ignoreRules(rule)

      expect(ignored('a'.repeat(1000))).toBe(false)
      expect(ignored('a/'.repeat(500))).toBe(false)
    },
  )

  test.each([
    ['['.repeat(4096), 'brackets that are not closed'],
    ['[\\]'.repeat(1365), 'brackets that are closed by no bracket'],
    [`${'/'.repeat(4095)}x`, 'slashes'],
    [`${'\\'.repeat(4095)}x`, 'backslashes'],
  ])('sixteen of the longest lines are soon read', (line) => {
    const text = `${line.slice(0, 4095)}\n`.repeat(16)

    expect(ignoreRules(text).ignored('main.tf')).toBe(false)
  })

  test.each([
    ['a'.repeat(4097), 'has more than 4096 characters in line 1: say the same with shorter rules'],
    ['*a*b\n'.repeat(14_000), 'is larger than 64 KiB: say the same with fewer rules'],
    ['ü'.repeat(33_000), 'is larger than 64 KiB: say the same with fewer rules'],
  ])('that is too large is refused', (text, why) => {
    expect(() => ignoreRules(text)).toThrow(new UnusableRules(why))
  })

  test('that would take for ever on the paths that there are is given up', () => {
    const { ignored } = ignoreRules('*a*b*c\n'.repeat(8000))

    expect(() => {
      for (let index = 0; index < 1000; index += 1) ignored(`cb${'a'.repeat(2000)}`)
    }).toThrow(new UnusableRules('takes too long to go through: use fewer rules, or fewer stars in them'))
  })

  test('folders need not be looked into when nothing in them can come back', () => {
    expect(ignoreRules('vendor/\n').final).toBe(true)
    expect(ignoreRules('vendor/\n!vendor/kept\n').final).toBe(false)
  })
})
