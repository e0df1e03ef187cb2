/** Code in colours: each line for itself, in five classes. */
import { expect, test } from 'vitest'
import { codeBlock } from '../../src/foundation/markdown/code-block.ts'
import { colourCode } from '../../src/foundation/markdown/colour-code.ts'
import { languageOfFile } from '../../src/foundation/markdown/languages.ts'

/** `keyword(module) string("x") {` for `<span class="code-keyword">module</span> ...` */
const words = (text: string, language: string) =>
  colourCode({ text, language })
    .map((line) =>
      line
        .replace(/<span class="code-(\w+)">(.*?)<\/span>/g, '$1(\u2039$2\u203a)')
        .replace(/\(\u2039(.*?)\u203a\)/g, '[$1]'),
    )
    .join('\n')

test.each([
  ['tf', 'a = [true, null, 1.5]', 'a = [number[true], number[null], number[1.5]]'],
  ['tf', '# b', 'comment[# b]'],
  ['tf', 'x = upper("${var.a}-b")', 'x = function[upper](string[&quot;]keyword[${]var.akeyword[}]string[-b&quot;])'],
  ['json', '{"a": 1}', '{function[&quot;a&quot;]: number[1]}'],
  ['yaml', 'a: true', 'keyword[a]: number[true]'],
  ['go', 'func a() {}', 'keyword[func ]function[a]() {}'],
  ['sh', 'if x; then y; fi # c', 'keyword[if ]function[x]; keyword[then ]function[y]; keyword[fi ]comment[# c]'],
  ['other', '<b>', '&lt;b&gt;'],
])('%s: %s', (language, text, coloured) => {
  expect(words(text, language)).toBe(coloured)
})

test('what goes over several lines is closed in each of them', () => {
  expect(colourCode({ text: '/* a\nb */\r\nc = <<EOT\nd\nEOT\n', language: 'tf' })).toEqual([
    '<span class="code-comment">/* a</span>',
    '<span class="code-comment">b */</span>',
    'c = &lt;&lt;<span class="code-keyword">EOT</span>',
    '<span class="code-string">d</span>',
    '<span class="code-keyword">EOT</span>',
  ])
})

test.each([
  ['a/main.tf', 'tf'],
  ['main.tofu', 'tofu'],
  ['x.tfvars', 'tfvars'],
  ['x.hcl', 'hcl'],
  ['.terraform.lock.hcl', 'hcl'],
  ['main.tf.json', 'json'],
  ['x.YML', 'yml'],
  ['README.md', 'md'],
  ['Makefile', 'makefile'],
  ['go', undefined],
  ['x.exe', undefined],
  ['x.constructor', undefined],
])('%s is in the language %s', (path, language) => {
  expect(languageOfFile(path)).toBe(language)
})

test('a file that is too large, and a line that is too long, stay plain', () => {
  const large = colourCode({ text: 'a = "b"\n'.repeat(70_000), language: 'tf' })
  const long = colourCode({ text: `a = "${'b'.repeat(2000)}"\nc = "d"`, language: 'tf' })

  expect(large).toHaveLength(70_000)
  expect(large[0]).toBe('a = &quot;b&quot;')
  expect(long[0]).toBe(`a = &quot;${'b'.repeat(2000)}&quot;`)
  expect(long[1]).toBe('c = <span class="code-string">&quot;d&quot;</span>')
})

test('words that would take the grammars long leave their text plain', () => {
  const [line] = colourCode({ text: `${'a'.repeat(990)}\n`.repeat(5), language: 'tf' })
  const [word] = colourCode({ text: `a = "${'b'.repeat(300)}"`, language: 'tf' })

  expect(line).toBe('a'.repeat(990))
  expect(word).toContain('code-string')
})

test('lines make a block', () => {
  expect(codeBlock(['a', 'b'])).toBe('<pre tabindex="0"><code>a\nb\n</code></pre>')
})
