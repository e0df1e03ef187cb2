/** What a publisher writes is shown as what it is: none of it runs, loads anything, or leads anywhere by itself. */
import { text } from 'node:stream/consumers'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tarGz } from '../../server/test/archives.ts'
import { expectStatus } from '../../server/test/client.ts'
import { payloads } from '../../server/test/markdown/payloads.ts'
import { startRegistry, type TestRegistry } from '../../server/test/registry.ts'
import { inChromium } from '../browser.ts'
import { documents, fileNames, folderOf, formulas, hostileModule, oddFolder, readmes } from './hostile-module.ts'
import { eventually, open, watch } from './watched.ts'

const address = 'hostile/module/generic'
const source = 'javascript:alert(document.domain)'
const base = `/modules/${address}/1.0.0`

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('hostile')
  expectStatus(await registry.admin.publishModule(address, '1.0.0', tarGz(hostileModule())), 201)
  // Older, and empty: all of it is new then.
  const before = tarGz({ 'main.tf': '' })
  expectStatus(await registry.admin.publishModule(address, '0.9.0', before), 201)
  // As something else may have written it that does not ask first.
  for (const table of ['modules', 'module_versions'])
    await registry.sql(`update ${table} set source_url = $1`, [source])
})
afterAll(() => registry?.stop())

/** What would have happened if one of them had run. */
async function trap(page: Page) {
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await page.addInitScript(`
    window.ran = []
    for (const name of ['alert', 'confirm', 'prompt', 'open']) window[name] = (...args) => window.ran.push(name + ' ' + args)
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      window.ran.push(violatedDirective + ' ' + blockedURI))
  `)
  const { complaints, elsewhere } = watch(page, registry.url)
  return async () => ({ dialogs, ran: await page.evaluate('window.ran'), complaints, elsewhere })
}

/** Elements and attributes in the content of a page that could do something, were they touched. */
const activeIn = (page: Page): Promise<string[]> =>
  page.evaluate(`[...document.querySelectorAll('main *')]
    .filter((element) =>
      /^(script|iframe|frame|object|embed|applet|base|meta|link|style|template|math)$/i.test(element.localName) ||
      [...element.attributes].some(({ name, value }) =>
        /^on|^srcdoc$|^autofocus$/i.test(name) || (/^(href|src|action|formaction|xlink:href)$/i.test(name) && /^\\s*(javascript|vbscript|data:text)/i.test(value))))
    .map(({ outerHTML }) => outerHTML.slice(0, 200))`)

const nothing = { dialogs: [], ran: [], complaints: [], elsewhere: [] }

const sections = [
  '',
  '/inputs',
  '/outputs',
  '/requirements',
  '/resources',
  '/submodules',
  '/examples',
  '/files',
  '/versions',
  '/builder',
]
const files = [
  'variables.tf',
  'broken.tf',
  'LICENSE',
  'docs/active.html',
  'docs/active.md',
  'docs/active.svg',
  'docs/active.png',
]
const pages = [
  '/',
  '/modules',
  '/namespaces/hostile',
  `/search?q=${encodeURIComponent('module "><img src=x onerror=alert(1)>')}`,
  '/search?q=module',
  ...sections.map((section) => base + section),
  `/modules/${address}/compare/0.9.0...1.0.0?file=variables.tf`,
  ...files.map((file) => `${base}/files/${file}`),
  ...fileNames.slice(0, 3).map((name) => `${base}/files/${name.split('/').map(encodeURIComponent).join('/')}`),
  ...readmes.map((_, index) => `${base}/submodules/${folderOf(index)}`),
]

/** Quotation marks around a cell are taken off. */
const inSpreadsheet = (cell: string) => (cell.startsWith('"') ? cell.replace(/^"|"$/g, '').replaceAll('""', '"') : cell)

test('the corpus is as large as it is meant to be, and in the module', async () => {
  expect(payloads.length).toBeGreaterThanOrEqual(200)
  const { json } = expectStatus(await registry.anonymous.get(`/api/v1${base}/inputs`), 200)
  const known = new Set(json.items.map(({ description }: { description: string }) => description))
  expect(payloads.filter((payload) => known.has(payload)).length).toBeGreaterThanOrEqual(200)
  expect(fileNames.length).toBeGreaterThan(20)
})

inChromium((visit) => {
  test('on no page of such a module does anything of it run or load', async () => {
    const page = await visit()
    const caught = await trap(page)
    const found: Record<string, unknown> = {}

    for (const path of pages) {
      await open(page, registry.url + path)
      const result = { ...(await caught()), active: await activeIn(page) }
      if (JSON.stringify(result) !== JSON.stringify({ ...nothing, active: [] })) found[path] = result
      if (found[path]) break
    }

    expect(found).toEqual({})
  })

  test('a source that leads to no site is shown, and is no link', async () => {
    const page = await visit()
    await open(page, registry.url + base)

    const shown = page.getByText(source, { exact: true })

    expect(await shown.getAttribute('href')).toBeNull()
  })

  test('of a table that is saved no cell is a formula', async () => {
    const page = await visit({ acceptDownloads: true })
    await open(page, `${registry.url}${base}/inputs`)
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save as TSV' }).first().click()

    const rows = (await text(await (await saved).createReadStream())).split('\n').map((row) => row.split('\t'))

    expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([5]))
    expect(rows.filter(([name]) => name?.startsWith('formula_'))).toHaveLength(formulas.length)
    expect(rows.flat().filter((cell) => /^\s*[=+@-]/.test(inSpreadsheet(cell)))).toEqual([])
  })

  test('a folder with signs of an address in its name has its page', async () => {
    const page = await visit()
    await open(page, `${registry.url}${base}/submodules`)
    const link = page.getByRole('table').getByRole('link', { name: oddFolder, exact: true })

    const status = await open(page, registry.url + (await link.getAttribute('href')))

    expect(status).toBe(200)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(address)
    expect(await page.title()).toContain(oddFolder)
  })

  test('what got into a page nevertheless would not run, and would not go unseen here', async () => {
    const page = await visit()
    const caught = await trap(page)
    await open(page, registry.url + base)

    await page.evaluate(
      `document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>')`,
    )

    await eventually(async () => (await caught()).ran).toEqual(['script-src-attr inline'])
    expect(await activeIn(page)).toHaveLength(1)
  })

  test.each(Object.keys(documents))(
    '%s of such a module runs nothing where a browser opens it by itself',
    async (file) => {
      const page = await visit({ acceptDownloads: true })
      const dialogs: string[] = []
      page.on('dialog', (dialog) => {
        dialogs.push(dialog.message())
        void dialog.dismiss()
      })
      const { elsewhere } = watch(page, registry.url)
      await page.addInitScript(`window.alert = () => document.documentElement?.setAttribute('data-ran', 'yes')`)

      // What is saved instead of shown ends the navigation.
      await page.goto(`${registry.url}/api/v1${base}/files/raw/${file}`).catch(() => {})

      expect({ dialogs, elsewhere }).toEqual({ dialogs: [], elsewhere: [] })
      expect(await page.evaluate(`document.documentElement?.getAttribute('data-ran')`)).toBeNull()
    },
  )
})
