/** The reader's own pages in a real browser: what they may do, what they give to programs, where they are signed in. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tarGz } from '../../server/test/archives.ts'
import { expectStatus } from '../../server/test/client.ts'
import { brokenRules, inChromium, scrollsSideways } from '../browser.ts'
import { ready, type Seeded, startVacant } from './seeded.ts'
import { eventually, headings, open } from './watched.ts'

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

  test('the audit trail is sentences with times, narrowed by what stands in them, and says when nothing is left', async () => {
    const page = await visit()
    await registry.signIn(page)
    await open(page, registry.url + ready.adminAudit)
    const facts = page.locator('main ol > li')

    const signedIn = facts.filter({ hasText: /ada@acme\.example signed in as ada@acme\.example/ })
    expect(await signedIn.first().textContent()).toMatch(/just now|ago|minute/)
    expect(await signedIn.first().textContent()).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/)
    expect(await facts.getByText('session.created', { exact: true }).count()).toBe(0)

    await signedIn.first().getByRole('link', { name: 'ada@acme.example', exact: true }).first().click()
    await page.waitForURL(/\?caller=ada%40acme\.example$/)
    await page.getByLabel('What about').selectOption({ label: 'sessions' })
    await page.waitForURL(/kind=session\./)
    await eventually(() => facts.allTextContents()).toSatisfy((texts: string[]) =>
      texts.every((text) => text.includes('signed in as')),
    )
    await page.getByLabel('Namespace').fill('nowhere')
    await page.keyboard.press('Enter')
    await page.getByText('Filtered out').waitFor()
    await page.getByRole('link', { name: 'Clear the filters' }).click()
    await facts.filter({ hasText: 'created the namespace' }).first().waitFor()
    expect(await brokenRules(page)).toEqual([])
    await page.setViewportSize({ width: 320, height: 640 })
    expect(await scrollsSideways(page)).toBe(false)
  })

  test('a session is named as somebody would name their browser, with what it says of itself on demand', async () => {
    const page = await visit()
    await registry.signIn(page)
    await registry.sql('update sessions set client = $1', [
      'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
    ])
    await open(page, registry.url + ready.sessions)

    const row = page.getByRole('table', { name: 'Sessions' }).getByRole('row').nth(1)

    expect(await row.getByText('Gecko').isVisible()).toBe(false)
    await row.getByText('Firefox 128 on Linux').click()
    expect(await row.getByText('Gecko').isVisible()).toBe(true)
  })

  test('what was typed into a form to publish survives a reload and stands in the command, until it is published', async () => {
    const page = await visit()
    await registry.signIn(page)
    await open(page, registry.url + ready.publishModule)
    const command = page.getByLabel('the command to publish', { exact: true })

    await page.getByLabel('Namespace').fill('vacant')
    await page.getByLabel('Name', { exact: true }).fill('my vpc')
    await page.getByRole('textbox', { name: 'System' }).fill('aws')
    await page.getByLabel('Version').fill('2.0.0')
    expect(await command.textContent()).toContain("publish module . --address 'vacant/my vpc/aws' --version 2.0.0")
    await page.reload()
    await page.getByLabel('Version').waitFor()

    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('my vpc')
    expect(await command.textContent()).toContain('--version 2.0.0')
    await page.getByLabel('Name', { exact: true }).fill('vpc')
    await page
      .locator('input[type=file]')
      .nth(1)
      .setInputFiles({
        name: 'plain.tar.gz',
        mimeType: 'application/gzip',
        buffer: Buffer.from(tarGz({ 'main.tf': '' })),
      })
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.getByText('Published', { exact: true }).waitFor()
    await page.reload()
    await page.getByLabel('Version').waitFor()
    expect(await page.getByLabel('Version').inputValue()).toBe('')
  })

  test('the foot of each page has the same as a command and as a request, without a token', async () => {
    const page = await visit({ viewport: { width: 320, height: 640 } })
    await registry.signIn(page)
    await open(page, `${registry.url}${ready.adminAudit}?kind=module.`)

    await page.getByText('Show as CLI or curl').click()

    expect(await page.getByLabel('this page as a command', { exact: true }).textContent()).toMatch(
      /cadastre admin audit --kind module\.$/,
    )
    expect(await page.getByLabel('this page as a request', { exact: true }).textContent()).toBe(
      'curl --header "Authorization: Bearer $TOKEN" \'http://registry.example.com/api/v1/audit-logs?kind=module.\'',
    )
    // What lies half below the header that stays in sight is small.
    await page.evaluate('scrollTo(0, 0)')
    expect(await brokenRules(page)).toEqual([])
    expect(await scrollsSideways(page)).toBe(false)
    const address = 'vacant/footed/generic'
    expectStatus(await registry.admin.publishModule(address, '1.0.0', tarGz({ 'main.tf': '' })), 201)
    await open(page, `${registry.url}/modules/${address}/1.0.0`)
    await page.getByText('Show as CLI, curl or HCL').click()
    expect(await page.getByLabel('this page as a command', { exact: true }).textContent()).toMatch(
      /cadastre show vacant\/footed\/generic@1\.0\.0$/,
    )
    expect(await page.getByLabel('this page as configuration', { exact: true }).textContent()).toContain(
      'module "footed"',
    )
  })
})
