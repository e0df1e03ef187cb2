import { expect, test } from 'vitest'
import { processorMs } from '../../server/test/processor-time.ts'
import { credentialsBlocks } from './credentials-blocks.ts'

test.each<[what: string, source: string, found: Record<string, string>]>([
  ['nothing', '', {}],
  ['a block', 'credentials "a.example" {\n  token = "one"\n}\n', { 'a.example': 'one' }],
  ['a block on one line', 'credentials "a.example" { token = "one" }', { 'a.example': 'one' }],
  ['a port', 'credentials "a.example:8443" { token = "one" }', { 'a.example:8443': 'one' }],
  [
    'several',
    'credentials "a.example" { token = "one" }\ncredentials "b.example" {\n token="two" }',
    { 'a.example': 'one', 'b.example': 'two' },
  ],
  [
    'comments of all kinds',
    '# credentials "x" { token = "no" }\n// credentials "x" { token = "no" }\n/* credentials "x" {\n token = "no" } */\ncredentials "a.example" { # here\n /* "no" */ token /* = */ = "one" // "no"\n}',
    { 'a.example': 'one' },
  ],
  [
    'quotes and escapes',
    String.raw`credentials "a.example" { token = "a\"b\\c\u0041\n" }`,
    { 'a.example': 'a"b\\cA\n' },
  ],
  [
    'a brace and a comment mark in a string',
    'plugin_cache_dir = "}{ # /*"\ncredentials "a.example" { token = "one" }',
    { 'a.example': 'one' },
  ],
  [
    'other blocks around',
    'host "a.example" {\n services = {\n "modules.v1" = "http://x/"\n }\n}\nprovider_installation {\n direct { exclude = ["a/b/c"] }\n}\ncredentials "a.example" { token = "one" }\ncredentials_helper "x" { args = ["token"] }',
    { 'a.example': 'one' },
  ],
  ["a block inside another is not terraform's", 'outer {\n credentials "a.example" { token = "no" }\n}', {}],
  [
    'a token inside a block of the block',
    'credentials "a.example" {\n inner { token = "no" }\n token = "one"\n}',
    { 'a.example': 'one' },
  ],
  [
    'a block without a token',
    'credentials "a.example" {}\ncredentials "b.example" { token = "two" }',
    { 'b.example': 'two' },
  ],
  ['a token that is no text', 'credentials "a.example" { token = 12 }', {}],
  [
    'a heredoc that looks like one',
    'note = <<EOT\ncredentials "x" { token = "no" }\n}\nEOT\ncredentials "a.example" { token = "one" }',
    { 'a.example': 'one' },
  ],
  [
    'an indented heredoc',
    'note = <<-EOT\n  } "\n  EOT\ncredentials "a.example" { token = "one" }',
    { 'a.example': 'one' },
  ],
  ['line ends of Windows', 'credentials "a.example" {\r\n  token = "one"\r\n}\r\n', { 'a.example': 'one' }],
  ['a file that breaks off', 'credentials "a.example" { token = "one', {}],
  ['a file that breaks off in a comment', 'credentials "a.example" { token = "one" } /* never', { 'a.example': 'one' }],
  ['closing braces too many', '}}} credentials "a.example" { token = "one" }', { 'a.example': 'one' }],
  [
    'the last of two',
    'credentials "a.example" { token = "old" }\ncredentials "a.example" { token = "new" }',
    { 'a.example': 'new' },
  ],
])('of %s, the tokens are found', (_what, source, found) => {
  expect(Object.fromEntries(credentialsBlocks(source))).toEqual(found)
})

test('a large file is read in no time', () => {
  const source = `${'"'.repeat(50_000)}${'/*'.repeat(50_000)}${'<<A\n'.repeat(5_000)}`

  const started = processorMs()
  credentialsBlocks(source)

  expect(processorMs() - started).toBeLessThan(2_000)
})
