/** The source browser through the door: what is sent as what, and that nothing leads out of an archive. */
import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pax, tarGz, tarGzOf } from '../../../test/archives.ts'
import { expectStatus } from '../../../test/client.ts'
import { knownModule } from '../../../test/known-module.ts'
import { startRegistry, type TestRegistry } from '../../../test/registry.ts'
import { maxFileBytes } from './archived-files.ts'

let registry: TestRegistry
const files = '/api/v1/modules/acme/vpc/aws/1.0.0/files'
const inert = "sandbox; default-src 'none'"
const longPath = `${'deep/'.repeat(40)}file.txt`

beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  const more = {
    'docs/Größe 1%.txt': 'umlauts\n',
    'latin1.txt': Buffer.from('Gr\xf6\xdfe', 'latin1'),
    'docs/anim.gif': Buffer.from('GIF89a----'),
    'docs/photo.jpg': Buffer.from('\xff\xd8\xff----', 'latin1'),
    'docs/small.webp': Buffer.from('RIFF\0\0\0\0WEBP----', 'latin1'),
  }
  expectStatus(await registry.admin.publishModule('acme/vpc/aws', '1.0.0', tarGz({ ...knownModule, ...more })), 201)
})
afterAll(() => registry.stop())

const raw = (path: string) => registry.anonymous.get(`${files}/raw/${path}`)

describe('the bytes of a file', () => {
  test.each([
    ['main.tf', 'text/plain; charset=utf-8', inert, 'inline'],
    ['LICENSE', 'text/plain; charset=utf-8', inert, 'inline'],
    ['docs/page.html', 'text/plain; charset=utf-8', inert, 'inline'],
    ['docs/really-html.png', 'text/plain; charset=utf-8', inert, 'inline'],
    ['docs/pixel.png', 'image/png', inert, 'inline'],
    ['docs/anim.gif', 'image/gif', inert, 'inline'],
    ['docs/photo.jpg', 'image/jpeg', inert, 'inline'],
    ['docs/small.webp', 'image/webp', inert, 'inline'],
    ['docs/plan.svg', 'image/svg+xml', `${inert}; style-src 'unsafe-inline'`, 'inline'],
    ['docs/bytes.bin', 'application/octet-stream', inert, 'attachment'],
    ['latin1.txt', 'application/octet-stream', inert, 'attachment'],
  ])('of %s come as %s, and run nothing', async (path, contentType, policy, disposition) => {
    const { headers, bytes } = expectStatus(await raw(path), 200)

    expect(headers.get('content-type')).toBe(contentType)
    expect(headers.get('content-security-policy')).toBe(policy)
    expect(headers.get('content-disposition')).toMatch(new RegExp(`^${disposition};`))
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('private, max-age=300')
    if (knownModule[path]) expect(bytes).toEqual(Buffer.from(knownModule[path]))
  })

  test('are found under any name that an archive may have', async () => {
    expect((await raw(encodeURIComponent('docs/Größe 1%.txt'))).text).toBe('umlauts\n')
  })

  test('are asked for by HEAD as well', async () => {
    const { status, headers } = await registry.anonymous.head(`${files}/raw/main.tf`)

    expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8'])
  })

  test('are not sent beyond the limit', async () => {
    const huge = tarGz({ 'main.tf': '', 'huge.bin': randomBytes(maxFileBytes + 1) })
    expectStatus(await registry.admin.publishModule('acme/huge/aws', '1.0.0', huge), 201)

    const answer = await registry.anonymous.get('/api/v1/modules/acme/huge/aws/1.0.0/files/raw/huge.bin')

    expect(answer).toMatchObject({ status: 413, json: { code: 'module-file-too-large' } })
  })
})

test.each([
  '../../../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  '%2e%2e/main.tf',
  'docs/../main.tf',
  './main.tf',
  '/main.tf',
  '%2fmain.tf',
  'main.tf%00',
  'main.tf%00.png',
  'MAIN.TF',
  'docs',
  'docs/',
  '..%5cmain.tf',
  '',
])('no other spelling leads to a file: %s', async (path) => {
  const { status, body } = await asWritten(`${files}/raw/${path}`)

  expect(status).toBe(404)
  expect(body).toContain('"code":"')
  expect(body).not.toContain('required_version')
})

/** As it stands there: `fetch` would take the dots away. */
function asWritten(path: string): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(registry.url)
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method: 'GET' }, (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (piece) => {
        body += piece
      })
      answer.on('end', () => resolve({ status: answer.statusCode!, body }))
    })
    sent.on('error', reject).end()
  })
}

describe('the view of a file', () => {
  const view = (path: string) => registry.anonymous.get(`${files}/view?path=${encodeURIComponent(path)}`)

  test('has its lines in colours, and nothing active', async () => {
    const { json } = expectStatus(await view('variables.tf'), 200)
    const html = expectStatus(await view('docs/page.html'), 200).json

    expect(json.lines[0]).toBe(
      '<span class="code-keyword">variable </span><span class="code-string">&quot;cidr&quot;</span> {',
    )
    expect(json.lines).toHaveLength(knownModule['variables.tf']!.toString().trimEnd().split('\n').length)
    expect(html.lines.join('')).not.toContain('<script')
  })

  test('has no lines of what is no text', async () => {
    expect((await view('docs/pixel.png')).json).toEqual({ path: 'docs/pixel.png', sizeBytes: 12, lines: null })
    expect(await view('none.tf')).toMatchObject({ status: 404, json: { code: 'module-file-not-found' } })
  })
})

test('a link inside of an archive leads to what it names, and a path may be as long as any', async () => {
  const archive = tarGzOf([
    { name: 'main.tf', content: 'output "one" { value = 1 }\n' },
    { name: 'docs/README.md', content: '# Here\n' },
    { name: 'README.md', type: '2', target: 'docs/README.md' },
    { name: 'docs/again.md', type: '2', target: '../README.md' },
    pax({ path: longPath }),
    { name: 'far', content: 'far down\n' },
  ])
  expectStatus(await registry.admin.publishModule('acme/linked/aws', '1.0.0', archive), 201)

  const linked = (path: string) => registry.anonymous.get(`/api/v1/modules/acme/linked/aws/1.0.0/files/raw/${path}`)

  expect(await linked('docs/again.md')).toMatchObject({ status: 200, text: '# Here\n' })
  expect(await linked(longPath)).toMatchObject({ status: 200, text: 'far down\n' })
})

test('an archive that was written again is compared before a file of it is sent', async () => {
  const path = '/api/v1/modules/acme/again/aws/1.0.0/files/raw/main.tf'
  expectStatus(await registry.admin.publishModule('acme/again/aws', '1.0.0', tarGz({ 'main.tf': '# right\n' })), 201)
  const [{ sha256 }] = await registry.sql(`update stored_objects set revision = 'another' where id =
    (select object_id from module_versions join modules on modules.id = module_id where name = 'again') returning sha256`)
  const stored = (await registry.storedFiles()).find((file) => file.includes(sha256))!

  expect((await registry.anonymous.get(path)).text).toBe('# right\n')

  await writeFile(stored, tarGz({ 'main.tf': '# wrong\n', 'other.tf': '' }))
  const altered = await registry.anonymous.get(path.replace('main.tf', 'other.tf'))

  expect(altered).toMatchObject({ status: 503, json: { code: 'archive-altered' } })
})
