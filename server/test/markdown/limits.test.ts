/** Texts that are made to take long or to grow: each is shown as it was written. What people write is far from that. */
import { expect, test } from 'vitest'
import { renderMarkdown } from '../../src/foundation/markdown/render.ts'
import { active } from './inert.ts'

const length = 30_000
const filled = (text: string) => text.repeat(Math.ceil(length / text.length))
const growing = (one: (index: number) => string) => Array.from({ length: 350 }, (_, index) => one(index)).join('')

/** At this length each of them takes from seconds to hours, unless it is refused. */
test.each([
  ['too many bytes', 'a'.repeat(512 * 1024 + 1)],
  ['too many bytes in few characters', '\u20ac'.repeat(200_000)],
  ['quotes in quotes', filled('>')],
  ['quotes in quotes, with spaces', `${filled('> ')}a`],
  ['lists in lists', `${filled('- ')}a`],
  ['lists in quotes in lists', `${filled('1. > - ')}a`],
  ['lists that go deeper with each line', growing((index) => `${'  '.repeat(index)}- a\n`)],
  ['many deep quotes', `${'> '.repeat(90)}a\n`.repeat(600)],
  ['lines that go on with a quote', `> a\n${'a\n'.repeat(8000)}`],
  ['brackets that open', filled('[')],
  ['brackets that open and close', filled('[]')],
  ['brackets in brackets', '['.repeat(length / 2) + ']'.repeat(length / 2)],
  ['links that do not end', filled('[a](b')],
  ['references to nothing', filled('[a][b]')],
  ['images in images', '!['.repeat(length / 5) + '](x)'.repeat(length / 5)],
  ['stars in stars', '*a '.repeat(length / 6) + 'a* '.repeat(length / 6)],
  ['stars and underscores', filled('*a_ ')],
  ['stars without an end', filled('a**b*c')],
  ['tildes', filled('~~a ~b')],
  ['comments that do not end', filled('a <!-- ')],
  ['instructions that do not end', filled('a <?')],
  ['marks of code of every length', growing((index) => `${'`'.repeat(index)} `)],
  ['elements in elements', filled('<div>')],
  ['elements that close one another', filled('<b><div></b>')],
  ['elements that are opened again in every paragraph', growing((index) => `<b id="${index}"><p>`) + filled('<p>')],
  [
    'rows that are filled up to the width of the head',
    `${'|a'.repeat(300)}|\n${'|-'.repeat(300)}|\n${'|\n'.repeat(300)}`,
  ],
  ['a long address that is referred to often', `${'[a] [a]\n\n'.repeat(500)}[a]: /${'b'.repeat(5000)}\n`],
  ['lines and lines', '\n'.repeat(20_001)],
])('%s', (_name, markdown) => {
  const { html, plain } = renderMarkdown({ markdown })

  expect(plain).toBe(true)
  expect(active(html)).toEqual([])
})

const inputs = (count: number) =>
  `| Name | Description | Type | Default | Required |\n|---|---|---|---|:---:|\n${Array.from(
    { length: count },
    (_, index) =>
      `| <a name="input_x${index}"></a> [x${index}](#input\\_x${index}) | A \`b\` of **c**. | \`string\` | \`"d"\` | no |\n`,
  ).join('')}`

test.each([
  ['a table of 400 inputs', inputs(400)],
  ['a paragraph of 200 links', 'a [b](c) `d` *e* _f_. '.repeat(200)],
  ['300 badges', '[![a](https://x.example/a.svg)](https://x.example/)\n'.repeat(300)],
  ['lists in lists', 'a\n\n- b\n  - c\n    - d\n      > e\n\n'.repeat(50)],
  ['100 comments', 'a <!-- b --> c\n\n<!-- BEGIN_TF_DOCS -->\n\n'.repeat(100)],
])('what people write is rendered: %s', (_name, markdown) => {
  const { html, plain } = renderMarkdown({ markdown })

  expect(plain).toBe(false)
  expect(active(html)).toEqual([])
})

test('code is coloured until the document has had its share, and is complete after that', () => {
  const block = `\`\`\`hcl\n${`a = "${'b '.repeat(46)}b"\n`.repeat(240)}\`\`\`\n\n`

  const { html } = renderMarkdown({ markdown: block.repeat(12) })

  const blocks = html.split('<pre').slice(1)
  expect(blocks.map((each) => each.includes('code-string'))).toEqual([...Array(10).fill(true), false, false])
  expect(blocks.map((each) => each.split('\n').filter((line) => line.includes('a = ')).length)).toEqual(
    Array(12).fill(240),
  )
})

test('an element is passed over once, however its tag is written', () => {
  const tag = `<div ${filled('a1 ')}`

  expect(renderMarkdown({ markdown: `${tag}>b</div>` }).html).toBe('<div>b</div>')
  expect(renderMarkdown({ markdown: `<div>\n${filled('<a x="')}\n</div>` }).plain).toBe(false)
  expect(renderMarkdown({ markdown: `<div>\n${filled('<script>')}\n</div>` }).html).toBe('<div>\n</div>')
})
