/** Whatever is in a file: reading it never throws, and every place that it names lies inside the file. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFolder } from '../../src/modules/inspection/folder.ts'
import { readHcl } from '../../src/modules/inspection/hcl/body.ts'
import { spdxOf } from '../../src/modules/inspection/licence.ts'
import { makeBudget } from '../../src/modules/inspection/limits.ts'
import { sourceText } from '../../src/modules/inspection/source-text.ts'
import { patientLimits } from './inspected.ts'
import { isHclToOracle } from './oracle.ts'

// biome-ignore format: a table
const tokens = [
  'variable', 'output', 'resource', 'terraform', 'required_providers', 'moved', 'locals', 'check', 'type', 'default',
  'object', 'list', 'optional', 'string', 'for', 'in', 'if', 'true', 'null', 'a', 'b', 'description', 'validation',
  '"a"', '"b c"', '"${a}"', '"%{if a}b%{endif}"', '"\\n"', '"\\q"', '"', '1', '2.50', '1e5', '-', '!', '=', '==', '=>',
  '?', ':', '::', ',', '.', '...', '*', '+', '&&', '{', '}', '[', ']', '(', ')', '${', '%{', '$${', '}', '~}', '<<', '<<-E',
  '<<E\nx\nE\n', '\n', '\n', '\n  ', '\n}\n', ' ', '\t', '\r\n', '#', '# c\n', '//', '/*', '*/', '/* c */', '\\', 'é', '日', '\u0000',
  '\ufeff', '\ud800', '\u0301', '__proto__', 'constructor', '0x1f', "'", '`', ';',
]

const soup = fc.array(fc.constantFrom(...tokens), { maxLength: 40 }).map((parts) => parts.join(''))
const spaced = fc.array(fc.constantFrom(...tokens), { maxLength: 40 }).map((parts) => parts.join(' '))
const bytes = fc.uint8Array({ maxLength: 80 }).map((array) => Buffer.from(array))
const json = fc.json({ maxDepth: 4 }).map((text) => `{"variable":{"a":${text}},"output":${text},"resource":${text}}`)

/** Well-formed modules into which something else was put. */
const whole = `variable "a" {
  type = object({
    # c
    n = optional(list(string), ["x"]) // d
  })
  default     = { n = [<<-E
    x \${a}
    E
  ] }
  description = "a \\"b\\" $\${c}"
  validation {
    condition     = var.a != null
    error_message = "x \${var.a}"
  }
}
output "b" { value = [for x in var.a.n : upper(x) if x != ""] }
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", configuration_aliases = [aws.b] }
  }
}
`
const broken = fc
  .tuple(fc.nat(whole.length), fc.nat(20), fc.constantFrom(...tokens))
  .map(([at, cut, token]) => whole.slice(0, at) + token + whole.slice(at + cut))

const content = fc.oneof(soup, spaced, broken, json, fc.string({ maxLength: 60 }), bytes).map((any) => Buffer.from(any))
const path = fc.constantFrom('main.tf', 'main.tf', 'main.tf', 'main.tofu', 'main.tf.json', 'main_override.tf')

test('12,000 files of all kinds: nothing throws, and no place lies outside of its file', () => {
  fc.assert(
    fc.property(path, content, (file, bytes) => {
      const read = readFolder([{ path: file, bytes }], makeBudget(patientLimits))

      const lines = bytes.toString().split('\n')
      for (const { line, column } of placesIn(read)) {
        if (line < 1 || line > lines.length) return false
        if (column !== undefined && (column < 1 || column > lines[line - 1]!.length + 1)) return false
      }
      return !/\\u0000|\\ud[89a-f]/.test(JSON.stringify(read))
    }),
    { numRuns: 12_000 },
  )
})

test('2,000 files are accepted exactly when hcl2json accepts them', async () => {
  const text = fc.oneof(spaced, broken).filter((any) => !/[\0\ufeff\ud800-\udfff]/u.test(any))
  await fc.assert(
    fc.asyncProperty(text, async (any) => {
      const { diagnostics } = readHcl(sourceText('main.tf', any), makeBudget(patientLimits))

      const isAccepted = await isHclToOracle(any)
      expect(diagnostics.length === 0).toBe(isAccepted)
    }),
    { numRuns: 2_000 },
  )
})

test('2,000 texts are some licence, or none', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), spaced), (text) => {
      const spdx = spdxOf(text)
      return spdx === null || spdx.length > 0
    }),
    { numRuns: 2_000 },
  )
})

type Placed = { file: string; line: number; column?: number }

function placesIn(value: unknown): Placed[] {
  if (typeof value !== 'object' || value === null) return []
  const own = 'file' in value && 'line' in value && typeof value.line === 'number' ? [value as Placed] : []
  return [...own, ...Object.values(value).flatMap(placesIn)]
}
