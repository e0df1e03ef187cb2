/** Lists and parts in a real browser: what an address says is what is shown, and what is filtered, sorted or led to has an address. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importFiles, moduleFile } from '../../server/test/catalogue/imported.ts'
import { brokenRules, inChromium } from '../browser.ts'
import { ready, type Seeded, startSeeded } from './seeded.ts'
import { eventually, headings, needlessQuestions, open } from './watched.ts'

let registry: Seeded
beforeAll(async () => {
  registry = await startSeeded()
  await registry.given.namespace('other')
  await registry.admin.publishModule('other/zone/azurerm', '2.0.0')
  const broken = { 'modules/b/broken/net/aws.json': '{', 'modules/w/whole/net/aws.json': moduleFile('v1.0.0') }
  await importFiles(registry, broken, { hostname: 'registry.other.example' })
})
afterAll(() => registry?.stop())

const rowsOf = (page: Page) => page.locator('tbody th').allTextContents()
const addressOf = (page: Page) => new URL(page.url()).pathname + new URL(page.url()).search

inChromium((visit) => {
  async function at(path: string, options = {}): Promise<Page> {
    const page = await visit(options)
    await registry.signIn(page)
    await open(page, registry.url + path)
    return page
  }

  test('a list says what it is narrowed to, holds it from the beginning, and gives the way back', async () => {
    const page = await at('/modules?ns=other')

    expect(await headings(page)).toContain('Modules in other')
    expect(await page.title()).toMatch(/^Modules in other /)
    expect(await rowsOf(page)).toEqual([expect.stringContaining('other/zone/azurerm')])
    expect(await needlessQuestions(page)).toEqual([])
    const asked = await page.evaluate(`performance.getEntriesByType('resource').map(({ name }) => name)`)
    expect(asked).not.toContainEqual(expect.stringContaining('/api/v1/modules'))

    await page.getByRole('link', { name: 'Clear the filters' }).click()
    await eventually(() => rowsOf(page).then(({ length }) => length)).toBe(3)
    expect(addressOf(page)).toBe('/modules')
    expect(await brokenRules(page)).toEqual([])
  })

  test('a list is sorted and narrowed by hand, and each choice has an address', async () => {
    const page = await at('/modules')

    await page.getByText('downloads', { exact: true }).first().click()
    await eventually(() => rowsOf(page).then(([first]) => first)).toContain('platform/network/generic')
    expect(addressOf(page)).toBe('/modules?sort=downloads')
    await page.getByText('newest release').click()
    await eventually(() => rowsOf(page).then(([first]) => first)).toContain('other/zone/azurerm')
    await page.getByLabel('Target system').selectOption('generic')
    await eventually(() => rowsOf(page)).toEqual([expect.stringContaining('platform/network/generic')])
    expect(addressOf(page)).toBe('/modules?sort=updated&system=generic')
    expect(await headings(page)).toContain('Modules for generic')
  })

  test('filters of inputs are in the address, and the way back leads to the page before', async () => {
    const page = await at('/modules')
    await page.goto(`${registry.url}${ready.moduleInputs}?only=required`)
    await page.locator('tbody th').first().waitFor()

    expect(await page.getByLabel('only required').isChecked()).toBe(true)
    const required = await rowsOf(page)
    await page.getByLabel('only required').click()
    await page.getByLabel('Filter inputs').fill(required[0]!.slice(0, 4))
    await eventually(() => addressOf(page)).toBe(`${ready.moduleInputs}?q=${required[0]!.slice(0, 4)}`)
    await page.goBack()
    await eventually(() => addressOf(page)).toBe('/modules')
  })

  test('each requirement has an address of its own, and a provider leads to where it is', async () => {
    const page = await at(ready.moduleRequirements)

    const provider = page.locator('tr[id^="provider-"]').first()
    const [anchor, search] = await provider
      .locator('a')
      .evaluateAll((links) => links.map((a) => a.getAttribute('href')))
    expect(anchor).toBe(`${ready.moduleRequirements}#${await provider.getAttribute('id')}`)
    expect(search).toMatch(/^\/search\?kind=provider&q=/)
  })

  test('types and defaults are on paper, opened or not', async () => {
    const page = await at(ready.moduleInputs)
    const attributes = page.locator('td details ul li').first()
    expect(await attributes.isVisible()).toBe(false)

    await page.emulateMedia({ media: 'print' })

    expect(await attributes.isVisible()).toBe(true)
  })

  test('major and minor steps differ where the reader has colours of their own', async () => {
    const page = await at(ready.moduleVersions, { forcedColors: 'active' })

    const colours = await page.evaluate(`(() => {
      const [major, minor] = [...document.querySelectorAll('p[aria-hidden] > span > span')]
      return [major, minor].map((each) => getComputedStyle(each).backgroundColor)
    })()`)
    expect(new Set(colours as string[]).size).toBe(2)
  })

  test('where nothing was downloaded no room is kept for a drawing, and nothing moves', async () => {
    const page = await at('/modules/other/zone/azurerm/versions')
    await page.getByText('No downloads in this time').waitFor()

    const [moved, blank] = (await page.evaluate(`(async () => {
      const entries = []
      new PerformanceObserver((list) => entries.push(...list.getEntries())).observe({ type: 'layout-shift', buffered: true })
      await new Promise((done) => setTimeout(done, 200))
      const section = document.querySelector('section[aria-labelledby=downloads]')
      const spare = section.parentElement.getBoundingClientRect().height - section.getBoundingClientRect().height
      return [entries.reduce((sum, { value }) => sum + value, 0), spare]
    })()`)) as number[]
    expect(moved).toBeLessThan(0.01)
    expect(blank).toBeLessThan(40)
  })

  test('a page that is not there says what may be meant', async () => {
    const page = await at('/modules/platform/vpc/aws/9.9.9')
    await page.getByText('has no version').waitFor()
    expect(await page.getByRole('link', { name: 'The newest is 1.0.0' }).getAttribute('href')).toBe(
      '/modules/platform/vpc/aws/1.0.0',
    )
    expect(await page.getByRole('link', { name: 'All of its versions' }).count()).toBe(1)

    for (const [path, near] of [
      ['/modules/platform/vcp/aws', '/modules/platform/vpc/aws'],
      ['/providers/platform/greter', '/providers/platform/greeter'],
    ] as const) {
      await open(page, registry.url + path)
      await page.getByText('What comes near').waitFor()
      expect(await page.locator(`#near + ul a[href="${near}"]`).count()).toBe(1)
    }
    expect(await brokenRules(page)).toEqual([])
  })

  test('a long address in a hit breaks behind its slashes, a command between its words', async () => {
    const page = await at('/search?q=vpc', { viewport: { width: 375, height: 740 } })
    expect(await page.locator('[data-hit]').first().locator('wbr').count()).toBeGreaterThan(0)

    await open(page, `${registry.url}/modules?ns=nobody`)
    await open(page, `${registry.url}/namespaces/other`)
    const broken = await page.evaluate(`[...document.querySelectorAll('[role=group] code > span')]
      .filter((word) => word.getClientRects().length > 1).map(({ textContent }) => textContent)`)
    expect(broken).toEqual([])
  })

  test('the line of a file stays whole', async () => {
    const page = await at(ready.moduleInputs)

    const heights = (await page.evaluate(`[...document.querySelectorAll('td a[href*="#L"] > span:last-child')]
      .map((line) => line.getClientRects().length)`)) as number[]
    expect(heights.length).toBeGreaterThan(0)
    expect(new Set(heights)).toEqual(new Set([1]))
  })

  test('the newest of each major stands beside a module', async () => {
    const page = await at(ready.module)

    expect(
      await page.locator('#use section', { hasText: 'Newest by major' }).locator('li a').allTextContents(),
    ).toEqual(['1.1.0', 'all 2 versions'])
  })

  test('a job says for people what it did, and what it could not take', async () => {
    const page = await at(ready.adminJobs)
    const job = page.getByRole('row', { name: 'Import of registry.other.example' })
    expect(await job.textContent()).toContain('modules: 1 new, versions: 1 new')

    await job.getByText('1 problem', { exact: true }).click()

    await job.getByText('modules/b/broken/net/aws.json').waitFor()
    expect(await brokenRules(page)).toEqual([])
  })
})
