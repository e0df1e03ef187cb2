/** What people come for, done in a real browser with the keyboard alone. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PageName } from '@cadastre/contract/pages'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tarGz } from '../../server/test/archives.ts'
import { expectStatus } from '../../server/test/client.ts'
import { inChromium } from '../browser.ts'
import { focusTrail } from './focus-trail.ts'
import { fill, focusIsIn, named, tabTo } from './keyboard.ts'
import { ready, type Seeded, startSeeded } from './seeded.ts'
import { eventually, headings, open } from './watched.ts'

let registry: Seeded
beforeAll(async () => {
  registry = await startSeeded()
})
afterAll(() => registry?.stop())

const exampleFolder = fileURLToPath(new URL('../../examples/modules/network/generic/1.0.0', import.meta.url))
const network = '/modules/platform/network/generic'

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()

const clipboardOf = (page: Page): Promise<string> => page.evaluate('navigator.clipboard.readText()')

async function allowClipboard(page: Page) {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: registry.url })
}

inChromium((visit) => {
  test('from the start somebody finds a module by its name and copies how it is used', async () => {
    const page = await visit()
    await allowClipboard(page)
    await open(page, `${registry.url}/`)

    await fill(page, /^Search modules and providers/, 'network')
    await page.keyboard.press('Enter')
    await heading(page, /^Search for network/)
    await eventually(() => focusIsIn(page, 'h1')).toBe(true)

    await tabTo(page, 'platform/network/generic')
    await page.keyboard.press('Enter')
    await heading(page, 'platform/network/generic')
    await eventually(() => focusIsIn(page, 'h1')).toBe(true)
    await eventually(() => page.locator('[role=status][aria-live=polite]').textContent()).toContain(
      'platform/network/generic',
    )

    await page.keyboard.press('y')
    await eventually(() => clipboardOf(page)).toMatch(
      /^module "network" \{\n {2}source {2}= "registry\.example\.com\/platform\/network\/generic"/,
    )
    await eventually(() => page.locator('[role=status][aria-live=polite]').textContent()).toMatch(/^Copied/)
  })

  test('somebody finds a single input, and in the palette what an error code means', async () => {
    const page = await visit()
    await open(page, `${registry.url}/search?q=cidr`)

    await tabTo(page, 'cidr in platform/vpc/aws')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${registry.url}/modules/platform/vpc/aws/inputs#input-cidr`)
    await page.locator('#input-cidr').waitFor()

    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').waitFor()
    await page.keyboard.type('sign-in-needed')
    await page.getByRole('group', { name: 'Documentation' }).waitFor()
    await eventually(() => page.getByRole('dialog').getByRole('status').textContent()).toMatch(
      /^(\d+) results, pages: \1$/,
    )
    await page.keyboard.press('Enter')
    await heading(page, 'sign-in-needed')
    expect(new URL(page.url()).pathname).toBe('/docs/errors/sign-in-needed')
  })

  test('the usage block is three presses of Tab away from where a page begins, or nearer', async () => {
    const page = await visit()
    await allowClipboard(page)
    await open(page, registry.url + network)

    const presses = await tabTo(page, 'Skip to usage block')
    await page.keyboard.press('Enter')

    expect(presses).toBeLessThanOrEqual(3)
    await eventually(() => focusIsIn(page, '#use')).toBe(true)
    await tabTo(page, 'Copy the usage block')
    await page.keyboard.press('Enter')
    await eventually(() => clipboardOf(page)).toMatch(/^module "network"/)
  })

  const trails: [PageName, [first: string, ...string[]]][] = [
    // It begins in the search. What is left of setting up is asked for when the page stands.
    ['home', ['3 of 7 steps of setting up are left', 'platform/greeter', 'platform/vpc/aws']],
    [
      'moduleInputs',
      ['Skip to content', 'Skip to usage block', 'Cadastre, start page', 'Search modules and providers'],
    ],
    ['provider', ['Skip to content', 'Skip to usage block', 'Cadastre, start page', 'Search modules and providers']],
    ['moduleVersions', ['Skip to content', 'Skip to usage block']],
    ['tokens', ['Skip to content', 'Cadastre, start page']],
    ['adminAudit', ['Skip to content', 'Cadastre, start page']],
    ['docsPage', ['Skip to content', 'Cadastre, start page']],
  ]

  test.each(trails)('Tab leads through %s, and each stop is seen', async (name, begins) => {
    const page = await visit({ viewport: { width: 1440, height: 900 } })
    await registry.signIn(page)
    await open(page, registry.url + ready[name])
    await page.getByRole('link', { name: begins[0] }).waitFor({ state: 'attached' })

    const trail = await focusTrail(page)

    expect(trail.map((stop) => stop.name).slice(0, begins.length)).toEqual(begins)
    expect(trail.filter(({ flaws }) => flaws.length > 0)).toEqual([])
    expect(trail.at(-1)!.name).toBe('Keyboard')
  })

  test('a version is chosen by filtering, and the section stays', async () => {
    const page = await visit()
    await open(page, `${registry.url}${network}/inputs`)
    const choose = 'Version 1.1.0, choose another'

    await tabTo(page, choose)
    await page.keyboard.press('Enter')
    await eventually(() => named(page)).toBe('Filter versions')
    await page.keyboard.press('Escape')
    await eventually(() => named(page)).toBe(choose)
    await eventually(() => page.getByRole('searchbox', { name: 'Filter versions' }).isVisible()).toBe(false)

    await page.keyboard.press('Enter')
    await page.keyboard.type('1.0.0')
    await tabTo(page, /^1\.0\.0/)
    await page.keyboard.press('Enter')

    await page.waitForURL(`${registry.url}${network}/1.0.0/inputs`)
    await page.getByLabel('Version 1.0.0, choose another').waitFor()
    await eventually(() => focusIsIn(page, 'h1')).toBe(true)
    await eventually(() => page.getByRole('searchbox', { name: 'Filter versions' }).isVisible()).toBe(false)
    await eventually(() => page.title()).toBe('platform/network/generic 1.0.0 \u00b7 Inputs \u2014 Cadastre')
  })

  test('the menu of the account opens, closes with Escape and gives the focus back', async () => {
    const page = await visit()
    await registry.signIn(page)
    await open(page, registry.url + ready.modules)

    await tabTo(page, /^Account of /)
    await page.keyboard.press('Enter')
    await tabTo(page, 'Tokens')
    await page.keyboard.press('Escape')

    await eventually(() => named(page)).toMatch(/^Account of /)
    await eventually(() => page.getByRole('link', { name: 'Tokens' }).isVisible()).toBe(false)
  })

  test('a new token is shown once, ready to paste, and never again', async () => {
    const page = await visit()
    await registry.signIn(page)
    await open(page, registry.url + ready.newToken)

    await fill(page, /^Name/, 'the pipeline of the network')
    await page.keyboard.press('Enter')

    await heading(page, 'Your new token')
    const shown = await page.getByLabel('the token', { exact: true }).textContent()
    expect(shown).toMatch(/^\S{20,}$/)
    expect((await registry.as(shown!).get('/api/v1/whoami')).status).toBe(200)
    await tabTo(page, 'Done')
    await page.keyboard.press('Enter')
    await page.getByText('the pipeline of the network').waitFor()
    expect(await page.content()).not.toContain(shown)
    await open(page, registry.url + ready.newToken)
    expect(await headings(page)).toEqual(['New token'])
    expect(await page.content()).not.toContain(shown)
  })

  test('what is found inside of modules alone counts, and stands first', async () => {
    const page = await visit()
    await open(page, `${registry.url}/search?q=data.aws_region.current`)

    await page.getByRole('heading', { level: 2, name: 'Data sources' }).waitFor()
    await page
      .getByRole('status')
      .filter({ hasText: /^[1-9]\d* results?$/ })
      .waitFor()
    await page.getByText('No module or provider itself has these words.').waitFor()
    expect(await page.getByText('Clear the search').count()).toBe(0)
    await page.getByText('the name current was left out').waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').waitFor()
    await page.keyboard.type('data.aws_region.current')
    await page.getByText(/^[1-9]\d* results?, .*data sources: 1/).waitFor()
  })

  test('whoever publishes a number that says too little is told, and led to what changed', async () => {
    const page = await visit()
    const before = tarGz({ 'main.tf': 'variable "gone" {}\n' })
    expectStatus(await registry.admin.publishModule('platform/judged/generic', '1.0.0', before), 201)
    await registry.signIn(page)
    await open(page, registry.url + ready.publishModule)

    await page.getByLabel('Folder', { exact: true }).setInputFiles(exampleFolder)
    await page.getByText(/1\.0\.0: \d+ files/).waitFor()
    await fill(page, /^Namespace/, 'platform')
    await page.locator('datalist option[value=platform]').waitFor({ state: 'attached' })
    await fill(page, /^Name/, 'judged')
    await fill(page, /^System/, 'generic')
    await fill(page, /^Version/, '1.0.1')
    await page.keyboard.press('Enter')

    await page.getByText('Published', { exact: true }).waitFor()
    await tabTo(page, 'What changed from 1.0.0 to 1.0.1')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${registry.url}/modules/platform/judged/generic/compare/1.0.0...1.0.1`)
  })

  test('a folder whose rules take long is looked through beside the page, and given up by one press', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'slow-rules-'))
    await Promise.all(
      Array.from({ length: 200 }, (_, index) => writeFile(join(folder, `${'a'.repeat(180)}${index}`), '')),
    )
    await writeFile(join(folder, '.terraformignore'), `${'*a'.repeat(60)}*z\n`.repeat(300))
    const page = await visit()
    await registry.signIn(page)
    await open(page, registry.url + ready.publishModule)

    await page.getByLabel('Folder', { exact: true }).setInputFiles(folder)
    await page.getByRole('progressbar', { name: 'Looking through 201 files' }).waitFor()
    expect(page.workers()).toHaveLength(1)
    await tabTo(page, 'Cancel')
    await page.keyboard.press('Enter')

    await eventually(() => page.workers().length).toBe(0)
    expect(await page.getByRole('progressbar').count()).toBe(0)
    expect(await named(page)).toBe('Folder')
    await page.locator(':focus').setInputFiles(exampleFolder)
    await page.getByText(/1\.0\.0: \d+ files/).waitFor()
    await rm(folder, { recursive: true })
  })

  test('a module is published by choosing its folder', async () => {
    const page = await visit()
    await registry.signIn(page)
    await open(page, registry.url + ready.publishModule)

    await tabTo(page, 'Folder')
    // What opens then is a window of the system.
    await page.locator(':focus').setInputFiles(exampleFolder)
    await page.getByText(/1\.0\.0: \d+ files/).waitFor()
    await fill(page, /^Namespace/, 'platform')
    await fill(page, /^Name/, 'chosen')
    await fill(page, /^System/, 'generic')
    await fill(page, /^Version/, '3.0.0')
    await fill(page, /^Source repository/, 'git@github.com:platform/networks.git')
    await page.keyboard.press('Enter')
    const refused = await page.evaluate('document.activeElement.validationMessage')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('https://github.com/platform/networks.git')
    await page.keyboard.press('Enter')

    await page.getByText('Published', { exact: true }).waitFor()
    await tabTo(page, 'See its page')
    await page.keyboard.press('Enter')
    await heading(page, 'platform/chosen/generic')
    expect(refused).toBe('The address must begin with https://.')
    const source = page.getByRole('link', { name: 'github.com/platform/networks', exact: true })
    expect(await source.getAttribute('href')).toBe('https://github.com/platform/networks')
    const { json } = expectStatus(await registry.admin.get('/api/v1/modules/platform/chosen/generic/3.0.0/inputs'), 200)
    expect(json.items.length).toBeGreaterThan(0)
    expectStatus(await registry.admin.publishModule('platform/chosen/generic', '3.0.1'), 201)
    await open(page, `${registry.url}/modules/platform/chosen/generic/3.0.1`)
    await page.getByText('github.com/platform/networks as of 3.0.0').waitFor()
  })
})
