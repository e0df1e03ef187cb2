/** Any text at all: rendering never throws, and what comes out is inert and left as it is by the sanitiser. */
import fc from 'fast-check'
import { toHtml } from 'hast-util-to-html'
import { expect, test } from 'vitest'
import { colourCode } from '../../src/foundation/markdown/colour-code.ts'
import { countedHtml } from '../../src/foundation/markdown/counted-html.ts'
import { escapeHtml } from '../../src/foundation/markdown/escape.ts'
import { renderMarkdown } from '../../src/foundation/markdown/render.ts'
import { safeHtml } from '../../src/foundation/markdown/safe-html.ts'
import { active } from './inert.ts'
import { hostileAddresses, payloads } from './payloads.ts'

const links = { files: '/files/', raw: '/raw/', folder: 'modules/x' }

/** Pieces that mean something to a reader of Markdown or HTML, in any order. */
const pieces = [
  ...[
    '\n',
    '\n\n',
    ' ',
    '    ',
    '\t',
    '> ',
    '- ',
    '1. ',
    '- [x] ',
    '# ',
    '|',
    '|-|-|\n',
    '```',
    '```hcl\n',
    '~~~',
    '---\n',
  ],
  ...[
    '*',
    '**',
    '_',
    '~~',
    '`',
    '[',
    ']',
    '](',
    ')',
    '![',
    '[^1]',
    '[^1]: ',
    '[a]: ',
    '<',
    '>',
    '"',
    "'",
    '=',
    '/',
    '\\',
    '&',
    '&#',
    ';',
  ],
  ...[
    '<b>',
    '</b>',
    '<p>',
    '</p>',
    '<a href="',
    '<a id="x">',
    '</a>',
    '<img src=',
    ' onerror=',
    '<table>',
    '<tr>',
    '<td>',
    '</table>',
  ],
  ...[
    '<details>',
    '<summary>',
    '<ul>',
    '<li>',
    '<dl>',
    '<dd>',
    '<h1>',
    '</h1>',
    '<h3 id=x>',
    '<pre>',
    '<code class="language-hcl">',
  ],
  ...[
    '<!--',
    '-->',
    '<script>',
    '</script>',
    '<style>',
    '<svg>',
    '<math>',
    '<template>',
    '<select>',
    '<iframe>',
    '<![CDATA[',
    '<?',
  ],
  ...[
    '[!NOTE]\n',
    'javascript:',
    'data:',
    'https://x.example/',
    'www.x.example',
    'a@x.example',
    '../',
    '#x',
    '\0',
    '\u2028',
    '\ud800',
  ],
]
const anyMarkdown = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 4 })), { maxLength: 10 })
      .map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.array(fc.constantFrom(...payloads), { maxLength: 3 }).map((parts) => parts.join('')) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom('[x](', '![x](', '<a href="', '[x]: '),
        fc.constantFrom(...hostileAddresses),
        fc.constantFrom(')', '">x', '\n[x]'),
      )
      .map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
)

test('whatever is written, what is shown is inert', () => {
  fc.assert(
    fc.property(anyMarkdown, (markdown) => {
      const { html, headings } = renderMarkdown({ markdown, links })

      expect(active(html)).toEqual([])
      for (const { id, level } of headings) {
        expect(html).toContain(`<h${level}`)
        expect(id).toMatch(/^user-content-./)
      }
    }),
    { numRuns: 8000 },
  )
})

test('the sanitiser finds nothing to take away from it', () => {
  fc.assert(
    fc.property(anyMarkdown, (markdown) => {
      const { html } = renderMarkdown({ markdown, links })

      expect(toHtml(safeHtml(countedHtml(html)))).toBe(toHtml(countedHtml(html)))
    }),
    { numRuns: 1000 },
  )
})

const anyCode = fc.array(
  fc.constantFrom(
    '\n',
    '\r\n',
    ' ',
    '"',
    "'",
    '${',
    '}',
    '{',
    '[',
    '(',
    '<<EOT\n',
    'EOT\n',
    '#',
    '//',
    '/*',
    '*/',
    '<',
    '&',
    'a',
    '=',
    '1',
    '`',
    '$',
    '\\',
    '\0',
  ),
  { maxLength: 25 },
)
const anyLanguage = fc.constantFrom(
  'tf',
  'json',
  'yaml',
  'sh',
  'md',
  'go',
  'py',
  'ps1',
  'docker',
  'make',
  'ini',
  'toml',
  'console',
  '?',
)

test('code in colours is the same text, line for line', () => {
  fc.assert(
    fc.property(anyCode, anyLanguage, (parts, language) => {
      const text = parts.join('')

      const plain = colourCode({ text, language }).map((line) =>
        line.replace(/<span class="code-[a-z]+">|<\/span>/g, ''),
      )

      expect(plain).toEqual(colourCode({ text, language: '' }))
      expect(plain.join('')).toBe(escapeHtml(text.replace(/[\r\n]/g, '')))
    }),
    { numRuns: 1500 },
  )
})
