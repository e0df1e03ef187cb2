/** Text can be read on every ground it stands on, in both themes, and both say of what the system asks for the same. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const sheet = readFileSync(new URL('tokens.css', import.meta.url), 'utf8')

/** The values of the block that begins with this selector. */
function tokensOf(selector: string): Record<string, string> {
  const start = sheet.indexOf(`${selector} {`)
  const block = sheet.slice(start, sheet.indexOf('}', start))
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]),
  )
}

const light = tokensOf(':root')
const dark = tokensOf(':root[data-theme="dark"]')

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [brighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (brighter + 0.05) / (darker + 0.05)
}

const texts = ['ink', 'ink-2', 'ink-3', 'verdigris', 'verdigris-hover', 'copper', 'crimson', 'moss', 'blue']
const code = ['code-keyword', 'code-string', 'code-number', 'code-function', 'code-comment']
const grounds = ['paper', 'panel', 'sunken']

const pairs: [string, string, number][] = [
  ...texts.flatMap((text) => grounds.map((ground): [string, string, number] => [text, ground, 4.5])),
  ...code.flatMap((text) => ['paper', 'sunken'].map((ground): [string, string, number] => [text, ground, 4.5])),
  ...['verdigris', 'copper', 'crimson', 'moss', 'blue'].map((name): [string, string, number] => [
    name,
    `${name}-tint`,
    5,
  ]),
  ...['ink', 'ink-2'].flatMap((text) =>
    ['verdigris', 'copper', 'crimson', 'moss', 'blue'].map((name): [string, string, number] => [
      text,
      `${name}-tint`,
      4.5,
    ]),
  ),
  ['verdigris-hover', 'verdigris-tint', 4.5],
  ['on-verdigris', 'verdigris', 4.5],
  ['on-verdigris', 'verdigris-hover', 4.5],
  ['line-strong', 'paper', 3],
]

test.each([
  ['light', light],
  ['dark', dark],
])('every pair of text and ground has its contrast in the %s theme', (_theme, tokens) => {
  const tooWeak = pairs
    .map(([text, ground, wanted]) => ({ text, ground, wanted, is: contrast(tokens[text]!, tokens[ground]!) }))
    .filter(({ is, wanted }) => is < wanted)

  expect(tooWeak).toEqual([])
})

test('who follows the system has the same dark theme as who chose it', () => {
  expect(tokensOf('  :root:not([data-theme])')).toEqual(dark)
  expect(Object.keys(dark).sort()).toEqual(Object.keys(light).sort())
})
