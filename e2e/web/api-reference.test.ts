/** The reference of the API in a real browser: samples that programs run as they stand, and questions that are sent from it. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { brokenRules, inChromium, scrollsSideways } from '../browser.ts'
import { eachProgram } from '../terraform.ts'
import { fill, focusIsIn, named, tabTo } from './keyboard.ts'
import { type Seeded, startSeeded } from './seeded.ts'
import { eventually, open, watch } from './watched.ts'

let registry: Seeded
beforeAll(async () => {
  registry = await startSeeded()
})
afterAll(() => registry?.stop())

const moduleVersions = 'get-modules-namespace-name-system-versions'
const versionsPath = '/api/v1/modules/{namespace}/{name}/{system}/versions'

const run = promisify(execFile)

inChromium((visit) => {
  async function at(operation: string, options = {}, isSignedIn = true): Promise<Page> {
    const page = await visit(options)
    if (isSignedIn) await registry.signIn(page)
    await open(page, `${registry.url}/api#${operation}`)
    await page.locator(`#${operation} h3`).first().waitFor()
    return page
  }
  const textOf = async (what: Locator) => (await what.textContent()) ?? ''
  const sample = (page: Page) => textOf(page.getByRole('group', { name: /^the sample for / }))
  const choose = (page: Page, language: string) => page.locator('fieldset').getByText(language, { exact: true }).click()

  async function filledIn(page: Page) {
    await page.getByLabel('namespace', { exact: true }).fill('platform')
    await page.getByLabel('name', { exact: true }).fill('network')
    await page.getByRole('textbox', { name: 'system' }).fill('generic')
  }

  test('a question is filled in and sent with the keyboard, as the reader', async () => {
    const page = await at(moduleVersions)
    const { complaints, elsewhere } = watch(page, registry.url)
    await page.locator(`#${moduleVersions} summary`).focus()

    await tabTo(page, /^Send GET/)
    await page.keyboard.press('Enter')
    await eventually(() => named(page)).toBe('namespace')
    expect(await page.getByText('Fill this in.').count()).toBe(3)
    await page.keyboard.type('platform')
    await fill(page, 'name', 'network')
    await fill(page, 'system', 'Generic!')
    await tabTo(page, /^Send GET/)
    await page.keyboard.press('Enter')
    await eventually(() => named(page)).toBe('system')
    expect(await page.getByText(/^This does not fit/).textContent()).toContain('as aws does')
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('generic')
    await page.keyboard.press('Enter')

    const answer = page.getByRole('region', { name: `Answer to GET ${versionsPath}` })
    await answer.waitFor()
    expect(JSON.parse(await textOf(answer))).toMatchObject({ items: [{ version: '1.1.0' }, { version: '1.0.0' }] })
    expect(await textOf(answer)).toContain('\n  "items": [\n')
    expect(await page.getByText(/^200 in \d+ ms$/).count()).toBe(1)
    await eventually(() => page.getByRole('status').textContent()).toMatch(/^Answered 200 in \d+ ms/)
    await tabTo(page, `Answer to GET ${versionsPath}`)
    expect(await focusIsIn(page, `#${moduleVersions}`)).toBe(true)
    expect(await brokenRules(page)).toEqual([])
    expect({ complaints, elsewhere }).toEqual({ complaints: [], elsewhere: [] })
  })

  test.each(['light', 'dark'] as const)(
    'what is refused is said in words, on a narrow %s screen',
    async (colorScheme) => {
      const page = await at(moduleVersions, { colorScheme, viewport: { width: 320, height: 740 } }, false)
      await filledIn(page)
      await page.getByLabel('namespace', { exact: true }).fill('nowhere')

      await page.getByRole('button', { name: /^Send GET/ }).click()
      await page.getByText(/^401 in \d+ ms$/).waitFor()

      expect(await page.getByText('without signing in').count()).toBe(1)
      await eventually(() => page.getByRole('status').textContent()).toMatch(/^Answered 401 in \d+ ms\. .*ign in/)
      for (const language of ['curl', 'TypeScript', 'PowerShell', 'HCL']) {
        await choose(page, language)
        expect(await scrollsSideways(page)).toBe(false)
      }
      // What the header lies over has no size.
      await page.evaluate('scrollTo(0, 0)')
      expect(await brokenRules(page)).toEqual([])
    },
  )

  test('an answer that never came, and one that is long, are told from others', async () => {
    const page = await at('get-docs-page')
    await page.getByLabel('page', { exact: true }).fill('errors')
    const send = page.getByRole('button', { name: /^Send GET/ })
    await send.click()
    await page.getByText('Only the first 64.0 KB are shown').waitFor()

    await page.context().setOffline(true)
    await send.click()

    await page.getByText('No answer came from the registry.').first().waitFor()
  })

  test('samples follow what is filled in, run as they stand, and their language is remembered', async () => {
    const page = await at(moduleVersions)
    await filledIn(page)
    const env = { ...process.env, TOKEN: registry.adminToken }

    const bySh = await run('sh', ['-c', `${await sample(page)} --silent`], { env })
    await choose(page, 'TypeScript')
    const byNode = await run(process.execPath, ['--input-type=module', '--eval', await sample(page)], { env })
    await choose(page, 'PowerShell')
    await page.reload()

    expect(JSON.parse(bySh.stdout)).toMatchObject({ items: [{ version: '1.1.0' }, { version: '1.0.0' }] })
    expect(byNode.stdout).toBe(`200 ${bySh.stdout}\n`)
    await eventually(() => sample(page)).toContain('Invoke-RestMethod @request')
  })

  eachProgram(({ path }) => {
    test('a sample of configuration is as the client writes it', async () => {
      const page = await at(moduleVersions)
      await choose(page, 'HCL')
      const text = `${await sample(page)}\n`

      const formatting = run(path, ['fmt', '-'])
      formatting.child.stdin!.end(text)

      expect((await formatting).stdout).toBe(text)
    })
  })

  test('a change is shown and not sent, and has no configuration', async () => {
    const page = await at('post-namespaces')

    expect(await page.getByRole('radio').count()).toBe(3)
    expect(await page.getByRole('button', { name: /^Send/ }).count()).toBe(0)
  })
})
