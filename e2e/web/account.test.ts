/** The reader's own pages in a real browser: what they may do, what they give to programs, where they are signed in. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inChromium } from '../browser.ts'
import { ready, type Seeded, startVacant } from './seeded.ts'
import { headings, open } from './watched.ts'

let registry: Seeded
beforeAll(async () => {
  registry = await startVacant()
})
afterAll(() => registry?.stop())

inChromium((visit) => {
  test('what somebody may do is said in words, and everywhere is no organization', async () => {
    const page = await visit()
    await registry.signIn(page)
    await open(page, registry.url + ready.account)

    const row = page.getByRole('table', { name: 'What you may do' }).getByRole('row').nth(1)

    expect(await row.textContent()).toContain('everywhere')
    expect(await row.textContent()).not.toContain('platform')
    await open(page, registry.url + ready.adminPeople)
    expect(await page.getByRole('table', { name: 'People' }).textContent()).toContain('admin everywhere')
  })

  test('each scope of a new token is a sentence, none is of what does not exist, and namespaces limit it', async () => {
    const page = await visit()
    await registry.signIn(page)
    await open(page, registry.url + ready.newToken)

    expect(await page.getByLabel('publish modules').count()).toBe(1)
    expect(await page.getByText('scm:').count()).toBe(0)
    await page.getByLabel('Name', { exact: true }).fill('of one namespace')
    await page.getByLabel('Only in these namespaces').fill('vacant, other')
    await page.getByRole('button', { name: 'Create token' }).click()
    await page.getByLabel('the token', { exact: true }).waitFor()

    expect(await headings(page)).toEqual(['Your new token'])
    const { items } = (await registry.admin.get('/api/v1/api-keys')).json
    expect(items.find(({ name }: { name: string }) => name === 'of one namespace')).toMatchObject({
      namespaces: ['vacant', 'other'],
    })
  })
})
