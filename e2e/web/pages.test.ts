/**
 * Every page of the application once, in a real browser: everybody can read it, it fits on every screen, and it needs
 * nobody but its registry. Every combination of theme, size and state is `npm run e2e`.
 */
import type { Page } from '@cadastre/contract/page'
import { type PageName, pages } from '@cadastre/contract/pages'
import type { Page as PageOfBrowser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { brokenRules, inChromium, scrollsSideways } from '../browser.ts'
import { ready, type Seeded, startSeeded } from './seeded.ts'
import { eventually, headings, needlessQuestions, open, type Watched, watch } from './watched.ts'

let registry: Seeded
beforeAll(async () => {
  registry = await startSeeded()
})
afterAll(() => registry?.stop())

const desk = { width: 1440, height: 900 }
const hand = { width: 375, height: 740 }
const narrowest = { width: 320, height: 740 }
const screens = [
  { colorScheme: 'light', viewport: desk },
  { colorScheme: 'dark', viewport: hand },
  { colorScheme: 'dark', viewport: desk },
  { colorScheme: 'light', viewport: hand },
] as const

const long = 'x'.repeat(3_000)
/** Addresses that nobody meant, each with its status. */
const malformed: [string, string, number][] = [
  ['half a sign', '/%', 404],
  ['no text', '/modules/%ff/x/y', 404],
  ['no name', '/modules/a%20b/c/d', 404],
  ['a part of 3,000 letters', `/modules/${long}/x/y`, 404],
  ['a file of 3,000 letters', `${ready.module}/files/${long}`, 404],
  ['a file of no letter', `${ready.module}/files/%00`, 404],
  ['a slash inside of a name', '/providers/a%2fb/c', 404],
  ['a host with a space', '/mirror/no host/a/b', 404],
  ['steps upwards', '/docs/%2e%2e%2fsecret', 404],
  ['no text for who administers', '/admin/organizations/%ff', 404],
  ['a search of 3,000 letters', `/search?q=${long}`, 400],
  ['a filter that is no text', '/modules?ns=%ff', 400],
]

/** A page without questions asks when it stands. */
function asks(name: PageName): boolean {
  const { first, rest }: Page = pages[name]
  return (first ?? rest) !== undefined
}

test('every page has a component', async () => {
  // By its address: what it imports is written for browsers.
  const source = new URL('../../web/src/pages.ts', import.meta.url).href
  const { components } = (await import(source)) as { components: Record<string, unknown> }

  expect(Object.keys(components).sort()).toEqual(Object.keys(pages).sort())
})

inChromium((visit, stay) => {
  const titles = new Map<string, string>()
  // One window for all of them: what every page loads, the next one has at hand.
  let page: PageOfBrowser
  let watched: Watched
  beforeAll(async () => {
    page = await stay()
    watched = watch(page, registry.url)
    await registry.signIn(page)
  })

  test.each(Object.entries(ready) as [PageName, string][])('%s at %s is for everybody', async (name, path) => {
    const { colorScheme, viewport } = screens[Object.keys(ready).indexOf(name) % screens.length]!
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme })
    for (const said of Object.values(watched)) said.length = 0

    const status = await open(page, registry.url + path)
    const needless = asks(name) ? await needlessQuestions(page) : []
    const title = await page.title()
    const broken = await brokenRules(page)
    const wide = await scrollsSideways(page)
    await page.setViewportSize(narrowest)

    expect({ status, broken, needless, ...watched }).toEqual({
      status: 200,
      broken: [],
      needless: [],
      complaints: [],
      elsewhere: [],
    })
    expect([wide, await scrollsSideways(page)]).toEqual([false, false])
    expect(await headings(page)).toHaveLength(1)
    expect(title).toMatch(/ \u2014 Cadastre$/)
    expect([titles.get(title), title]).toEqual([undefined, title])
    titles.set(title, path)
  })

  test.each(malformed)('an address with %s is answered by a page, with a way on', async (_what, path, status) => {
    await page.setViewportSize(narrowest)
    for (const said of Object.values(watched)) said.length = 0

    const answered = await open(page, registry.url + path)

    await eventually(() => page.getByRole('banner').getByRole('link', { name: 'Modules' }).count()).toBe(1)
    expect({ status: answered, ...watched }).toEqual({ status, complaints: [], elsewhere: [] })
    expect(await headings(page)).toHaveLength(1)
    expect(await scrollsSideways(page)).toBe(false)
  })

  describe('without scripts', () => {
    test('a module says what it is, how it is used, and where its text lies', async () => {
      const page = await visit({ javaScriptEnabled: false })

      const answer = await page.goto(`${registry.url}${ready.module}`)

      expect(answer!.status()).toBe(200)
      expect(await page.title()).toBe('platform/network/generic 1.1.0 \u2014 Cadastre')
      expect(await headings(page)).toEqual(['platform/network/generic 1.1.0'])
      expect(await page.locator('pre').textContent()).toContain('/platform/network/generic"')
      const twin = page.getByRole('link', { name: 'The same as Markdown' })
      expect(await twin.getAttribute('href')).toBe('/modules/platform/network/generic/1.1.0.md')
      expect((await page.request.get(registry.url + (await twin.getAttribute('href')))).status()).toBe(200)
    })

    test('a provider says how it is required, a search what it found and no block of it, and lists lead on', async () => {
      const page = await visit({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } })

      await page.goto(`${registry.url}${ready.provider}`)
      expect(await page.locator('pre').textContent()).toContain(
        'source  = "registry.example.com/platform/greeter"\n      version = "~> 1.0"',
      )
      const { left } = (await page.evaluate("document.querySelector('h1').getBoundingClientRect().toJSON()")) as {
        left: number
      }
      expect(left).toBeGreaterThan(8)
      expect(await scrollsSideways(page)).toBe(false)

      await page.goto(`${registry.url}${ready.search}`)
      expect(await page.locator('pre').count()).toBe(0)
      await page.getByRole('link', { name: 'platform/network/generic' }).click()
      expect(await headings(page)).toEqual(['platform/network/generic 1.1.0'])

      const leads = {
        modules: 'platform/vpc/aws',
        providers: 'platform/greeter',
        namespaces: 'platform',
        namespace: 'platform/greeter',
      } as const
      for (const [name, address] of Object.entries(leads)) {
        await page.goto(registry.url + ready[name as keyof typeof leads])
        expect(await page.getByRole('listitem').getByRole('link', { name: address, exact: true }).count()).toBe(1)
      }
    })

    test('what is not there says so, and what is for others asks who it is', async () => {
      const page = await visit({ javaScriptEnabled: false })

      const absent = await page.goto(`${registry.url}/nowhere`)
      expect([absent!.status(), await headings(page)]).toEqual([404, ['Not found']])

      const closed = await page.goto(`${registry.url}${ready.tokens}`)
      expect([closed!.status(), await headings(page)]).toEqual([401, ['Sign in']])
    })
  })
})
