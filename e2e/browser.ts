/**
 * A real Chromium in front of our pages: the one that CHROMIUM_PATH names, or that of the system. It starts once per file,
 * and whoever comes in it begins without cookies. Where there is none the cases are skipped by name.
 */
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest'
import { onPath } from './terraform.ts'

/** @returns an empty page of somebody who was never here; it closes with the test */
export type Visit = (options?: BrowserContextOptions) => Promise<Page>

const executablePath =
  process.env.CHROMIUM_PATH ?? ['chromium', 'chromium-browser', 'google-chrome'].map(onPath).find(Boolean)

export function inChromium(cases: (visit: Visit) => void): void {
  const name = 'in Chromium'
  describe.skipIf(!executablePath)(executablePath ? name : `${name} (not on PATH, nor named by CHROMIUM_PATH)`, () => {
    let browser: Browser
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath })
    })
    afterAll(() => browser?.close())
    cases(async (options) => {
      // Nobody has told it of the throw-away authorities.
      const context = await browser.newContext({ ignoreHTTPSErrors: true, reducedMotion: 'reduce', ...options })
      onTestFinished(() => context.close())
      return context.newPage()
    })
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

/** WCAG 2.2, A and AA, with what is best practice beside it. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Rules of accessibility that the page breaks, each with where. */
export async function brokenRules(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page }).options({ rules: { 'target-size': { enabled: true } } })
  const { violations } = await axe.withTags(rules).setLegacyMode().analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
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
