/** A zip that somebody writes to in the storage, behind the registry's back: other bytes than the signed ones are never sent. */
import { readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { zip } from '../../test/archives.ts'
import { expectStatus } from '../../test/client.ts'
import { zipName } from '../../test/provider-uploads.ts'
import { publishProvider, trustKey } from '../../test/published-provider.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  await trustKey(registry.admin, 'acme')
})
afterAll(() => registry?.stop())

/** A published zip: its content, its file in the storage, and its signed address. */
async function publishedZip(type: string) {
  const dist = await publishProvider(registry.admin, 'acme', { type, version: '1.0.0', platforms: ['linux_amd64'] })
  const { json } = expectStatus(
    await registry.anonymous.get(`/v1/providers/acme/${type}/1.0.0/download/linux/amd64`),
    200,
  )
  const file = (await registry.storedFiles()).find((path) => path.endsWith(`${json.shasum}.zip`))!
  return { content: dist.files.get(zipName(dist))!, file, url: json.download_url as string }
}

const altered = async () =>
  Number(/^cadastre_storage_altered_total(?:\{.*\})? (\d+)$/m.exec(await registry.app.metrics.registry.metrics())?.[1])

test.each([
  ['of the same size', (content: Buffer) => Buffer.from(content).fill('x', content.length - 60)],
  ['of another size', () => zip({ 'terraform-provider-evil': 'x' })],
  ['none at all', () => Buffer.alloc(0)],
])('a zip with other bytes, %s, is not sent, and counted', async (how, change) => {
  const { content, file, url } = await publishedZip(`evil-${how.length}`)
  expect((await registry.anonymous.get(url)).bytes.equals(content)).toBe(true)
  const before = await altered()
  await writeFile(file, change(content))

  const answers = [
    await registry.anonymous.get(url),
    await registry.anonymous.get(url, { range: 'bytes=0-9' }),
    await registry.anonymous.head(url),
  ]

  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503])
  expect(answers[0]!.json).toMatchObject({ code: 'archive-altered', errors: [expect.any(String)] })
  expect(answers[0]!.bytes.length).toBeLessThan(1_000)
  expect(await altered()).toBe(before + 3)
})

test('the rest of the registry goes on, and the zip is sent again once it is restored', async () => {
  const { content, file, url } = await publishedZip('restored')
  await writeFile(file, 'other bytes')
  const refused = await registry.anonymous.get(url)

  await writeFile(file, content)
  const restored = await registry.anonymous.get(url)

  expect([refused.status, restored.status, restored.bytes.equals(content)]).toEqual([503, 200, true])
  expect((await registry.anonymous.get('/v1/providers/acme/restored/versions')).status).toBe(200)
})

test('a zip that was only touched is sent', async () => {
  const { content, file, url } = await publishedZip('touched')
  const before = await altered()
  await utimes(file, new Date(), new Date('2030-01-01T00:00:00Z'))

  const answers = await Promise.all([url, url, url].map((each) => registry.anonymous.get(each)))

  expect(answers.map(({ status, bytes }) => [status, bytes.equals(content)])).toEqual(answers.map(() => [200, true]))
  expect(await altered()).toBe(before)
})

test('a zip that is gone is not found', async () => {
  const { file, url } = await publishedZip('gone')
  await rm(file)

  const answers = [await registry.anonymous.get(url), await registry.anonymous.head(url)]

  expect(answers.map(({ status }) => status)).toEqual([404, 404])
  expect(answers[0]!.json.code).toBe('archive-not-found')
})

test('what was altered while it waited is written again by whoever sends the true bytes', async () => {
  const { content, file } = await publishedZip('again')
  await writeFile(file, Buffer.alloc(content.length))

  const name = zipName({ type: 'again', version: '1.0.0' })
  expectStatus(await registry.admin.send('PUT', `/api/v1/providers/acme/again/1.0.0/files/${name}`, content), 200)

  expect((await readFile(file)).equals(content)).toBe(true)
})
