/** Namespaces in a real browser, with the keyboard alone: claimed, found, changed and taken back; and what others see of it. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserAt } from '../../server/test/browser.ts'
import { expectStatus } from '../../server/test/client.ts'
import { givenUser, password } from '../../server/test/people.ts'
import { brokenRules, inChromium } from '../browser.ts'
import { fill, focusIsIn, tabTo } from './keyboard.ts'
import { ready, type Seeded, startVacant } from './seeded.ts'
import { eventually, headings, needlessQuestions, open } from './watched.ts'

let registry: Seeded
beforeAll(async () => {
  registry = await startVacant({ TFR_MULTI_TENANCY_ENABLED: 'true' })
  await registry.given.organization('payments')
})
afterAll(() => registry?.stop())

const namespace = async (name: string) => expectStatus(await registry.admin.get(`/api/v1/namespaces/${name}`), 200).json

async function signInAs(page: Page, email: string): Promise<void> {
  const browser = browserAt(registry.url)
  expectStatus(await browser.signIn(email, password), 303)
  const cookies = [...browser.cookies].map(([name, value]) => ({ name, value, url: registry.url }))
  await page.context().addCookies(cookies)
}

async function press(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press('Enter')
}

const live = (page: Page) => page.locator('[role=status][aria-live=polite]').textContent()

inChromium((visit) => {
  test('one is claimed where things are made, and leads to what comes next', async () => {
    const page = await visit()
    await registry.signIn(page)
    await open(page, registry.url + ready.modules)

    await press(page, 'New')
    await press(page, 'Namespace')
    await page.waitForURL(`${registry.url}/namespaces/new`)
    await eventually(() => focusIsIn(page, 'h1')).toBe(true)
    await fill(page, 'Name', 'Vacant')
    await tabTo(page, 'Internal')
    await page.keyboard.press('ArrowUp')
    await tabTo(page, 'Owner')
    await page.keyboard.type('payments')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')

    await eventually(() => focusIsIn(page, ':has(> [aria-label="No change"])')).toBe(true)
    const field = page.getByLabel('Name', { exact: true })
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    expect(await field.getAttribute('aria-describedby')).toMatch(/-wrong$/)
    await eventually(() => page.getByText('A namespace vacant exists already.').count()).toBe(2)
    expect(await brokenRules(page)).toEqual([])

    await fill(page, 'Name', 'search')
    await page.keyboard.press('Enter')
    await page.getByText('The name is a reserved word of the registry protocol.').waitFor()
    await fill(page, 'Name', 'our_bills')
    await page.getByText('this name is good for modules alone').waitFor()
    expect(await page.getByLabel('the command to claim it', { exact: true }).textContent()).toBe(
      'npx cadastre namespace create our_bills --visibility private --organization payments',
    )
    await page.keyboard.press('Enter')

    await page.waitForURL(`${registry.url}/namespaces/our_bills`)
    await eventually(() => headings(page)).toEqual(['our_bills'])
    await eventually(() => focusIsIn(page, 'h1')).toBe(true)
    expect(await namespace('our_bills')).toMatchObject({ visibility: 'private', organization: 'payments' })
    await press(page, 'Publish a module here')
    await page.waitForURL(`${registry.url}/publish/module?namespace=our_bills`)
    await eventually(() => page.getByLabel('Namespace', { exact: true }).inputValue()).toBe('our_bills')
  })

  test('who sees it is changed, and taken back with one press; so is whose it is', async () => {
    await registry.given.namespace('shown', 'internal')
    const page = await visit()
    await registry.signIn(page)
    await open(page, `${registry.url}/namespaces/shown`)

    await press(page, 'Settings')
    await page.waitForURL(`${registry.url}/namespaces/shown/settings`)
    await tabTo(page, 'Internal')
    await page.keyboard.press('ArrowDown')
    await press(page, 'Change who sees it')
    await eventually(() => live(page)).toMatch(/^shown is visible to anyone/)
    expect((await namespace('shown')).visibility).toBe('public')
    await press(page, 'Undo')
    await eventually(() => live(page)).toMatch(/^shown is visible to whoever is signed in/)
    expect((await namespace('shown')).visibility).toBe('internal')
    await eventually(() => page.evaluate('document.activeElement.textContent')).toBe('Undo')

    await eventually(() => page.getByText('New owner: payments').count()).toBe(1)
    await press(page, 'Hand it over')
    await eventually(() => live(page)).toMatch(/^shown belongs to payments/)
    expect((await namespace('shown')).organization).toBe('payments')
    expect(await brokenRules(page)).toEqual([])
    await page.getByText('It belonged to default.').waitFor()
    await press(page, 'Undo')
    await eventually(() => live(page)).toMatch(/^shown belongs to default/)
    expect((await namespace('shown')).organization).toBe('default')
  })

  test('they are found by name, and a filter is taken back', async () => {
    const page = await visit()
    await registry.signIn(page)
    await open(page, `${registry.url}/namespaces`)
    expect(await needlessQuestions(page)).toEqual([])

    await fill(page, 'Part of the name', 'VACA')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${registry.url}/namespaces?q=VACA`)
    await eventually(() => page.locator('main tbody tr').count()).toBe(1)
    await fill(page, 'Part of the name', 'nothing like it')
    await page.keyboard.press('Enter')
    await page.getByText('Filtered out').waitFor()
    await press(page, 'Clear the filters')
    await page.waitForURL(`${registry.url}/namespaces`)

    await press(page, 'vacant')
    await eventually(() => headings(page)).toEqual(['vacant'])
    await press(page, 'Namespaces')
    await eventually(() => headings(page)).toEqual(['Namespaces'])
  })

  test('administrators see on the start page how much of setting up is left, after everything else', async () => {
    const page = await visit()
    await registry.signIn(page)
    await open(page, registry.url)

    const line = page.getByRole('link', { name: /^[1-6] of 7 steps of setting up (is|are) left$/ })
    await line.waitFor()
    expect(await needlessQuestions(page)).toEqual([])
    expect(await brokenRules(page)).toEqual([])
    const left = Number((await line.textContent())!.split(' ')[0])
    const { items } = expectStatus(await registry.admin.get('/api/v1/checklist'), 200).json
    expect(items.filter(({ state }: { state: string }) => state !== 'done')).toHaveLength(left)
    await press(page, /steps of setting up/)
    await eventually(() => headings(page)).toEqual(['Administration'])
  })

  test('whoever may not is told who can let them, and finds no way that ends there', async () => {
    const reader = await givenUser(registry, 'reader@acme.example')
    expectStatus(
      await registry.admin.send('PUT', `/api/v1/organizations/default/members/${reader}`, { roles: ['viewer'] }),
      200,
    )
    const page = await visit()
    await signInAs(page, 'reader@acme.example')

    expect(await open(page, `${registry.url}/namespaces/vacant/settings`)).toBe(403)
    expect(await headings(page)).toEqual(['Not allowed'])
    await page.getByText(/An administrator of .*, or of this registry, can give you a role/).waitFor()
    expect(await brokenRules(page)).toEqual([])
    await open(page, `${registry.url}/namespaces`)
    expect(await page.getByRole('link', { name: 'Claim a namespace' }).count()).toBe(0)
    await page.getByText('New', { exact: true }).click()
    expect(await page.getByRole('link', { name: 'Namespace', exact: true }).count()).toBe(0)
    await page.getByRole('link', { name: 'vacant' }).click()
    await eventually(() => headings(page)).toEqual(['vacant'])
    expect(await page.getByRole('link', { name: 'Settings' }).count()).toBe(0)
    await page.keyboard.press('e')
    await eventually(() => headings(page)).toEqual(['vacant'])
    await page.getByText('Members of default who hold the role publisher publish here').first().waitFor()
    await open(page, registry.url + ready.publishModule)
    await page.getByText('There is no namespace that you may publish to.').waitFor()
    await open(page, registry.url)
    await page.waitForLoadState('networkidle')
    expect(
      await page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name).join()"),
    ).not.toContain('checklist')
  })

  test('the key e leads whoever may change a namespace to its settings, and the sheet of keys says so', async () => {
    const page = await visit()
    await registry.signIn(page)
    await open(page, `${registry.url}/namespaces/vacant`)

    await page.keyboard.press('e')

    await page.waitForURL(`${registry.url}/namespaces/vacant/settings`)
    await page.keyboard.press('?')
    await page.getByRole('dialog').getByRole('rowheader', { name: 'Settings of a namespace, for its owners' }).waitFor()
  })

  test.each([375, 320])(
    'on a screen of %d px the start page has a header of one row, with all that can be made',
    async (width) => {
      const page = await visit()
      await page.setViewportSize({ width, height: 740 })
      await registry.signIn(page)
      await open(page, registry.url)

      const header = page.locator('header').first()
      const tops = await header
        .locator('a, summary')
        .evaluateAll((parts) =>
          parts.filter((part) => part.checkVisibility()).map((part) => Math.round(part.getBoundingClientRect().top)),
        )
      await header
        .locator('summary', { has: page.locator('svg') })
        .locator('visible=true')
        .click()

      expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(24)
      for (const name of ['Module', 'Provider', 'Namespace', 'Token'])
        expect(await page.getByRole('link', { name, exact: true }).isVisible()).toBe(true)
      expect(await brokenRules(page)).toEqual([])
    },
  )
})
