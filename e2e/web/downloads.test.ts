/** Downloads over time, as they are drawn on the pages of versions: for eyes, for keys, as a table, and when there are none. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { brokenRules, inChromium, scrollsSideways } from '../browser.ts'
import { tabTo } from './keyboard.ts'
import { ready, type Seeded, startSeeded } from './seeded.ts'
import { eventually, open, watch } from './watched.ts'

let registry: Seeded
beforeAll(async () => {
  registry = await startSeeded()
})
afterAll(() => registry?.stop())

const path = ready.moduleVersions
const figure = (page: Page) => page.getByRole('figure', { name: 'Downloads over time' })
const slider = (page: Page) => page.getByRole('slider', { name: 'Downloads: move along the time' })
const spoken = (page: Page) => slider(page).getAttribute('aria-valuetext')

/** The drawing as it is now. */
const drawn = (page: Page): Promise<string> => page.evaluate(`document.querySelector('figure canvas').toDataURL()`)

const asked = async (query: string) =>
  (await registry.admin.get(`/api/v1${path.replace('/versions', '')}/downloads?${query}`)).json

inChromium((visit) => {
  test.each([
    ['light', 1440],
    ['dark', 1440],
    ['dark', 375],
    ['light', 320],
  ] as const)('are drawn for everybody, with their table, %s at %i', async (colorScheme, width) => {
    const page = await visit({ colorScheme, viewport: { width, height: 900 } })
    const watched = watch(page, registry.url)
    await registry.signIn(page)

    await open(page, registry.url + path)
    await figure(page).locator('canvas').waitFor()
    await page.getByText('The numbers as a table').click()

    expect(await figure(page).textContent()).toMatch(/^[\d,]+ downloads from \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d, UTC/)
    expect(await brokenRules(page)).toEqual([])
    expect(await scrollsSideways(page)).toBe(false)
    expect(watched).toEqual({ complaints: [], elsewhere: [] })
  })

  test('keys move along the time, and what was downloaded there is said', async () => {
    const page = await visit()
    await registry.signIn(page)
    await open(page, registry.url + path)
    await figure(page).waitFor()
    const { downloads } = await asked('by=week&split=major')

    await tabTo(page, 'Downloads: move along the time')
    await eventually(() => spoken(page)).toMatch(new RegExp(`^week of .*: ${downloads.at(-1)} downloads?`))
    const last = await spoken(page)
    await page.keyboard.press('ArrowLeft')
    await eventually(() => spoken(page)).toMatch(new RegExp(`^week of .*: ${downloads.at(-2)} downloads?`))
    expect(await figure(page).textContent()).toContain(/^[^;]*/.exec((await spoken(page))!)![0])
    await page.keyboard.press('End')
    await eventually(() => spoken(page)).toBe(last)
    await page.keyboard.press('Home')
    await eventually(() => spoken(page)).not.toBe(last)
  })

  test('which time and by what it is split stands in the address', async () => {
    const page = await visit()
    await registry.signIn(page)
    await open(page, registry.url + path)

    await page.getByText('1 year', { exact: true }).click()
    await page.waitForURL(/range=1y/)
    await page.getByRole('combobox', { name: 'Periods' }).selectOption('month')
    await page.getByRole('combobox', { name: 'Split' }).selectOption('client')
    await page.waitForURL(/range=1y&by=month&split=client/)
    await eventually(() => figure(page).textContent()).toContain('Terraform')

    await page.reload()
    await eventually(() => figure(page).textContent()).toContain('OpenTofu')
    await page.getByText('The numbers as a table').click()
    await page.getByRole('table', { name: /^Downloads by month/ }).waitFor()
    await page.goBack()
    await page.waitForURL(/range=1y&by=month$/)
  })

  test('the table has the numbers of the API, and so has the file', async () => {
    const page = await visit()
    await registry.signIn(page)
    await open(page, `${registry.url}${path}?split=version`)
    const [first] = (await page.locator('#page').textContent())!.match(/\/downloads\?by=week&from=\d{4}-\d\d-\d\d/)!
    const { periods, series, downloads } = await asked(`${first!.split('?')[1]}&split=version`)
    await page.getByText('The numbers as a table').click()
    const table = page.getByRole('table', { name: /^Downloads by week/ })

    await table.waitFor()
    const rows = await table.locator('tbody tr').evaluateAll((all) => all.map((row) => row.textContent))
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as CSV' }).click(),
    ])

    expect(rows).toHaveLength(periods.length)
    const newest = [...series.map((each: { downloads: number[] }) => each.downloads.at(-1)), downloads.at(-1)]
    expect(rows[0]).toContain(newest.join(''))
    expect(file.suggestedFilename()).toMatch(/^platform-network-generic-downloads-.*\.csv$/)
    const lines = (await text(await file.createReadStream())).trimEnd().split('\r\n')
    expect(lines[0]).toBe(`from,${series.map(({ name }: { name: string }) => name).join()},all,published`)
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(periods)
    expect(lines.at(-1)).toContain(`${periods.at(-1)},${newest.join()}`)
  })

  test('where nobody downloaded that is said, and nothing is drawn', async () => {
    const page = await visit()
    await registry.signIn(page)

    await open(page, registry.url + ready.providerVersions)

    await page.getByText('No downloads in this time').waitFor()
    expect(await figure(page).count()).toBe(0)
    await eventually(() => page.getByText('none in the last 26 weeks').count()).toBe(1)
    expect(await brokenRules(page)).toEqual([])
  })

  test('what cannot be loaded is said in its place, and the list of versions stays', async () => {
    const page = await visit()
    await registry.signIn(page)
    await page.route('**/assets/analytics-*.js', (route) => route.abort())
    await open(page, registry.url + path)
    await page.getByText('The chart could not be loaded').waitFor()
    await page.unroute('**/assets/analytics-*.js')

    await page.getByRole('button', { name: 'Load the page again' }).click()
    await figure(page).waitFor()
    await page.route('**/downloads?*range*', (route) => route.abort())
    await page.route('**/downloads?by=day*', (route) => route.abort())
    await page.getByText('30 days', { exact: true }).click()
    await page.getByText('The downloads could not be loaded').waitFor()
    expect(await page.getByRole('link', { name: '1.1.0', exact: true }).count()).toBeGreaterThan(0)
    await page.unroute('**/downloads?by=day*')
    await page.getByRole('button', { name: 'Try again' }).click()

    await figure(page).waitFor()
  })

  test('are drawn anew in other colours, and only where they are shown', async () => {
    const page = await visit({ colorScheme: 'light' })
    await registry.signIn(page)
    const charts: string[] = []
    page.on('request', (request) => void (/assets\/analytics-/.test(request.url()) && charts.push(request.url())))

    await open(page, registry.url + ready.module)
    expect(charts).toEqual([])
    await open(page, registry.url + path)
    await figure(page).locator('canvas').waitFor()
    const light = await drawn(page)
    await page.emulateMedia({ colorScheme: 'dark' })

    await eventually(() => drawn(page)).not.toBe(light)
    expect(charts.length).toBeGreaterThan(0)
    await page.emulateMedia({ colorScheme: 'light' })
    await eventually(() => drawn(page)).toBe(light)
    await page.emulateMedia({ forcedColors: 'active' })
    await eventually(() => drawn(page)).not.toBe(light)
    if (process.env.SHOTS) {
      await page.screenshot({ path: `${process.env.SHOTS}/forced.png` })
      await page.emulateMedia({ forcedColors: 'none', colorScheme: 'light' })
      await page.screenshot({ path: `${process.env.SHOTS}/light.png`, fullPage: true })
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.screenshot({ path: `${process.env.SHOTS}/dark.png` })
      await page.setViewportSize({ width: 320, height: 900 })
      await page.screenshot({ path: `${process.env.SHOTS}/320.png` })
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.emulateMedia({ media: 'print' })
      await page.screenshot({ path: `${process.env.SHOTS}/print.png` })
    }
  })
})

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of stream) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces).toString()
}
