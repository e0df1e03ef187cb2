/** What a page did while it was shown: what the browser has against it, whom it asked, and what is wrong with its frame. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { complaintsOf } from '../browser.ts'

/** Asks until it is so; machines are busy, and whoever cannot reach something tries again after a while. */
export const eventually = <What>(what: () => What) => expect.poll(what)

export type Watched = {
  /** of the console, of the content security policy, of scripts that failed */
  complaints: string[]
  /** addresses at other hosts */
  elsewhere: string[]
}

/** @param own the address of the registry */
export function watch(page: Page, own: string): Watched {
  const elsewhere: string[] = []
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${own}/`) && /^(https?|wss?):/.test(url)) elsewhere.push(url)
  })
  return { complaints: complaintsOf(page), elsewhere }
}

/** Opens an address as it is typed, and waits until the application stands. @returns the status */
export async function open(page: Page, url: string): Promise<number> {
  const answer = await page.goto(url)
  await settled(page)
  return answer!.status()
}

/** The page has its heading and its letters, and no bar, place or image stands for what is still to come. */
export async function settled(page: Page): Promise<void> {
  await page.locator('#root h1').first().waitFor({ state: 'attached' })
  // Its own way to wait evaluates texts in the page, which our policy forbids.
  await eventually(() => page.evaluate(stands)).toBe(true)
}

const stands = `
  document.readyState === 'complete' &&
  document.fonts.status === 'loaded' &&
  !document.querySelector('[class*=skeleton], [data-loading]') &&
  [...document.images].every(({ complete, loading }) => complete || loading === 'lazy')`

/** Leads to a page as a link does: without leaving the document. */
export async function go(page: Page, path: string): Promise<void> {
  await page.evaluate(`history.pushState({}, '', ${JSON.stringify(path)})`)
}

/** Questions to the API that the browser sent before anything was painted, or that were answered in the page already. */
export async function needlessQuestions(page: Page): Promise<string[]> {
  // It is told of a moment after the page stands.
  await eventually(() => page.evaluate(`performance.getEntriesByName('first-contentful-paint').length`)).toBe(1)
  return page.evaluate(`(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint')
    const { answers, refused } = JSON.parse(document.getElementById('page').textContent)
    return performance
      .getEntriesByType('resource')
      .filter(({ name }) => new URL(name).pathname.startsWith('/api/'))
      .map(({ name, startTime }) => ({ asked: name.slice(location.origin.length), startTime }))
      .filter(({ asked, startTime }) => startTime < paint.startTime || asked in answers || asked in refused)
      .map(({ asked }) => asked)
  })()`)
}

export const headings = (page: Page): Promise<string[]> => page.locator('h1').allTextContents()
