/** What somebody writes into an address, a header, a file or a name to get more out of pages, files and lists than they may. */
import { request as rawRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pax, tarGz, tarGzOf } from './archives.ts'
import { type Answer, expectStatus } from './client.ts'
import { startRegistry, type TestRegistry } from './registry.ts'

const hostileName = 'a = 1 }\nmodule "evil" { source = "evil.example/x/y/z"'
const hostileFolder = 'modules/a" } ${b}'
const readme = [
  '[a](/\\evil.example)',
  '[b](//evil.example/x)',
  '[c](\\\\evil.example)',
  '[d](java\nscript:alert(1))',
  '[e](../../../../../../api/v1/whoami)',
  '![f](//evil.example/x.png)',
].join('\n\n')

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  const { admin, given } = registry
  await given.namespace('open')
  await given.namespace('closed', 'private')
  expectStatus(await admin.publishModule('closed/secret/aws', '1.0.0'), 201)
  expectStatus(await admin.publishModule('open/vpc/aws', '1.0.0', tarGz({ 'main.tf': 'variable "a" {}\n' })), 201)
  expectStatus(await admin.publishModule('open/vpc/aws', '1.1.0'), 201)
  expectStatus(await admin.send('DELETE', '/api/v1/modules/open/vpc/aws/1.1.0'), 200)
  const json = {
    variable: {
      [hostileName]: {},
      template: { default: '${file("/etc/passwd")}' },
      plain: { default: 'x' },
      shape: { type: 'object({ "b = 1 }\\nmodule \\"evil\\" {" = string, c = string })' },
    },
  }
  const hostile = tarGzOf([
    { name: 'main.tf', content: 'variable "two words" {}\n' },
    { name: 'more.tf.json', content: JSON.stringify(json) },
    { name: 'README.md', content: readme },
    { name: 'page.html', content: '<script>alert(1)</script>' },
    { name: 'drawing.svg', content: '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>' },
    { name: 'link', type: '2', target: 'page.html' },
    { name: 'odd #?$&.txt', content: 'odd' },
    pax({ path: `${hostileFolder}/main.tf` }),
    { name: 'x', content: 'variable "b" {}\n' },
  ])
  expectStatus(await admin.publishModule('open/hostile/aws', '1.0.0', hostile), 201)
})
afterAll(() => registry?.stop())

const asBrowser = { accept: 'text/html', 'accept-encoding': 'identity' }

type Raw = { status: number; headers: Record<string, string | string[] | undefined>; text: string }

/** The address as it is written: other clients put it right before they send it. */
function raw(path: string, headers: Record<string, string> = asBrowser): Promise<Raw> {
  const { hostname, port } = new URL(registry.url)
  return new Promise((resolve, reject) => {
    const sent = rawRequest({ hostname, port, path, headers }, async (answer) => {
      const pieces: Buffer[] = []
      for await (const piece of answer) pieces.push(piece)
      resolve({ status: answer.statusCode!, headers: answer.headers, text: Buffer.concat(pieces).toString() })
    })
    sent.once('error', reject)
    sent.end()
  })
}

const dataOf = ({ text }: { text: string }) =>
  JSON.parse(/<script type="application\/json" id="page">(.*?)<\/script>/s.exec(text)?.[1] ?? '{}')

describe('the address of a page', () => {
  test.each([
    '/providers/%2e%2e/whoami',
    '/providers/../whoami',
    '/providers/.%2E/namespaces',
    '/providers/%2e/closed',
    '/namespaces/%2e%2e',
    '/modules/%2e%2e/%2E%2e/aws',
    '/modules/%2e%2e/whoami/%2e/1.0.0',
    '/mirror/%2e%2e/open/vpc/aws',
    '/mirror/%2e%2e/%2e%2e/jobs/events',
    '/docs/decisions/%2e%2e',
    '/docs/%2e%2e',
  ])('%s does not turn its question to the API into another one', async (path) => {
    const answer = await raw(path, { ...asBrowser, authorization: `Bearer ${registry.adminToken}` })

    expect([answer.status, dataOf(answer).answers ?? {}]).toEqual([404, {}])
  })

  test.each([
    '//evil.example/',
    '//evil.example/modules/',
    '/\\evil.example/',
    '/%2f%2fevil.example/',
    '/%5cevil.example/',
    '/MODULES//evil.example/',
    '///',
    'http://evil.example/modules/',
    'http:/modules/',
    '/Modules/?next=//evil.example',
    '/modules/Open/VPC/aws/',
    '/%09/evil.example/',
  ])('%s leads to no other host', async (path) => {
    const { status, headers } = await raw(path)
    const to = (headers.location as string | undefined) ?? '/'

    expect(new URL(to, 'http://registry.example').host).toBe('registry.example')
    expect([301, 404, 400]).toContain(status)
  })

  test('a version that is written in another way is the same version of the same section', async () => {
    const followed = async (path: string): Promise<string> => {
      const { status, headers, text } = await raw(path)
      return status === 301 ? followed(headers.location as string) : `${status} ${/<title>(.*?) &/.exec(text)?.[1]}`
    }

    expect(await followed('/modules/open/vpc/aws/%31.0.0/inputs')).toBe('200 open/vpc/aws 1.0.0 \u00b7 Inputs')
    expect(await followed('/modules/OPEN/vpc/aws/%31.0.0/')).toBe('200 open/vpc/aws 1.0.0')
  })

  test.each([
    '/modules/open/vpc/aws/1.0.0/files/%00',
    '/modules/open/vpc/aws/1.0.0/files/%ff',
    '/modules/open%2fvpc/vpc/aws',
    '/modules/open/vpc/aws/1.0.0%2finputs',
    '/namespaces/closed%00',
    '/namespaces/__proto__',
    '/docs/constructor',
    '/docs/errors/__proto__',
  ])('%s is not there', async (path) => {
    expect([400, 401, 404]).toContain((await raw(path)).status)
  })

  test.each(['files/Click here', 'submodules/Call us', 'examples/$&'])(
    'nothing is called by what stands behind a module: %s',
    async (path) => {
      const { status, text, headers } = await raw(`/modules/open/hostile/aws/${encodeURI(path)}`)

      expect([status, headers['cache-control']]).toEqual([404, 'private, no-store'])
      expect(text.slice(0, text.indexOf('<body>'))).not.toMatch(/Click|Call|canonical/)
    },
  )

  test('what a page is called for others is an address', async () => {
    const { text } = await raw('/modules/open/hostile/aws/files/odd%20%23%3F$&.txt')

    expect(/canonical" href="http:\/\/[^/]+([^"]*)"/.exec(text)?.[1]).toBe(
      '/modules/open/hostile/aws/1.0.0/files/odd%20%23%3F%24%26.txt',
    )
  })

  test('nothing is where an address is longer than any', async () => {
    expect((await raw(`/modules/${'a'.repeat(8_000)}/b/aws`)).status).toBe(404)
  })

  test.each([
    '/modules/open/vpc/aws/1.0.0/files/..%2f..%2fetc%2fpasswd',
    '/modules/open/vpc/aws/1.0.0/submodules/%22%3E%3Cscript%3E',
    '/search?q=%00',
    '/search?sort=%00',
    '/search?kind=%22&ns=%22%22&system=%00',
    '/activity?ns=%00',
    '/docs?q=%00',
    '/mirror/registry.opentofu.org/open/vpc/aws?version=..%2f..%2fwhoami',
  ])('%s is no fault of ours', async (path) => {
    expect((await raw(path, { ...asBrowser, authorization: `Bearer ${registry.adminToken}` })).status).toBeLessThan(500)
  })

  test('what is written into it is text on the page', async () => {
    const hostile = '</title></noscript></script><script>alert(1)</script><!--'
    for (const path of ['/search?q=', '/docs?q=', '/activity?kind=', '/modules/open/vpc/aws/1.0.0/files/']) {
      const { text } = await raw(path + encodeURIComponent(hostile))

      expect(text).not.toContain('<script>')
      expect(text.match(/<\/script>/g)).toHaveLength(text.match(/<script/g)!.length)
      expect(() => dataOf({ text })).not.toThrow()
    }
  })
})

describe('the headers of a request for a page', () => {
  const plain = ({ headers, text }: Raw) =>
    text.replaceAll(/nonce-?="?[^"]+"/g, '').replaceAll(String(headers['x-request-id']), '')

  test.each([
    { host: 'evil.example' },
    { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', 'x-forwarded-for': '6.6.6.6' },
    { 'x-forwarded-prefix': '/evil', 'x-original-url': '/api/v1/whoami', 'x-rewrite-url': '/api/v1/whoami' },
    { cookie: `cadastre=${'x'.repeat(43)}; __Host-cadastre=y` },
    { 'x-csrf-token': 'a', origin: 'https://evil.example', 'x-http-method-override': 'DELETE' },
    { accept: 'application/json', 'if-none-match': '*x', range: 'bytes=0-1' },
  ] as Record<string, string>[])('%j changes nothing of a page that others may keep', async (headers) => {
    const [usual, smuggled] = [
      await raw('/modules/open/vpc/aws'),
      await raw('/modules/open/vpc/aws', { ...asBrowser, ...headers }),
    ]

    expect(smuggled.status).toBe(200)
    expect(plain(smuggled)).toBe(plain(usual))
    expect(smuggled.headers.etag).toBe(usual.headers.etag)
    expect(smuggled.headers['set-cookie']).toBeUndefined()
  })

  test('the tag of what everybody sees answers nobody who is known, and theirs has none', async () => {
    const { headers } = await raw('/modules/open/vpc/aws')
    const known = {
      ...asBrowser,
      authorization: `Bearer ${registry.adminToken}`,
      'if-none-match': headers.etag as string,
    }

    const answer = await raw('/modules/open/vpc/aws', known)

    expect([answer.status, answer.headers.etag, answer.headers['cache-control']]).toEqual([
      200,
      undefined,
      'private, no-store',
    ])
  })

  test.each([
    '/',
    '/modules',
    '/providers',
    '/mirror',
    '/namespaces/open',
    '/activity',
    '/search?q=vpc',
    '/docs',
    '/api',
  ])('%s has the same tag when nothing changed', async (path) => {
    const [first, second] = [await raw(path), await raw(path)]

    expect([first.status, second.headers.etag]).toEqual([200, first.headers.etag])
    expect(Object.keys(dataOf(first).refused)).toEqual([])
  })

  test('a key that is no key gets the form, and nothing of the page', async () => {
    const answer = await raw('/modules/open/vpc/aws', { ...asBrowser, authorization: 'Bearer nonsense' })

    expect([answer.status, answer.headers['cache-control']]).toEqual([401, 'no-store'])
    expect(answer.text).not.toContain('id="page"')
  })

  test('who asks for the head alone gets the headers of the page', async () => {
    const [head, whole] = [
      await registry.anonymous.head('/modules/closed/secret/aws', asBrowser),
      await registry.anonymous.head('/modules/open/vpc/aws', asBrowser),
    ]

    expect([head.status, whole.status, whole.text]).toEqual([401, 200, ''])
    expect(whole.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate')
  })
})

describe('what a module brings along', () => {
  const part = (path: string, address = 'open/hostile/aws/1.0.0') =>
    registry.anonymous.get(`/api/v1/modules/${address}/${path}`)

  test.each(['terraform', 'opentofu', 'terragrunt'])(
    'the block for %s holds nothing but its own call',
    async (client) => {
      for (const folder of ['', hostileFolder]) {
        const { text } = expectStatus(
          await part(`usage?mode=all&client=${client}&folder=${encodeURIComponent(folder)}`),
          200,
        ).json
        const calls = text.split('\n').filter((line: string) => /^\s*(module|terraform) ?["{]/.test(line))
        expect(calls).toHaveLength(1)
        expect(text).not.toMatch(/(?<!\$)\$\{|two words|\/etc\/passwd|source = "evil/)
      }
    },
  )

  test('neither does a folder that nobody has looked for yet', async () => {
    await registry.sql(`update module_knowledge set state = 'failed' where version_id = (
      select version.id from module_versions version join modules on modules.id = module_id where name = 'vpc' and version = '1.0.0')`)
    const folder = encodeURIComponent('x" }\nmodule "evil" { source = "evil.example/x/y/z')

    const { text } = expectStatus(await part(`usage?folder=${folder}`, 'open/vpc/aws/1.0.0'), 200).json

    expect(text.match(/^module/gm)).toHaveLength(1)
  })

  test('links of its README lead into its files, to other sites openly, or nowhere', async () => {
    const { html } = expectStatus(await part('readme'), 200).json
    const links = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, link]) => link)

    for (const link of links)
      expect(link).not.toMatch(/^\/[/\\]|^\\|^\s*javascript:|^\/api\/v1\/(?!modules\/open\/hostile)/i)
  })

  test.each([
    ['page.html', 'text/plain; charset=utf-8'],
    ['link', 'text/plain; charset=utf-8'],
    ['drawing.svg', 'image/svg+xml'],
  ])('%s runs nowhere', async (path, type) => {
    const { headers } = expectStatus(await part(`files/raw/${path}`), 200)

    expect(headers.get('content-type')).toBe(type)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/)
  })

  test.each(['..%2fmain.tf', '.%2fmain.tf', '%2fmain.tf', 'main.tf%2f', 'main.tf%00', 'MAIN.TF', '%5cmain.tf'])(
    'there is no file %s',
    async (path) => {
      expect((await raw(`/api/v1/modules/open/hostile/aws/1.0.0/files/raw/${path}`, {})).status).toBe(404)
    },
  )
})

describe('what is not there any more', () => {
  test.each([
    '/api/v1/modules/open/vpc/aws/1.1.0',
    '/api/v1/modules/open/vpc/aws/1.1.0/readme',
    '/api/v1/modules/open/vpc/aws/1.1.0/usage',
    '/api/v1/modules/open/vpc/aws/1.1.0/inputs.schema.json',
    '/api/v1/modules/open/vpc/aws/1.1.0/files',
    '/api/v1/modules/open/vpc/aws/1.1.0/files/view?path=main.tf',
    '/api/v1/modules/open/vpc/aws/1.1.0/files/raw/main.tf',
    '/modules/open/vpc/aws/1.1.0.md',
    '/modules/open/vpc/aws/1.1.0',
  ])('%s', async (path) => {
    expect((await registry.anonymous.get(path)).status).toBe(404)
  })
})

test('a version that was revoked says so, and gives none of its files out', async () => {
  await registry.admin.publishModule('open/worn/aws', '1.0.0')
  await registry.sql(
    "update module_versions set state = 'revoked' where module_id = (select id from modules where name = 'worn')",
  )
  const at = '/api/v1/modules/open/worn/aws/1.0.0'

  for (const path of ['/files/raw/main.tf', '/files/view?path=main.tf'])
    expect((await registry.anonymous.get(at + path)).status).toBe(410)
  expect((await registry.anonymous.get(at)).json.state).toBe('revoked')
})

describe('questions that no database can take', () => {
  test.each([
    '/api/v1/activity?since=0000-01-01T00:00:00Z',
    '/api/v1/activity?since=9999-12-31T23:59:59.999999999999Z',
    '/api/v1/activity?namespace=%00',
    `/api/v1/activity?cursor=${Buffer.from('["999999999999999999","999999999999999999"]').toString('base64url')}`,
    '/api/v1/modules/open/vpc/aws/1.0.0/inputs?folder=%00',
    '/api/v1/modules/open/vpc/aws/1.0.0/files/view?path=%00',
    '/api/v1/modules?namespace=%00',
    '/api/v1/search?q=%00',
    '/api/v1/docs?q=%00',
    '/api/v1/catalogue/registry.opentofu.org%00/modules/a/b/c',
    `/api/v1/catalogue/registry.opentofu.org/providers/a/b/versions?cursor=${Buffer.from('["\\u0000"]').toString('base64url')}`,
    '/v1/modules?provider=%00',
    '/v1/modules/open/vpc%00',
    '/v1/modules/search?q=%00&namespace=%00&provider=%00',
    '/v1/modules?offset=999999999&limit=100',
    '/v2/providers?filter%5Bnamespace%5D=%00',
    '/v2/providers?page%5Bnumber%5D=999999999&page%5Bsize%5D=100',
    '/v2/providers/999999999999999999',
    '/v2/provider-versions/999999999999999999',
  ])('%s is refused or finds nothing', async (path) => {
    for (const client of [registry.anonymous, registry.admin])
      expect(await statusOf(client.get(path))).toBeLessThan(500)
  })

  const statusOf = async (answer: Promise<Answer>) => (await answer).status
})
