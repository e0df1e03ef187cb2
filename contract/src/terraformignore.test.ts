import { describe, expect, test } from 'vitest'
import { ignoreRules } from './terraformignore.ts'

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

  test('folders need not be looked into when nothing in them can come back', () => {
    expect(ignoreRules('vendor/\n').final).toBe(true)
    expect(ignoreRules('vendor/\n!vendor/kept\n').final).toBe(false)
  })
})
