/** Expressions as they are shown: from where they begin, without the indentation around them. */
import { expect, test } from 'vitest'
import { dedented } from '../../src/modules/inspection/dedent.ts'

test.each([
  ['{\n    a = 1\n\n    b = {\n      c = 2\n    }\n  }', '{\n  a = 1\n\n  b = {\n    c = 2\n  }\n}'],
  ['[\n\t\t1,\n\t]', '[\n\t1,\n]'],
  ['[\n1,\n  ]', '[\n1,\n  ]'],
  ['<<-EOT\n    a\n  EOT', '<<-EOT\n    a\n  EOT'],
  ['"one line"', '"one line"'],
])('%j is shown as %j', (written, shown) => {
  expect(dedented(written)).toBe(shown)
})
