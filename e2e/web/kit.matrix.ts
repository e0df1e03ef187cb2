/**
 * Every component of the interface in every state, on the page that only development builds have: in both themes, on a desk
 * and in a hand, in the colours that a system forces, and from one end to the other by keyboard.
 */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { brokenRules, complaintsOf, focused, inChromium, scrollsSideways } from '../browser.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const screenshots = join(root, 'e2e/screenshots')
const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' }

let built: string
let server: Server
let url: string

beforeAll(async () => {
  built = mkdtempSync(join(tmpdir(), 'cadastre-kit-'))
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const args = ['build', '--mode', 'development', '--outDir', built, '--emptyOutDir', '--logLevel', 'error']
  await promisify(execFile)(process.execPath, [vite, ...args], { cwd: join(root, 'web') })
  const { file, css } = JSON.parse(readFileSync(join(built, '.vite/manifest.json'), 'utf8'))['src/main.tsx']
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>Kit</title>${css.map((sheet: string) => `<link rel="stylesheet" href="/${sheet}">`).join('')}
    <div id="root"></div><script type="module" src="/${file}"></script>`
  server = createServer(({ url: asked = '' }, response) => {
    const type = types[extname(asked)]
    if (asked.startsWith('/api/')) return response.writeHead(503).end()
    response.setHeader('content-type', type ?? 'text/html').end(type ? readFileSync(join(built, asked)) : page)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/dev/kit`
}, 120_000)
afterAll(() => {
  server?.close()
  if (built) rmSync(built, { recursive: true, force: true })
})

/** It shows what stands for things that are still to come, so nobody can wait until none does. */
async function openKit(page: Page): Promise<void> {
  await page.goto(url)
  await page.locator('h1').first().waitFor()
  await page.evaluate('document.fonts.ready.then(() => {})')
}

inChromium((visit) => {
  test.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 375],
    ['dark', 375],
    ['light', 320],
  ] as const)('the kit is for everybody, %s, %i pixels wide', async (colorScheme, width) => {
    const page = await visit({ viewport: { width, height: 900 }, colorScheme })
    const complaints = complaintsOf(page)
    await openKit(page)

    expect(await brokenRules(page)).toEqual([])
    expect(await scrollsSideways(page)).toBe(false)
    expect(complaints).toEqual([])
  })

  test('in the colours that a system forces everything still has its edges', async () => {
    const page = await visit({ forcedColors: 'active' })
    await openKit(page)
    mkdirSync(screenshots, { recursive: true })

    const picture = await page.screenshot({ path: join(screenshots, 'kit-forced-colours.png'), fullPage: true })

    expect(picture.length).toBeGreaterThan(20_000)
    expect(await brokenRules(page)).toEqual([])
  })

  test('the keyboard reaches every part that does something, and each is seen when it does', async () => {
    const page = await visit()
    await openKit(page)
    const parts = await page.evaluate<number>(
      `[...document.querySelectorAll('main :is(a[href], button, input, select, textarea, summary)')]
        .filter((part) => part.checkVisibility() && !part.disabled && part.type !== 'hidden').length`,
    )

    const unseen: string[] = []
    const reached = new Set<string>()
    for (let presses = 0; presses < parts + 60; presses++) {
      await page.keyboard.press('Tab')
      const place = await page.evaluate<string>(`(() => {
        const element = document.activeElement
        if (!element.closest('main')) return ''
        element.dataset.place ??= String(document.querySelectorAll('[data-place]').length)
        return element.dataset.place
      })()`)
      if (!place || reached.has(place)) continue
      reached.add(place)
      const { name, isSeen } = await focused(page)
      if (!isSeen) unseen.push(name)
    }

    expect(unseen).toEqual([])
    // Of a group of radio buttons the keyboard reaches one.
    const groups = await page.evaluate<number>(
      `[...document.querySelectorAll('main input[type=radio]')].length - new Set([...document.querySelectorAll('main input[type=radio]')].map(({ name }) => name)).size`,
    )
    expect(reached.size).toBeGreaterThanOrEqual(parts - groups)
  })
})
