/**
 * Every page in both themes, on a desk and in a hand, in each of its faces: with something to show, with nothing, with the
 * API that says no and the API that is cut off. And pictures of the main pages, for whoever reviews them.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page as PageOfContract } from '@cadastre/contract/page'
import { type PageName, pages } from '@cadastre/contract/pages'
import type { Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { brokenRules, inChromium, scrollsSideways } from '../browser.ts'
import { bareModule, publishBareModule, ready, type Seeded, startSeeded, startVacant, vacant } from './seeded.ts'
import { eventually, go, headings, open, settled, watch } from './watched.ts'

let registry: Seeded
let empty: Seeded
beforeAll(async () => {
  registry = await startSeeded()
  await publishBareModule(registry)
  empty = await startVacant()
})
afterAll(async () => {
  await registry?.stop()
  await empty?.stop()
})

const themes = ['light', 'dark'] as const
const sizes = { desk: { width: 1440, height: 900 }, hand: { width: 375, height: 740 } }
const widths = [320, 768]

const named = (addresses: Partial<Record<PageName, string>>) => Object.entries(addresses) as [PageName, string][]

/** Pages that ask the API for something. */
const asking = named(ready).filter(([name]) => {
  const { first, rest }: PageOfContract = pages[name]
  return first ?? rest
})

const looks = Object.entries(sizes).flatMap(([size, viewport]) =>
  themes.map((colorScheme) => ({ look: `${size}, ${colorScheme}`, viewport, colorScheme })),
)

/** In every theme and size. */
async function inEveryLook(page: Page): Promise<Record<string, string[]>> {
  const broken: Record<string, string[]> = {}
  for (const { look, viewport, colorScheme } of looks) {
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme })
    const found = await brokenRules(page)
    if (await scrollsSideways(page)) found.push('wider than its window')
    if (found.length > 0) broken[look] = found
  }
  for (const width of widths) {
    await page.setViewportSize({ width, height: 740 })
    if (await scrollsSideways(page)) broken[`${width} pixels`] = ['wider than its window']
  }
  return broken
}

const problem = (status: number, code: string, title: string) => (route: Route) =>
  route.fulfill({
    status,
    contentType: 'application/problem+json',
    body: JSON.stringify({ code, title, status, detail: `Said for a test: ${title}.`, requestId: 'of-the-test' }),
  })

/** What comes instead of an answer, and what the page says then. */
const cuts: Record<string, { instead: (route: Route) => Promise<void>; says: RegExp }> = {
  'not there': { instead: problem(404, 'module-not-found', 'Not found'), says: /Nothing is here|Said for a test/ },
  'not allowed': { instead: problem(403, 'forbidden', 'Not allowed'), says: /Not allowed/ },
  failing: { instead: problem(500, 'internal', 'Failed'), says: /could not be loaded[\s\S]*Try again/ },
  'out of reach': { instead: (route) => route.abort(), says: /No answer came from the registry[\s\S]*Try again/ },
}

inChromium((visit) => {
  async function signedIn(to: Seeded): Promise<Page> {
    const page = await visit()
    await to.signIn(page)
    return page
  }

  describe('with something to show', () => {
    test.each(named(ready))('%s at %s', async (_name, path) => {
      const page = await signedIn(registry)
      const watched = watch(page, registry.url)
      await open(page, registry.url + path)

      expect({ broken: await inEveryLook(page), ...watched }).toEqual({ broken: {}, complaints: [], elsewhere: [] })
      expect(await headings(page)).toHaveLength(1)
    })
  })

  describe('with nothing to show', () => {
    const rows = [
      ...named(vacant).map(([name, path]) => [name, path, () => empty] as const),
      ...named(bareModule).map(([name, path]) => [name, path, () => registry] as const),
    ]

    test.each(rows)('%s at %s', async (_name, path, where) => {
      const page = await signedIn(where())
      const watched = watch(page, where().url)
      await open(page, where().url + path)

      expect({ broken: await inEveryLook(page), ...watched }).toEqual({ broken: {}, complaints: [], elsewhere: [] })
      expect(await headings(page)).toHaveLength(1)
    })
  })

  describe.each(Object.entries(cuts))('with what it asks for %s', (_cut, { instead, says }) => {
    test.each(asking)('%s at %s', async (_name, path) => {
      const page = await signedIn(registry)
      await open(page, registry.url + ready.newToken)
      await page.route('**/api/v1/**', instead)

      await go(page, path)

      await eventually(() => page.locator('main').textContent()).toMatch(says)
      await settled(page)
      expect(await headings(page)).toHaveLength(1)
      expect(await inEveryLook(page)).toEqual({})
    })
  })

  test.each(asking)('%s at %s never shows bars alone while a slow network brings it', async (_name, path) => {
    const page = await signedIn(registry)
    await open(page, registry.url + ready.newToken)
    const wire = await page.context().newCDPSession(page)
    await wire.send('Network.enable')
    await wire.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 400,
      downloadThroughput: 1_600_000 / 8,
      uploadThroughput: 750_000 / 8,
    })
    await page.evaluate(`
      window.alone = []
      setInterval(() => {
        const main = document.querySelector('main')
        if (!main.querySelector('h1')) alone.push(location.pathname + ': ' + main.innerText.slice(0, 80))
      }, 25)`)

    const before = await page.title()
    await go(page, path)

    await eventually(() => page.title()).not.toBe(before)
    await settled(page)
    expect(await page.evaluate('[...new Set(alone)]')).toEqual([])
  })

  describe('pictures', () => {
    const main: PageName[] = [
      ...(['home', 'search', 'modules', 'module', 'moduleInputs', 'moduleCompare'] as const),
      ...(['moduleFiles', 'provider', 'namespace', 'tokens', 'admin'] as const),
    ]
    const folder = fileURLToPath(new URL('../screenshots/', import.meta.url))

    test.each(main)('of %s', async (name) => {
      mkdirSync(folder, { recursive: true })
      const page = await signedIn(registry)
      await open(page, registry.url + ready[name])
      // What a screen reader is given, for whoever reviews that.
      writeFileSync(`${folder}${name}.txt`, await page.locator('body').ariaSnapshot())

      for (const [size, viewport] of Object.entries(sizes)) {
        for (const colorScheme of themes) {
          await page.setViewportSize(viewport)
          await page.emulateMedia({ colorScheme })
          const picture = await page.screenshot({ path: `${folder}${name}-${size}-${colorScheme}.png`, fullPage: true })
          expect(picture.length).toBeGreaterThan(5_000)
        }
      }
    })
  })
})
