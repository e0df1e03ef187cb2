/** What is known of a module, as a reader sees it: what could not be read beside all that could, and never as if it were not there. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tarGz } from '../../server/test/archives.ts'
import { expectStatus } from '../../server/test/client.ts'
import { knownModule } from '../../server/test/known-module.ts'
import { startRegistry, type TestRegistry } from '../../server/test/registry.ts'
import { brokenRules, inChromium } from '../browser.ts'
import { eventually, open } from './watched.ts'

let registry: TestRegistry
const partly = '/modules/acme/partly/aws/1.0.0'
const linked = '/modules/acme/linked/aws/1.0.0'
const unread = '/modules/acme/unread/aws/1.0.0'

beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  const files = {
    'main.tf': 'variable "good" {}\n',
    'broken.tf': '# Not closed.\nvariable "bad" {\n',
    'modules/part/main.tf': 'variable "part" {}\n',
    'modules/part/wrong.tf': 'output "x" {\n',
  }
  expectStatus(await registry.admin.publishModule('acme/partly/aws', '1.0.0', tarGz(files)), 201)
  const next = { ...files, 'README.md': '# Partly\n' }
  expectStatus(await registry.admin.publishModule('acme/partly/aws', '1.1.0', tarGz(next)), 201)
  expectStatus(await registry.admin.publishModule('acme/unread/aws', '1.0.0', tarGz(knownModule)), 201)
  const links = {
    'main.tf': `variable "good" {\n  description = <<-EOT\n    # Sizes of everything\n\n${[...Array(9).keys()].map((size) => `    - \`size${size}\`\n`).join('')}  EOT\n}\n`,
    'README.md':
      '# Linked\n\n[An example](examples/complete), [its usage](examples/complete/README.md#usage), [all](examples), [documents](docs), [a part](/modules/part).\n',
    'docs/more/notes.md': 'Notes.\n',
    'modules/part/main.tf': 'variable "part" {}\n',
    'examples/complete/main.tf': 'module "it" {\n  source = "../.."\n}\n',
    'examples/complete/README.md': `# Complete\n\n${'Words.\n\n'.repeat(80)}## Usage\n\nAs it stands.\n`,
  }
  expectStatus(await registry.admin.publishModule('acme/linked/aws', '1.0.0', tarGz(links)), 201)
  await registry.sql(`
    delete from module_folders where version_id in (
      select v.id from module_versions v join modules m on m.id = v.module_id where m.name = 'unread');
    update module_knowledge set state = 'failed', files = '[]', licence = null, required_version = null
    where version_id in (
      select v.id from module_versions v join modules m on m.id = v.module_id where m.name = 'unread')`)
})
afterAll(() => registry?.stop())

const isInSight = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate(`(() => {
    const { top, bottom } = document.querySelector('${selector}').getBoundingClientRect()
    return top >= 0 && bottom <= innerHeight
  })()`)

inChromium((visit) => {
  test.each(['', '/inputs', '/requirements', '/files'])(
    'what could not be read of the root is said with its line at %s',
    async (section) => {
      const page = await visit()
      await open(page, registry.url + partly + section)

      const banner = page.getByText('Parts of this module could not be read').locator('..')
      await banner.waitFor()
      expect(await page.getByRole('link', { name: /^broken\.tf:\d$/ }).count()).toBe(1)
      expect(await page.getByRole('link', { name: /wrong\.tf/ }).count()).toBe(section === '/files' ? 1 : 0)
      expect(await brokenRules(page)).toEqual([])
    },
  )

  test('of a submodule it is said on the page of that one, and where submodules are listed', async () => {
    const page = await visit()
    await open(page, `${registry.url + partly}/submodules/part`)
    await page.getByRole('link', { name: /^modules\/part\/wrong\.tf:\d$/ }).waitFor()
    expect(await page.getByRole('link', { name: /^broken\.tf/ }).count()).toBe(0)

    await open(page, `${registry.url + partly}/submodules`)
    expect(await page.getByText('parts not read').count()).toBe(1)
  })

  test('in the file it stands at its line', async () => {
    const page = await visit()
    const { diagnostics } = (await registry.admin.get(`/api/v1${partly}`)).json
    const { line, message } = diagnostics[0]
    await open(page, `${registry.url + partly}/files/broken.tf`)

    expect(await page.locator(`#L${line}`).textContent()).toContain(message)
    expect(await brokenRules(page)).toEqual([])
  })

  test.each(['', '/inputs', '/requirements', '/files'])(
    'a version that could not be read is not said to have nothing at %s',
    async (section) => {
      const page = await visit()
      await open(page, registry.url + unread + section)

      await page.getByText('Not read', { exact: true }).waitFor()
      const words = await page.locator('main').textContent()
      expect(words).not.toMatch(
        /No (README|inputs|outputs|resources|requirements)|takes none|any version|not recognised/,
      )
      expect(await page.getByText('not read', { exact: true }).count()).toBe(2)
    },
  )

  test('what changed between versions that could not be read is not known', async () => {
    const page = await visit()
    await open(page, `${registry.url}/modules/acme/partly/aws/compare/1.0.0...1.1.0`)

    expect(await page.getByText('not known', { exact: true }).count()).toBe(2)
    expect(await page.getByText('no changes', { exact: true }).count()).toBe(0)
  })

  test('its files are shown all the same', async () => {
    const page = await visit()
    await open(page, `${registry.url + unread}/files/main.tf`)

    await page.getByText('required_version').first().waitFor()
  })

  test.each([
    ['An example', `${linked}/examples/complete`],
    ['all', `${linked}/examples`],
    ['documents', `${linked}/files?below=docs`],
    ['a part', `${linked}/submodules/part`],
    ['its usage', `${linked}/examples/complete#usage`],
  ])('a link of a README to a folder leads to what is shown of it: %s', async (name, place) => {
    const page = await visit()
    await open(page, registry.url + linked)
    await page.getByRole('link', { name, exact: true }).first().click()

    await page.waitForURL(registry.url + place)
    expect(await page.getByText('could not be loaded').count()).toBe(0)
  })

  test('whoever opens the address of a folder is led there as well', async () => {
    const page = await visit()

    expect(await open(page, `${registry.url + linked}/files/docs`)).toBe(200)
    expect(page.url()).toBe(`${registry.url + linked}/files?below=docs`)
    expect(await page.getByRole('link', { name: 'docs/more/notes.md' }).count()).toBe(1)
    expect(await page.getByRole('link', { name: 'main.tf', exact: true }).count()).toBe(0)
    expect(await brokenRules(page)).toEqual([])
  })

  test('a section of a README is found by its name, and has a link of its own', async () => {
    const page = await visit()
    await open(page, `${registry.url + linked}/examples/complete#usage`)
    const heading = page.getByRole('heading', { name: 'Usage', exact: true })

    await eventually(() => isInSight(page, '#user-content-usage')).toBe(true)
    await page.getByRole('link', { name: 'Link to Complete' }).click()
    await eventually(() => isInSight(page, '#user-content-complete')).toBe(true)
    expect(page.url()).toBe(`${registry.url + linked}/examples/complete#user-content-complete`)
    expect(await heading.count()).toBe(1)
    expect(await brokenRules(page)).toEqual([])
  })

  test('an example is its code, as callers write it, and has no empty parts', async () => {
    const page = await visit()
    await open(page, `${registry.url + linked}/examples/complete`)

    const code = page.getByRole('group', { name: 'examples/complete/main.tf' })
    expect(await code.textContent()).toMatch(/source {2}= ".*acme\/linked\/aws"\n {2}version = "1\.0\.0"/)
    expect(await page.getByRole('heading', { name: /^(Inputs|Outputs|Resources)$/ }).count()).toBe(0)
    expect(await page.getByRole('group', { name: 'the usage block' }).textContent()).not.toContain('//examples')
    await page.getByRole('link', { name: '../..', exact: true }).click()
    await page.waitForURL(registry.url + linked)
  })

  test('a description of many lines is rendered and folded', async () => {
    const page = await visit()
    await open(page, `${registry.url + linked}/inputs`)

    await page.getByText('Sizes of everything \u2026').click()
    expect(await page.getByText('size0', { exact: true }).isVisible()).toBe(true)
    expect(await brokenRules(page)).toEqual([])
  })
})
