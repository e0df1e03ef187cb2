/** What goes on for a while, in a real browser: a release that is sent file by file, and an import that is watched; both over a wire that is cut. */
import { mkdtemp, rm } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { expectStatus } from '../../server/test/client.ts'
import { type Dist, makeDist, makeSigningKey, writeDist } from '../../server/test/provider-dist.ts'
import { type PublicRegistry, publicRegistry } from '../../server/test/public-registry.ts'
import { trustKey } from '../../server/test/published-provider.ts'
import { inChromium } from '../browser.ts'
import { fill, tabTo } from './keyboard.ts'
import { ready, type Seeded, startVacant } from './seeded.ts'
import { eventually, headings, open } from './watched.ts'
import { startWire } from './wire.ts'

const hostname = 'registry.public.example'
/** A batch of an import, and some for the next. */
const modules = 420

let world: PublicRegistry
let registry: Seeded
beforeAll(async () => {
  world = await publicRegistry({ modules, providers: 0 })
  registry = await startVacant({
    TFR_UPSTREAM_REGISTRIES: JSON.stringify([{ hostname, address: world.url }]),
    TFR_UPSTREAM_REQUESTS_PER_SECOND: '1000',
  })
})
afterAll(async () => {
  await registry?.stop()
  await world?.stop()
})

async function folderOf(dist: Dist): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cadastre-dist-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeDist(dist, join(folder, 'dist'))
  return join(folder, 'dist')
}

/** As a hand does it that drags a folder out of another window. */
async function drop(page: Page, folder: string, onto: string): Promise<void> {
  const field = page.getByText(onto, { exact: true })
  await field.scrollIntoViewIfNeeded()
  const box = (await field.boundingBox())!
  const wire = await page.context().newCDPSession(page)
  const data = { items: [], files: [folder], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await wire.send('Input.dispatchDragEvent', { type, x: box.x + 5, y: box.y + 5, data })
  await wire.detach()
}

inChromium((visit) => {
  test('a provider is published: its key, its release, a signature that is refused, a wire that is cut', async () => {
    const wire = await startWire(registry.url)
    const page = await visit()
    await registry.signIn(page)
    await open(page, wire.url + ready.publishProvider)
    const dist = await makeDist({ type: 'cut', version: '1.2.0' })
    const stranger = await makeSigningKey({ name: 'Stranger' })
    const path = '/api/v1/providers/vacant/cut'

    await page.getByLabel('Namespace').fill('vacant')
    await page.getByText('Add a signing key').click()
    await page.getByLabel('Public key').fill((await makeSigningKey()).armoredPublic)
    await page.getByRole('button', { name: 'Add key' }).click()
    await eventually(() => page.locator('[role=status]').first().textContent()).toMatch(/^Added key [0-9A-F]{16}/)

    await drop(
      page,
      await folderOf(await makeDist({ type: 'cut', version: '1.1.0', key: stranger })),
      'Folder that GoReleaser made',
    )
    await page.getByRole('table', { name: 'cut 1.1.0' }).waitFor()
    expect(await page.getByRole('row').count()).toBe(1 + dist.files.size)
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await eventually(() => page.getByLabel('No change').textContent()).toMatch(
      /The signature is by [0-9A-F]{16}; registered keys: [0-9A-F]{16}\./,
    )
    const put = () => wire.asked.filter((line) => line.startsWith('PUT '))
    expect(put()).toHaveLength(3)
    expect(put().filter((line) => line.endsWith('.zip'))).toEqual([])
    expect((await registry.admin.get(path)).status).toBe(404)

    const { files } = await makeDist({ type: 'cut', version: '1.1.1' })
    files.delete('terraform-provider-cut_1.1.1_windows_amd64.zip')
    await drop(page, await folderOf({ ...dist, files }), 'Folder that GoReleaser made')
    await page.getByText(/^SHA256SUMS names .*_windows_amd64\.zip, and the folder does not hold it\.$/).waitFor()
    expect(await page.getByRole('table').count()).toBe(0)
    expect(put()).toHaveLength(3)

    await drop(page, await folderOf(dist), 'Folder that GoReleaser made')
    await page.getByRole('table', { name: 'cut 1.2.0' }).waitFor()
    wire.cutAt('_windows_amd64.zip')
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await eventually(() => page.getByLabel('No change').textContent()).toMatch(
      /^The registry cannot be reached.*Nothing was published. Try again/,
    )
    expect((await registry.admin.get(path)).status).toBe(404)

    wire.mend()
    wire.asked.length = 0
    await page.getByLabel('Source repository').fill('https://gitlab.com/vacant/cut')
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.getByText('Published', { exact: true }).waitFor()
    expect(wire.asked.filter((line) => line.startsWith('PUT '))).toEqual([
      `PUT ${path}/1.2.0/files/terraform-provider-cut_1.2.0_windows_amd64.zip`,
    ])
    await page.getByRole('link', { name: 'See its page' }).click()
    await eventually(() => headings(page)).toEqual(['vacant/cut'])
    await page.getByRole('link', { name: 'gitlab.com/vacant/cut', exact: true }).waitFor()
    expect(
      expectStatus(await registry.admin.get(`/v1/providers/vacant/cut/versions`), 200).json.versions,
    ).toMatchObject([{ version: '1.2.0' }])
  })

  test('over plain http, where browsers hash nothing, a provider is published all the same, and no zip is sent for nothing', async () => {
    await registry.given.namespace('plain')
    await trustKey(registry.admin, 'plain')
    const wire = await startWire(registry.url)
    const page = await visit()
    await page.addInitScript("Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })")
    await registry.signIn(page)
    await open(page, wire.url + ready.publishProvider)
    const put = () => wire.asked.filter((line) => line.startsWith('PUT ')).map((line) => line.replace(/.*\//, ''))
    await page.getByLabel('Namespace').fill('plain')

    const other = await makeDist({ type: 'unhashed', version: '1.1.0' })
    const manifest = 'terraform-provider-unhashed_1.1.0_manifest.json'
    other.files.set(manifest, Buffer.from('{"version":1,"metadata":{"protocol_versions":["5.0"]}}'))
    await drop(page, await folderOf(other), 'Folder that GoReleaser made')
    await page.getByRole('table', { name: 'unhashed 1.1.0' }).waitFor()
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await eventually(() => page.getByLabel('No change').textContent()).toContain(
      `${manifest} does not have the SHA-256 that SHA256SUMS gives it.`,
    )
    expect(put().sort()).toEqual([other.sumsName, other.signatureName, manifest].sort())

    const dist = await makeDist({ type: 'unhashed', version: '1.2.0' })
    wire.asked.length = 0
    await drop(page, await folderOf(dist), 'Folder that GoReleaser made')
    await page.getByRole('table', { name: 'unhashed 1.2.0' }).waitFor()
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.getByText('Published', { exact: true }).waitFor()
    expect(put().sort()).toEqual([...dist.files.keys()].sort())
    expect(
      await registry.sql(
        "select outcome, details->>'code' as code from audit_logs where subject like 'plain/%' order by id",
      ),
    ).toEqual([
      { outcome: 'refused', code: 'zip-differs' },
      { outcome: 'done', code: null },
    ])
  })

  test('an import is seen to go on and to end without loading anew, also when the wire was cut in between', async () => {
    const held: ServerResponse[] = []
    let isHeld = true
    world.lieWith(({ path }, response) => {
      const isLate = isHeld && /\/versions$/.test(path) && world.asked.length > modules - 10
      if (isLate) held.push(response)
      return isLate
    })
    const wire = await startWire(registry.url)
    const page = await visit()
    await registry.signIn(page)
    await open(page, wire.url + ready.adminJobs)
    await page.evaluate('window.isTheSame = true')

    await page.getByText('Import a public registry').click()
    await page.getByLabel('Registry').fill(hostname)
    await page.getByRole('button', { name: 'Import' }).click()
    const job = page.getByRole('region', { name: `Import of ${hostname}` })
    await eventually(() => job.textContent()).toMatch(/: running · [1-9]/)

    wire.cut()
    await eventually(() => job.textContent()).toMatch(/connection/)
    wire.answer503()
    const before = wire.asked.length
    await eventually(() => wire.asked.length).toBeGreaterThan(before)
    wire.mend()
    isHeld = false
    for (const response of held) response.socket?.destroy()

    await eventually(() => job.count()).toBe(0)
    expect(await page.getByRole('row', { name: hostname }).textContent()).toContain(`modules: ${modules} new`)
    expect(await page.locator('[role=status]').first().textContent()).toBe(`Import of ${hostname} is done`)
    expect(await page.evaluate('window.isTheSame')).toBe(true)

    await page.getByRole('button', { name: `Run Import of ${hostname} again` }).click()
    await eventually(() => page.getByRole('row', { name: hostname }).allTextContents()).toEqual([
      expect.stringContaining(`modules: ${modules} unchanged`),
      expect.stringContaining(`modules: ${modules} new`),
    ])
  })

  test('with the keyboard alone a provider is published, from its key to its page', async () => {
    await registry.given.namespace('keys')
    const page = await visit()
    await registry.signIn(page)
    await open(page, registry.url + ready.publishProvider)
    const folder = await folderOf(await makeDist({ type: 'typed', version: '1.0.0' }))

    await fill(page, 'Namespace', 'keys')
    await tabTo(page, 'Add a signing key')
    await page.keyboard.press('Enter')
    await tabTo(page, 'Public key')
    await page.keyboard.insertText((await makeSigningKey()).armoredPublic)
    await tabTo(page, 'Add key')
    await page.keyboard.press('Enter')
    await eventually(() => page.locator('[role=status]').first().textContent()).toMatch(/^Added key [0-9A-F]{16}/)
    await tabTo(page, 'Folder that GoReleaser made')
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')])
    await chooser.setFiles(folder)
    await page.getByRole('table', { name: 'typed 1.0.0' }).waitFor()
    await tabTo(page, 'Publish')
    await page.keyboard.press('Enter')
    await page.getByText('Published', { exact: true }).waitFor()
    await tabTo(page, 'See its page')
    await page.keyboard.press('Enter')

    await eventually(() => headings(page)).toEqual(['keys/typed'])
  })

  test('with the keyboard alone an import is started, and its end is said', async () => {
    const page = await visit()
    await registry.signIn(page)
    await open(page, registry.url + ready.adminJobs)

    await tabTo(page, 'Import a public registry')
    await page.keyboard.press('Enter')
    await fill(page, 'Registry', hostname)
    await tabTo(page, 'Visible to')
    await page.keyboard.press('ArrowDown')
    await tabTo(page, 'Import')
    await page.keyboard.press('Enter')

    await eventually(() => page.locator('[role=status]').first().textContent()).toBe(`Import of ${hostname} is done`)
  })
})
