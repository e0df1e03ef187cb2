/** How soon a page answers to keys: what a reader feels while typing. */
import type { Page } from 'playwright-core'

/** Milliseconds from each key until the next paint: the longest, as INP counts a few of them. */
export async function longestAnswer(page: Page, press: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const seen: number[] = []
    Object.assign(globalThis, { seen })
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if (entry.name === 'keydown' || entry.name === 'input') seen.push(entry.duration)
    })
    observer.observe({ type: 'event', durationThreshold: 16, buffered: false } as never)
  })
  await press()
  await page.waitForTimeout(500)
  return page.evaluate(() => Math.max(0, ...(globalThis as unknown as { seen: number[] }).seen))
}
