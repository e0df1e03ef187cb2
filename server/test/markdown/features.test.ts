/** Markdown as GitHub has it, and what the registry makes of it: written down by hand, feature by feature. */
import { toHtml } from 'hast-util-to-html'
import { expect, test } from 'vitest'
import { countedHtml } from '../../src/foundation/markdown/counted-html.ts'
import { renderMarkdown } from '../../src/foundation/markdown/render.ts'

const links = {
  files: '/modules/acme/vpc/aws/1.2.0/files/',
  raw: '/api/v1/modules/acme/vpc/aws/1.2.0/files/raw/',
  folder: 'modules/subnets',
}
const rel = 'rel="nofollow noopener noreferrer"'
const files = '/modules/acme/vpc/aws/1.2.0/files'
const raw = '/api/v1/modules/acme/vpc/aws/1.2.0/files/raw'

const htmlOf = (markdown: string) => renderMarkdown({ markdown, links }).html

test.each([
  ['a paragraph', 'One\ntwo', '<p>One\ntwo</p>'],
  ['emphasis', '*a* **b** ~~c~~ `d`', '<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>'],
  ['a line break', 'a  \nb', '<p>a<br>\nb</p>'],
  ['a rule', '***', '<hr>'],
  ['a list', '- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>'],
  ['a list that starts at 3', '3. a', '<ol start="3">\n<li>a</li>\n</ol>'],
  [
    'a list of tasks',
    '- [x] a\n- [ ] b',
    '<ul class="contains-task-list">\n' +
      '<li class="task-list-item"><input type="checkbox" checked disabled aria-label="Done"> a</li>\n' +
      '<li class="task-list-item"><input type="checkbox" disabled aria-label="Not done"> b</li>\n</ul>',
  ],
  ['a quote', '> a', '<blockquote>\n<p>a</p>\n</blockquote>'],
  [
    'a table, whose head without a text is none',
    '| A | B | |\n|:--|--:|-|\n| 1 | 2 | 3 |',
    '<div class="table-scroll" tabindex="0" role="region" aria-label="Table 1"><table>\n<thead>\n<tr>\n' +
      '<th align="left" scope="col">A</th>\n<th align="right" scope="col">B</th>\n<td></td>\n</tr>\n</thead>\n<tbody>\n<tr>\n' +
      '<td align="left">1</td>\n<td align="right">2</td>\n<td>3</td>\n</tr>\n</tbody>\n</table></div>',
  ],
  ['code without a language', '```\na < b\n```', '<pre tabindex="0"><code>a &#x3C; b\n</code></pre>'],
  [
    'code of an unknown language, and diagrams',
    '```mermaid\ngraph TD\n```',
    '<pre tabindex="0"><code class="language-mermaid">graph TD\n</code></pre>',
  ],
  [
    'code in colours',
    '```hcl\nname = "a" # b\n```',
    '<pre tabindex="0"><code class="language-hcl">name = <span class="code-string">"a" </span>' +
      '<span class="code-comment"># b</span>\n</code></pre>',
  ],
  [
    'a folded part',
    '<details>\n<summary>More</summary>\n\n**b**\n\n</details>',
    '<details>\n<summary>More</summary>\n<p><strong>b</strong></p>\n</details>',
  ],
  [
    'keys, and marks below and above',
    '<kbd>a</kbd> H<sub>2</sub> x<sup>2</sup>',
    '<p><kbd>a</kbd> H<sub>2</sub> x<sup>2</sup></p>',
  ],
  ['a place without a text', '<a name="x"></a>', '<p><a id="user-content-x"></a></p>'],
  ['a comment', 'a <!-- b --> c\n\n<!-- d\n\ne -->\n\nf', '<p>a  c</p>\n\n<p>f</p>'],
  ['elements that are not known', '<center>a <font color="red">b</font></center>', 'a b'],
  ['an element that is not closed', '<b>a\n\nb', '<p><b>a</b></p><b>\n<p>b</p></b>'],
  ['a sentence that is no element', 'a < b && c > d', '<p>a &#x3C; b &#x26;&#x26; c > d</p>'],
])('%s', (_name, markdown, html) => {
  expect(htmlOf(markdown).trim()).toBe(html)
})

test.each(['Note', 'Tip', 'Important', 'Warning', 'Caution'])('an alert: %s', (title) => {
  const kind = title.toLowerCase()

  expect(htmlOf(`> [!${title.toUpperCase()}]\n> a **b**\n>\n> c`)).toBe(
    `<div class="alert alert-${kind}">\n<p class="alert-title">${title}</p>\n<p>a <strong>b</strong></p>\n<p>c</p>\n</div>`,
  )
})

test.each(['> [!OTHER]\n> a', '> [!NOTE] a', '> a [!NOTE]'])('%j is a quote and no alert', (markdown) => {
  expect(htmlOf(markdown)).toMatch(/^<blockquote>/)
})

test('a footnote and its reference lead to each other', () => {
  expect(htmlOf('a[^n]\n\n[^n]: b')).toBe(
    '<p>a<sup><a href="#user-content-fn-n" id="user-content-fnref-n" data-footnote-ref="" ' +
      'aria-describedby="user-content-footnote-label">1</a></sup></p>\n' +
      '<section data-footnotes="" class="footnotes"><h2 class="visually-hidden" id="user-content-footnote-label">Footnotes</h2>\n' +
      '<ol>\n<li id="user-content-fn-n">\n<p>b <a href="#user-content-fnref-n" data-footnote-backref="" ' +
      'aria-label="Back to reference 1" class="data-footnote-backref">\u21a9</a></p>\n</li>\n</ol>\n</section>',
  )
})

test.each([
  ['a file', '[a](main.tf)', `<a href="${files}/modules/subnets/main.tf">a</a>`],
  ['a file, from the root', '[a](/main.tf)', `<a href="${files}/main.tf">a</a>`],
  ['a file above', '[a](../../README.md#usage)', `<a href="${files}/README.md#usage">a</a>`],
  ['lines of a file', '[a](./main.tf#L3-L5)', `<a href="${files}/modules/subnets/main.tf#L3-L5">a</a>`],
  ['a name with spaces', '[a](<a b.md>)', `<a href="${files}/modules/subnets/a%20b.md">a</a>`],
  ['the same, encoded', '[a](a%20b.md?raw=true)', `<a href="${files}/modules/subnets/a%20b.md">a</a>`],
  ['outside of the files', '[a](../../../x)', 'a'],
  ['outside of the files, encoded', '[a](%2e%2e/..%2f../../x)', 'a'],
  ['another site', '[a](https://x.example/y?z=1#f)', `<a href="https://x.example/y?z=1#f" ${rel}>a</a>`],
  ['another site, as it is', 'https://x.example/y', `<a href="https://x.example/y" ${rel}>https://x.example/y</a>`],
  ['another site, without a scheme', '[a](//x.example/y)', 'a'],
  ['somebody', '<a@x.example>', '<a href="mailto:a@x.example">a@x.example</a>'],
  ['nothing that would be read', '[](https://x.example) b', ' b'],
  ['a title', '[a](b "c")', `<a href="${files}/modules/subnets/b" title="c">a</a>`],
  ['an image', '![a](b.png)', `<img src="${raw}/modules/subnets/b.png" alt="a" loading="lazy">`],
  ['an image without a description', '![](b.png)', `<img src="${raw}/modules/subnets/b.png" alt="" loading="lazy">`],
  [
    'an image of a size',
    'a <img src="/b.png" width="100" onload="x()">',
    `a <img src="${raw}/b.png" alt="" loading="lazy" width="100">`,
  ],
  ['an image of another site', '![a](https://x.example/b.svg)', `<a href="https://x.example/b.svg" ${rel}>a</a>`],
  [
    'the same without a description',
    '![](https://x.example/b.svg)',
    `<a href="https://x.example/b.svg" ${rel}>b.svg</a>`,
  ],
  ['a badge', '[![a](https://x.example/b.svg)](https://y.example/)', `<a href="https://y.example/" ${rel}>a</a>`],
  [
    'an image as a link',
    '[![](b.png)](c)',
    `<a href="${files}/modules/subnets/c"><img src="${raw}/modules/subnets/b.png" alt="b.png" loading="lazy"></a>`,
  ],
  [
    'an image in the text',
    '![a](data:image/png;base64,AAAA)',
    '<img src="data:image/png;base64,AAAA" alt="a" loading="lazy">',
  ],
  ['one that is too large', `![a](data:image/png;base64,${'A'.repeat(50_000)})`, 'a'],
  ['a drawing in the text', '![a](data:image/svg+xml;base64,AAAA)', 'a'],
])('a link to %s', (_name, markdown, html) => {
  expect(htmlOf(markdown)).toBe(`<p>${html}</p>`)
})

test('without files, links to them are text', () => {
  expect(renderMarkdown({ markdown: '[a](b) ![c](d) [e](https://f.example/)' }).html).toBe(
    `<p>a c <a href="https://f.example/" ${rel}>e</a></p>`,
  )
})

/** As it is written, with the link that stands beside it. */
const linked = (heading: string) =>
  `<div class="heading">${heading}<a class="heading-link" href="#${/id="([^"]*)"/.exec(heading)![1]}" aria-label="Link to ${heading.replace(/<[^>]*>/g, '')}">#</a></div>`

test('headings start below the one of the page, leave no level out, and have places of their own', () => {
  const { html, headings } = renderMarkdown({
    markdown: '# A b!\n\n#### `C_d` (e)\n\n## A b!\n\nF\n=\n\n<h3 align="center">G &amp; h</h3>\n\n## \u{1f680}\n\n#\n',
  })

  expect(html).toBe(
    [
      linked('<h2 id="user-content-a-b">A b!</h2>'),
      linked('<h3 id="user-content-c_d-e"><code>C_d</code> (e)</h3>'),
      linked('<h3 id="user-content-a-b-1">A b!</h3>'),
      linked('<h2 id="user-content-f">F</h2>'),
      linked('<h3 align="center" id="user-content-g--h">G &#x26; h</h3>'),
      linked('<h3 id="user-content-section">\u{1f680}</h3>'),
      '<div></div>',
    ].join('\n'),
  )
  expect(headings.slice(0, 3)).toEqual([
    { id: 'user-content-a-b', text: 'A b!', level: 2 },
    { id: 'user-content-c_d-e', text: 'C_d (e)', level: 3 },
    { id: 'user-content-a-b-1', text: 'A b!', level: 3 },
  ])
})

test('a heading that opens something, or is in a link, has no link beside it', () => {
  const [opening, inLink] = [
    htmlOf('<details><summary><h2>A</h2></summary>b</details>'),
    htmlOf('<a href="https://b.example/">\n<h2>A</h2></a>'),
  ]

  expect(opening).toContain('<summary><h2 id="user-content-a">A</h2></summary>')
  expect(inLink).not.toContain('heading-link')
})

test('links to a place lead to where it is, and those to none are text', () => {
  const html = htmlOf(
    '## Usage\n\n<a name="input_x"></a>x <a id="usage">y</a> [a](#usage) [b](#Usage) [c](#input\\_x) [d](#nowhere) [e](#user-content-usage)',
  )

  expect(html).toBe(
    `${linked('<h2 id="user-content-usage">Usage</h2>')}\n<p><a id="user-content-input_x"></a>x y ` +
      '<a href="#user-content-usage">a</a> <a href="#user-content-usage">b</a> <a href="#user-content-input_x">c</a> d ' +
      '<a href="#user-content-usage">e</a></p>',
  )
})

test('what is left out of its place leaves nothing that browsers read as two', () => {
  const [item, list] = [htmlOf('- <summary><a id="x"><li>a'), htmlOf('<ul><li><dd><a id="x"><li>a')]

  expect(item).toBe('<ul>\n<li>\n<a id="user-content-x"></a></li><li>a\n</li>\n</ul>')
  expect(list).toBe('<ul><li><a id="user-content-x"></a></li><li>a</li></ul>')
})

test('a link that a table in it stands in for again is one place in browsers too', () => {
  const link = '<a id=q href="https://e.example/">'
  const html = htmlOf(`<ol>x${link}x<table>x</div><dl>x\n\n<ruby>x${link}x<span id=s>x`)

  expect(toHtml(countedHtml(html))).toBe(html)
  expect([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id).sort()).toEqual(['user-content-q', 'user-content-s'])
})

test.each([
  ['of the first paragraph', '# A\n\nMakes a *VPC*, e.g. for tests. More.\n\nB.', 'Makes a VPC, e.g. for tests.'],
  [
    'after the badges',
    '[![a](https://x.example/b.svg)](https://x.example) ![c](d)\n\nMakes [a VPC](x).',
    'Makes a VPC.',
  ],
  ['in a centred part', '<div align="center">\n\nMakes a VPC\n\n</div>', 'Makes a VPC'],
  ['but none of an alert, a list or a table', '> [!NOTE]\n> a b c.\n\n- d e f.\n\n| gh |\n|-|\n| ij |', ''],
  ['shortened', `${'word '.repeat(100)}end.`, `${'word '.repeat(60).trim()}\u2026`],
])('the first sentence %s', (_name, markdown, sentence) => {
  expect(renderMarkdown({ markdown }).firstSentence).toBe(sentence)
})
