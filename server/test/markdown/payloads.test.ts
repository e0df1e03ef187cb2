/** What attackers write, in every place of a document: it is shown or left out, and never does anything. */
import { expect, test } from 'vitest'
import { colourCode } from '../../src/foundation/markdown/colour-code.ts'
import { renderFragments } from '../../src/foundation/markdown/fragments.ts'
import { renderMarkdown } from '../../src/foundation/markdown/render.ts'
import { active } from './inert.ts'
import { hostileAddresses, payloads } from './payloads.ts'

const links = { files: '/files/', raw: '/raw/', folder: 'modules/x' }
const htmlOf = (markdown: string) => renderMarkdown({ markdown, links }).html

const places: [string, (payload: string) => string][] = [
  ['alone', (payload) => payload],
  ['in a sentence', (payload) => `Before ${payload} after`],
  ['in a heading', (payload) => `## ${payload}\n\ntext`],
  ['in a cell', (payload) => `| a | b |\n|---|---|\n| ${payload} | c |\n`],
  ['in a list in a quote', (payload) => `> - ${payload}\n>   more\n`],
  ['in an element', (payload) => `<details><summary>x</summary>\n${payload}\n</details>\n`],
  [
    'in an attribute',
    (payload) => `<a href="${payload}" title="${payload}">x</a> <img src='${payload}' alt='${payload}'>`,
  ],
  ['in a comment', (payload) => `<!-- ${payload} -->\n\ntext`],
  ['as an alert', (payload) => `> [!WARNING]\n> ${payload}\n`],
  ['as a note', (payload) => `x[^1]\n\n[^1]: ${payload}\n`],
  ['as code', (payload) => `\`\`\`hcl\n${payload}\n\`\`\`\n`],
  ['as a language', (payload) => `\`\`\`${payload}\na = 1\n\`\`\`\n`],
  ['as the text of a link', (payload) => `[${payload}](x) ![${payload}](y.png)`],
  ['as a title', (payload) => `[x](y "${payload}") ![x](y.png '${payload}')`],
]

test('there are more than 200 texts, and all differ', () => {
  expect(payloads.length).toBeGreaterThan(200)
  expect(new Set(payloads).size).toBe(payloads.length)
})

test.each(places)('what is written %s is inert', (_place, written) => {
  const found = payloads.map((payload) => ({ payload, active: active(htmlOf(written(payload))) }))

  expect(found.filter((each) => each.active.length > 0)).toEqual([])
})

test.each(places)('what is written %s of a description is inert, and takes no place on the page', (_place, written) => {
  const all = renderFragments({ texts: payloads.map(written), links })
  const found = payloads.map((payload, at) => ({ payload, active: active(all[at] ?? '') }))

  expect(found.filter((each) => each.active.length > 0)).toEqual([])
  expect(all.filter((html) => /<h[1-6]|\sid=/.test(html?.replace(/<code.*?<\/code>|="[^"]*"/gs, '') ?? ''))).toEqual([])
})

test.each(hostileAddresses)('the address %j leads nowhere by itself', (address) => {
  const html = htmlOf(
    `[x](${address}) [x](<${address}>) [x]\n\n[x]: ${address}\n\n<a href="${address}">x</a> ![x](${address})`,
  )

  expect(active(html)).toEqual([])
  expect(html).not.toMatch(
    /(href|src)="(?!https:\/\/evil\.example\/)[^"]*(script:|script%3a|data:|blob:|passwd|secret)/i,
  )
})

test('in code every text stays text', () => {
  const found = payloads.map((text) => ({
    text,
    active: ['tf', 'sh', 'yaml', 'md'].flatMap((language) => active(colourCode({ text, language }).join('\n'))),
  }))

  expect(found.filter((each) => each.active.length > 0)).toEqual([])
})

test('headings and the first sentence are words without markup that would have to be trusted', () => {
  const { headings, firstSentence } = renderMarkdown({
    markdown: '# a <b>b</b> `<c>`\n\nOne *two* <i>three</i>. Four.',
  })

  expect(headings).toEqual([{ id: 'user-content-a-b-c', text: 'a b <c>', level: 2 }])
  expect(firstSentence).toBe('One two three.')
})
