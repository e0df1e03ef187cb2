/** Pages of things that are large: 500 inputs, 2,500 versions. How soon they answer to typing is told, and no limit. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tarGz } from '../../server/test/archives.ts'
import { expectStatus } from '../../server/test/client.ts'
import { inChromium } from '../browser.ts'
import { longestAnswer } from './answers-to-keys.ts'
import { type Seeded, startSeeded } from './seeded.ts'
import { eventually } from './watched.ts'

const inputs = 500
const versions = 2_500
const letters = 'input_number_4'

let registry: Seeded
beforeAll(async () => {
  registry = await startSeeded()
  const variables = Array.from(
    { length: inputs },
    (_, index) =>
      `variable "input_number_${index}" {\n  type = map(object({ name = string, size = optional(number, ${index}) }))\n  description = "What input ${index} is for, said in a sentence."\n}\n`,
  )
  expectStatus(
    await registry.admin.publishModule(
      'platform/large/generic',
      '1.0.0',
      tarGz({ 'variables.tf': variables.join('\n') }),
    ),
    201,
  )
  await registry.sql(
    `insert into module_versions (module_id, version, core, precedence, prerelease, published_by, published_at, object_id, sha256, content_sha256, size_bytes)
    select one.module_id, named.version, named.version, '0000000' || lpad(n::text, 9, '0'), false, one.published_by, one.published_at, one.object_id, one.sha256, one.content_sha256, one.size_bytes
    from module_versions as one join modules on modules.id = one.module_id and modules.name = 'large',
         generate_series(1, $1) as n, lateral (select '0.' || n || '.0' as version) as named`,
    [versions],
  )
}, 240_000)
afterAll(() => registry?.stop())

/** As a reader types. */
const typed = (page: Page, field: string, text: string) =>
  longestAnswer(page, () => page.locator(field).pressSequentially(text, { delay: 120 }))

inChromium((visit) => {
  test('typing into the filter of 500 inputs', async () => {
    const page = await visit()
    await page.goto(`${registry.url}/modules/platform/large/generic/1.0.0/inputs`)
    await page.locator('#part-filter').waitFor()

    const longest = await typed(page, '#part-filter', letters)

    process.stdout.write(`\nFiltering ${inputs} inputs: longest answer to a key ${longest} ms (aim 100)\n`)
    expect(await page.getByRole('row').count()).toBeLessThan(inputs)
    expect(await page.getByRole('row').count()).toBeGreaterThan(1)
  })

  test('whoever is led to one of 500 inputs stands before it', async () => {
    const page = await visit()
    const last = `input_number_${inputs - 1}`

    await page.goto(`${registry.url}/modules/platform/large/generic/1.0.0/inputs#input-${last}`)
    await page.locator(`#input-${last}`).waitFor()

    await eventually(() =>
      page.evaluate(`(() => {
      const { top, bottom } = document.getElementById('input-${last}').getBoundingClientRect()
      return top >= 0 && bottom <= innerHeight
    })()`),
    ).toBe(true)
  })

  test('a module of 2,500 versions: the switch finds, and the spine is shown page by page', async () => {
    const page = await visit()
    await page.goto(`${registry.url}/modules/platform/large/generic/versions`)
    const started = Date.now()
    for (let pages = 0; pages < 8; pages++) await page.getByRole('button', { name: 'Show more versions' }).click()
    await page.locator('#content ol > li').nth(300).waitFor()
    process.stdout.write(`\n400 of ${versions} versions in eight pages: ${Date.now() - started} ms\n`)

    await page.locator('#version-switch summary').click()
    const longest = await typed(page, '#version-switch input', '0.24')

    process.stdout.write(`\nFiltering versions: longest answer to a key ${longest} ms (aim 100)\n`)
    expect(longest).toBeGreaterThanOrEqual(0)
  })
})
