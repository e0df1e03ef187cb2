/** How the archive of a module travels: links, redirects, checksums, encodings (C-24 … C-33, C-39). */
import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { moduleFiles, tarGz } from '../server/test/archives.ts'
import { expectStatus } from '../server/test/client.ts'
import { startRegistry, type TestRegistry } from '../server/test/registry.ts'
import type { FrontOptions, Reply } from './front.ts'
import { eachProgram } from './terraform.ts'
import { eachWay } from './ways.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  const files = { 'who.txt': 'root', 'sub/main.tf': 'output "sub" { value = 1 }\n', 'sub/who.txt': 'sub' }
  const deeper = { 'sub/deep/main.tf': 'output "deep" { value = 1 }\n', 'sub/deep/who.txt': 'deep' }
  const archive = tarGz(moduleFiles({ ...files, ...deeper }))
  expectStatus(await registry.admin.publishModule('acme/vpc/aws', '1.0.0', archive), 201)
})
afterAll(() => registry?.stop())

/** The registry's link, changed on its way to the client. */
const changingLink = (change: (link: string) => string): FrontOptions => ({
  change: (reply, { url }) =>
    url.endsWith('/download')
      ? { ...reply, headers: { ...reply.headers, 'x-terraform-get': change(String(reply.headers['x-terraform-get'])) } }
      : reply,
})

const isArchive = (url: string) => url.startsWith('/archives/')

eachProgram((program) =>
  eachWay((way) => {
    const machine = (front?: FrontOptions, folder = '') =>
      way.machine(program, registry.url, { module: `acme/vpc/aws${folder}`, version: '1.0.0', front })

    test('C-24 the link begins with a slash and is fetched from the registry itself', async () => {
      const { front, cli } = await machine()

      const { code } = await cli.run('get')

      const link = front.find('/download').answer.headers['x-terraform-get']
      expect(code).toBe(0)
      expect(front.find('.tar.gz').url).toBe(link)
    })

    test('C-24 the same link without its slash would be refused', async () => {
      const { front, cli } = await machine(changingLink((link) => link.slice(1)))

      const { code, text } = await cli.run('get')

      expect(code).toBe(1)
      expect(text).toMatch(/cannot detect a supported external module source type/)
      expect(front.requests().filter((request) => request.includes('/archives/'))).toEqual([])
    })

    test('C-25 the path of the link ends in .tar.gz, from which the client knows what it fetches', async () => {
      const { front, cli } = await machine()

      const { code } = await cli.run('get')

      expect(code).toBe(0)
      expect(front.find('.tar.gz').answer.headers['content-type']).toBe('application/gzip')
      expect(await cli.installedFile('it', 'who.txt')).toBe('root')
    })

    test.each(['tar', 'tar.zst'])('C-25 a link that ends in .%s would be taken for a page', async (extension) => {
      const served = changingLink((link) => link.replace('.tar.gz', `.${extension}`))
      const answer: FrontOptions['answer'] = ({ url }) =>
        isArchive(url) ? { status: 200, body: gunzipSync(tarGz(moduleFiles())) } : undefined
      const { front, cli } = await machine({ ...served, answer })

      const { code } = await cli.run('get')

      expect(code).toBe(1)
      expect(front.seen.filter(({ url }) => url.includes('terraform-get=1'))).not.toEqual([])
    })

    test('C-26 the signature stays good when the client sorts the query and keeps archive and checksum for itself', async () => {
      const sha256 = await archiveSum()
      const { front, cli } = await machine(
        changingLink((link) => {
          const [path, query] = link.split('?')
          const { expires, signature } = Object.fromEntries(new URLSearchParams(query))
          return `${path}?signature=${signature}&checksum=sha256:${sha256}&archive=tar.gz&expires=${expires}`
        }),
      )

      const { code } = await cli.run('get')

      const { url, answer } = front.find('.tar.gz')
      expect(code).toBe(0)
      expect([...new URL(url, front.url).searchParams.keys()]).toEqual(['expires', 'signature'])
      expect(answer.status).toBe(200)
    })

    test('C-27 an archive that is not what its checksum says is not installed', async () => {
      const { cli } = await machine(changingLink((link) => `${link}&checksum=sha256:${'0'.repeat(64)}`))

      const { code, text } = await cli.run('get')

      expect(code).toBe(1)
      expect(text).toMatch(/Checksums did not match/)
      expect(text).toContain(`Got: ${await archiveSum()}`)
    })

    test('C-28 HEAD and then GET are answered by one and the same link', async () => {
      const { front, cli } = await machine()

      const { code } = await cli.run('get')

      const fetched = front.seen.filter(({ url }) => isArchive(url))
      const get = fetched.at(-1)!
      expect(code).toBe(0)
      expect(fetched.map(({ method }) => method)).toEqual(['HEAD', 'GET'])
      expect(fetched.map(({ answer }) => answer.status)).toEqual(fetched.map(() => 200))
      expect(new Set(fetched.map(({ url }) => url)).size).toBe(1)
      expect(fetched.map(({ answer }) => answer.headers['content-length'])).toEqual(
        fetched.map(() => String(get.answer.body.length)),
      )
    })

    test.each([403, 404, 405])('C-28 a HEAD that fails with %i does no harm', async (status) => {
      const { cli } = await machine({
        answer: ({ method, url }) => (method === 'HEAD' && isArchive(url) ? { status } : undefined),
      })

      const { code } = await cli.run('get')

      expect(code).toBe(0)
    })

    test('C-29 a proxy may send the client elsewhere for the archive, and the signature is good there', async () => {
      const elsewhere = await way.front(registry.url)
      const { front, cli } = await machine({
        answer: ({ url }) => (isArchive(url) ? { status: 302, headers: { location: elsewhere.url + url } } : undefined),
      })

      const { code } = await cli.run('get')

      expect(code).toBe(0)
      expect(elsewhere.seen.map(({ method, answer }) => [method, answer.status])).toContainEqual(['GET', 200])
      expect(front.find('.tar.gz').url).toBe(elsewhere.find('.tar.gz').url)
    })

    test('C-30 an archive is sent without Content-Encoding, also to who would take gzip', async () => {
      const { front, cli } = await machine()

      const { code } = await cli.run('get')

      const archives = front.seen.filter(({ url }) => isArchive(url))
      const asked = await registry.anonymous.get(archives[0]!.url, { 'accept-encoding': 'gzip' })
      expect(code).toBe(0)
      expect(archives.map(({ answer }) => answer.headers['content-encoding'])).toEqual(archives.map(() => undefined))
      expect(asked.headers.get('content-encoding')).toBeNull()
    })

    test('C-30 with one the client would undo the compression too early', async () => {
      const { cli } = await machine({
        change: (reply, { url }) => (isArchive(url) ? encoded(reply) : reply),
      })

      const { code, text } = await cli.run('get')

      expect(code).toBe(1)
      expect(text).toMatch(/gzip: invalid header/)
    })

    test('C-32 a folder in the link comes before the folder of the caller', async () => {
      const inFolder = changingLink((link) => link.replace('.tar.gz?', '.tar.gz//sub?'))
      const [plain, deep] = [await machine(inFolder), await machine(inFolder, '//deep')]

      const codes = [(await plain.cli.run('get')).code, (await deep.cli.run('get')).code]

      expect(codes).toEqual([0, 0])
      expect(await plain.cli.installedFile('it', 'who.txt')).toBe('sub')
      expect(await deep.cli.installedFile('it', 'who.txt')).toBe('deep')
      expect(plain.front.find('.tar.gz').answer.status).toBe(200)
    })

    test('C-33 an archive that leads out of its folder is refused at the upload', async () => {
      const evil = tarGz(moduleFiles({ '../escaped.tf': '' }))
      const upload = await registry.admin.publishModule('acme/evil/aws', '1.0.0', evil)
      const { cli } = await way.machine(program, registry.url, { module: 'acme/evil/aws', token: registry.adminToken })

      const { code, text } = await cli.run('get')

      expect(upload.status).toBe(422)
      expect(code).toBe(1)
      expect(text).toMatch(/Module not found/)
    })

    test('C-33 and the client would refuse it too', async () => {
      const evil = tarGz(moduleFiles({ '../escaped.tf': '' }))
      const { cli } = await machine({ answer: ({ url }) => (isArchive(url) ? { status: 200, body: evil } : undefined) })

      const { code, text } = await cli.run('get')

      expect(code).toBe(1)
      expect(text).toMatch(/entry contains '\.\.'/)
    })

    test('C-39 an archive that fails is not asked for again', async () => {
      const { front, cli } = await machine({
        answer: ({ url }) => (isArchive(url) ? { status: 503, headers: { 'retry-after': '1' } } : undefined),
      })

      const { code, text } = await cli.run('get')

      const gets = front.seen.filter(({ method, url }) => method === 'GET' && isArchive(url))
      expect(code).toBe(1)
      expect(text).toMatch(/bad response code: 503/)
      if (program.name === 'terraform') expect(gets).toHaveLength(1)
    })
  }),
)

const encoded = (reply: Required<Reply>): Reply => ({
  ...reply,
  headers: { ...reply.headers, 'content-encoding': 'gzip' },
})

async function archiveSum(): Promise<string> {
  const link = (await registry.anonymous.get('/v1/modules/acme/vpc/aws/1.0.0/download')).headers.get('x-terraform-get')
  return createHash('sha256')
    .update((await registry.anonymous.get(link!)).bytes)
    .digest('hex')
}
