/**
 * A real Chromium in front of our pages: the one that CHROMIUM_PATH names, or that of the system. It starts once per file,
 * and whoever comes in it begins without cookies. Where there is none the cases are skipped by name.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest'
import { onPath } from './terraform.ts'

/** @returns an empty page of somebody who was never here; it closes with the test */
export type Visit = (options?: BrowserContextOptions) => Promise<Page>

/** Machines are busy. */
const patienceMs = 60_000

const executablePath =
  process.env.CHROMIUM_PATH ?? ['chromium', 'chromium-browser', 'google-chrome'].map(onPath).find(Boolean)

/** @param cases `stay` gives a page as `visit` does, which closes with the file */
export function inChromium(cases: (visit: Visit, stay: Visit) => void): void {
  const name = 'in Chromium'
  describe.skipIf(!executablePath)(executablePath ? name : `${name} (not on PATH, nor named by CHROMIUM_PATH)`, () => {
    let browser: Browser
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath, timeout: patienceMs })
    })
    afterAll(() => browser?.close())
    const stay: Visit = async (options) => {
      // Nobody has told it of the throw-away authorities.
      const context = await browser.newContext({ ignoreHTTPSErrors: true, reducedMotion: 'reduce', ...options })
      context.setDefaultTimeout(patienceMs)
      return context.newPage()
    }
    const visit: Visit = async (options) => {
      const page = await stay(options)
      onTestFinished(() => page.context().close())
      return page
    }
    cases(visit, stay)
  })
}

/** What the browser has against a page from now on, such as something that the content security policy blocked. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    // Every answer that is a refusal is one of these; tests look at the status themselves.
    const isStatus = message.text().startsWith('Failed to load resource: the server responded with a status of')
    if (['error', 'warning'].includes(message.type()) && !isStatus) complaints.push(message.text())
  })
  page.on('pageerror', ({ message }) => complaints.push(message))
  return complaints
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** WCAG 2.2, A and AA, with what is best practice beside it. Of what is right nothing is told, which is most of the work. */
const wanted = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations'],
}

/** Rules of accessibility that the page breaks, each with where. */
export async function brokenRules(page: Page): Promise<string[]> {
  if (await page.evaluate('window.axe === undefined')) await page.evaluate(axe)
  return page.evaluate(`axe.run(document, ${JSON.stringify(wanted)}).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ': ' + target.join(' '))))`)
}

/** Whether the page is wider than its window. */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')

/** What the keyboard would act on: what it says or is labelled with, and whether it is seen with an outline around it. */
export const focused = (page: Page): Promise<{ name: string; isSeen: boolean }> =>
  page.evaluate(`(() => {
    const element = document.activeElement
    const { left, width, height } = element.getBoundingClientRect()
    const isOutlined = getComputedStyle(element).outlineStyle !== 'none'
    const [label] = element.labels ?? []
    return { name: (label ?? element).textContent.trim(), isSeen: isOutlined && left >= 0 && width > 0 && height > 0 }
  })()`)
