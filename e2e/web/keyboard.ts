/** Somebody without a mouse. */
import type { Page } from 'playwright-core'

const maxSteps = 120

/** The name of what has the focus, as a screen reader says it. */
export const named = (page: Page): Promise<string> =>
  page.evaluate(`(() => {
    const element = document.activeElement
    const [label] = element.labels ?? []
    return (element.getAttribute('aria-label') ?? (label ?? element).textContent).trim()
  })()`)

export const focusIsIn = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate(`document.activeElement.closest(${JSON.stringify(selector)}) !== null`)

/** Presses Tab until something of this name has the focus. @returns how often */
export async function tabTo(page: Page, name: string | RegExp): Promise<number> {
  const trail: string[] = []
  for (let presses = 1; presses <= maxSteps; presses++) {
    await page.keyboard.press('Tab')
    const found = await named(page)
    if (typeof name === 'string' ? found === name : name.test(found)) return presses
    trail.push(found)
  }
  throw new Error(`no way to ${name} by Tab: ${trail.slice(0, 30).join(' | ')}`)
}

/** Goes to a field and writes into it. */
export async function fill(page: Page, label: string | RegExp, text: string): Promise<void> {
  await tabTo(page, label)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(text)
}
