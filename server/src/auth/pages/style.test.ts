/** The pages without scripts look as the web does: the same values under the same names. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { styleSheet } from './style.ts'

const tokens = readFileSync(fileURLToPath(new URL('../../../../web/src/ui/tokens.css', import.meta.url)), 'utf8')

/** Name → value, of the first block for light and of the first inside a dark one. */
function valuesIn(css: string): Record<'light' | 'dark', Map<string, string>> {
  const [light, dark] = css.split(/prefers-color-scheme: dark/)
  const read = (text: string) => {
    const block = /\{((?:[^{}]*--[\w-]+:[^{}]*)+)\}/.exec(text)![1]!
    return new Map([...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!]))
  }
  return { light: read(light!.slice(light!.indexOf(':root'))), dark: read(dark!) }
}

test.each(['light', 'dark'] as const)('every colour of the %s sheet is the one of the web', (theme) => {
  const [own, web] = [valuesIn(styleSheet)[theme], valuesIn(tokens)[theme]]

  expect(own.size).toBeGreaterThan(10)
  for (const [name, value] of own) expect([name, value]).toEqual([name, web.get(name)])
})
