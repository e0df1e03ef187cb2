/**
 * Every page, asked by nobody, by a member and by a stranger: its status, its title, and who may keep it. Whoever adds a
 * page adds its row here.
 */
import type { PageName } from '@cadastre/contract/pages'
import { pages } from '@cadastre/contract/pages'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { moduleFiles, tarGz } from './archives.ts'
import { type Browser, browserAt, formOf } from './browser.ts'
import { importFiles, moduleFile, providerFile, publicHost } from './catalogue/imported.ts'
import { type Answer, expectStatus } from './client.ts'
import { givenUser, password } from './people.ts'
import { publishProvider, trustKey } from './published-provider.ts'
import { startRegistry, type TestRegistry } from './registry.ts'

/**
 * Statuses for nobody, a member and a stranger. `open`: anybody may read it; `closed`: it is in a private namespace of the
 * member's organization; `person`: it is of whoever has signed in; `area`: of those who administer something; `shared`: of
 * whoever holds any role.
 */
const statuses = {
  open: [200, 200, 200],
  closed: [401, 200, 404],
  person: [401, 200, 200],
  area: [401, 403, 403],
  shared: [401, 200, 403],
} as const

type Row = [page: PageName, address: string, kind: keyof typeof statuses, title: string]

const rows: Row[] = [
  ['home', '/', 'open', 'Home'],
  ['search', '/search?q=vpc', 'open', 'vpc \u00b7 Search'],
  ['modules', '/modules', 'open', 'Modules'],
  ['modules', '/modules?ns=open&system=aws&q=vpc', 'open', 'Modules in open for aws with “vpc”'],
  ['module', '/modules/open/vpc/aws', 'open', 'open/vpc/aws 1.0.0'],
  ['module', '/modules/closed/vpc/aws', 'closed', 'closed/vpc/aws 1.0.0'],
  ['module', '/modules/closed/vpc/aws/1.0.0', 'closed', 'closed/vpc/aws 1.0.0'],
  ['moduleInputs', '/modules/closed/vpc/aws/inputs', 'closed', 'closed/vpc/aws 1.0.0 \u00b7 Inputs'],
  ['moduleInputs', '/modules/closed/vpc/aws/1.0.0/inputs', 'closed', 'closed/vpc/aws 1.0.0 \u00b7 Inputs'],
  ['moduleOutputs', '/modules/closed/vpc/aws/outputs', 'closed', 'closed/vpc/aws 1.0.0 \u00b7 Outputs'],
  ['moduleRequirements', '/modules/closed/vpc/aws/requirements', 'closed', 'closed/vpc/aws 1.0.0 \u00b7 Requirements'],
  ['moduleResources', '/modules/closed/vpc/aws/resources', 'closed', 'closed/vpc/aws 1.0.0 \u00b7 Resources'],
  ['moduleVersions', '/modules/closed/vpc/aws/versions', 'closed', 'closed/vpc/aws 1.0.0 \u00b7 Versions'],
  [
    'moduleCompare',
    '/modules/closed/vpc/aws/compare/1.0.0...1.0.0',
    'closed',
    'closed/vpc/aws 1.0.0 to 1.0.0 \u00b7 Compare',
  ],
  ['moduleFiles', '/modules/closed/vpc/aws/files', 'closed', 'closed/vpc/aws 1.0.0 \u00b7 Files'],
  ['moduleFile', '/modules/closed/vpc/aws/files/main.tf', 'closed', 'closed/vpc/aws 1.0.0 \u00b7 main.tf \u00b7 Files'],
  ['moduleSubmodules', '/modules/closed/vpc/aws/submodules', 'closed', 'closed/vpc/aws 1.0.0 \u00b7 Submodules'],
  [
    'moduleSubmodule',
    '/modules/closed/vpc/aws/submodules/a',
    'closed',
    'closed/vpc/aws 1.0.0 \u00b7 a \u00b7 Submodule',
  ],
  ['moduleBuilder', '/modules/closed/vpc/aws/builder', 'closed', 'closed/vpc/aws 1.0.0 \u00b7 Builder'],
  [
    'moduleBuilder',
    '/modules/closed/vpc/aws/1.0.0/builder?folder=modules/a',
    'closed',
    'closed/vpc/aws 1.0.0 \u00b7 Builder',
  ],
  ['moduleExamples', '/modules/closed/vpc/aws/examples', 'closed', 'closed/vpc/aws 1.0.0 \u00b7 Examples'],
  ['moduleExample', '/modules/closed/vpc/aws/examples/a', 'closed', 'closed/vpc/aws 1.0.0 \u00b7 a \u00b7 Example'],
  ['providers', '/providers', 'open', 'Providers'],
  ['providers', '/providers?ns=open&sort=updated', 'open', 'Providers in open'],
  ['provider', '/providers/closed/greeter', 'closed', 'closed/greeter 1.0.0'],
  ['provider', '/providers/closed/greeter/1.0.0', 'closed', 'closed/greeter 1.0.0'],
  ['providerPlatforms', '/providers/closed/greeter/platforms', 'closed', 'closed/greeter 1.0.0 \u00b7 Platforms'],
  ['providerVersions', '/providers/closed/greeter/versions', 'closed', 'closed/greeter 1.0.0 \u00b7 Versions'],
  ['namespace', '/namespaces/open', 'open', 'open'],
  ['namespace', '/namespaces/closed', 'closed', 'closed'],
  ['namespaces', '/namespaces', 'open', 'Namespaces'],
  ['newNamespace', '/namespaces/new', 'area', 'Claim a namespace'],
  ['namespaceSettings', '/namespaces/open/settings', 'area', 'open \u00b7 Settings'],
  ['namespaceSettings', '/namespaces/closed/settings', 'area', 'closed \u00b7 Settings'],
  ['publishModule', '/publish/module', 'person', 'Publish a module'],
  ['publishProvider', '/publish/provider', 'person', 'Publish a provider'],
  ['activity', '/activity', 'open', 'Activity'],
  ['mirror', '/mirror', 'open', 'Mirror'],
  ['mirroredModule', '/mirror/registry.opentofu.org/open/vpc/aws', 'open', 'registry.opentofu.org/open/vpc/aws'],
  ['mirroredModule', '/mirror/registry.opentofu.org/closed/vpc/aws', 'closed', 'registry.opentofu.org/closed/vpc/aws'],
  ['mirroredProvider', '/mirror/registry.opentofu.org/open/random', 'open', 'registry.opentofu.org/open/random'],
  ['docs', '/docs', 'open', 'Documentation'],
  ['docsPage', '/docs/configuration', 'open', 'Settings \u00b7 Documentation'],
  ['docsDecision', '/docs/decisions/0003-no-placeholders', 'open', '0003 No 501 placeholders \u00b7 Documentation'],
  ['docsError', '/docs/errors/sign-in-needed', 'open', 'sign-in-needed \u00b7 Error catalogue'],
  ['apiReference', '/api', 'open', 'API reference'],
  ['account', '/me', 'person', 'Your account'],
  ['tokens', '/me/tokens', 'person', 'Your tokens'],
  ['newToken', '/me/tokens/new', 'person', 'New token'],
  ['sessions', '/me/sessions', 'person', 'Your sessions'],
  ['admin', '/admin', 'area', 'Administration'],
  ['adminPeople', '/admin/people', 'area', 'People \u00b7 Administration'],
  ['adminOrganizations', '/admin/organizations', 'shared', 'Organizations \u00b7 Administration'],
  ['adminOrganization', '/admin/organizations/default', 'shared', 'default \u00b7 Organizations \u00b7 Administration'],
  ['adminAudit', '/admin/audit', 'area', 'Audit \u00b7 Administration'],
  ['adminJobs', '/admin/jobs', 'area', 'Jobs \u00b7 Administration'],
]

const titles: Record<number, string> = { 401: 'Sign in', 403: 'Not allowed', 404: 'Not found' }
const asBrowser = { accept: 'text/html,*/*;q=0.8', 'accept-encoding': 'identity' }

let registry: TestRegistry
let nobody: Browser
let member: Browser
let stranger: Browser
beforeAll(async () => {
  registry = await startRegistry({ env: { TFR_MULTI_TENANCY_ENABLED: 'true' } })
  const { admin, given } = registry
  await given.namespace('open')
  await given.namespace('closed', 'private')
  const inside = tarGz(moduleFiles({ 'modules/a/main.tf': '', 'examples/a/main.tf': '' }))
  for (const namespace of ['open', 'closed'])
    expectStatus(await admin.publishModule(`${namespace}/vpc/aws`, '1.0.0', inside), 201)
  await trustKey(admin, 'closed')
  await publishProvider(admin, 'closed', { type: 'greeter', version: '1.0.0', platforms: ['linux_amd64'] })
  await importFiles(registry, {
    'modules/o/open/vpc/aws.json': moduleFile('v1.0.0'),
    'modules/c/closed/vpc/aws.json': moduleFile('v1.0.0'),
    'providers/o/open/random.json': providerFile('open/random', [{ version: '1.0.0' }]),
  })
  const foreign = `/api/v1/catalogue/sources/${publicHost}/namespaces/open`
  expectStatus(await admin.send('PUT', foreign, { visibility: 'public' }), 200)
  const id = await givenUser(registry, 'member@acme.example')
  expectStatus(await admin.send('PUT', `/api/v1/organizations/default/members/${id}`, { roles: ['viewer'] }), 200)
  await givenUser(registry, 'stranger@other.example')
  nobody = browserAt(registry.url)
  member = await signedIn('member@acme.example')
  stranger = await signedIn('stranger@other.example')
  // The form's cookie is there from then on, so that its token stays the same.
  await nobody.get('/login')
})
afterAll(() => registry?.stop())

async function signedIn(email: string): Promise<Browser> {
  const browser = browserAt(registry.url)
  expectStatus(await browser.signIn(email, password), 303)
  return browser
}

const open = (browser: Browser, path: string, headers: Record<string, string> = {}) =>
  browser.get(path, { ...asBrowser, ...headers })

const titleOf = ({ text }: Answer) => /<title>(.*?) &mdash; Cadastre<\/title>/s.exec(text)?.[1]
const dataOf = ({ text }: Answer) =>
  JSON.parse(/<script type="application\/json" id="page">(.*?)<\/script>/s.exec(text)![1]!)

/** What stays when the same is asked again, of something else: no time, no id of a request, no nonce, no name. */
function withoutChance({ headers, text }: Answer): { headers: [string, string][]; text: string } {
  const nonce = /nonce-([^']+)/.exec(headers.get('content-security-policy') ?? '')?.[1]
  const same = (of: string) =>
    [headers.get('x-request-id')!, ...(nonce ? [nonce] : [])]
      .reduce((left, chance) => left.replaceAll(chance, '*'), of)
      .replace(/closed|absent|vpc|gcp|greeter|parting/g, '*')
  const kept: [string, string][] = []
  headers.forEach((value, name) => {
    if (!['date', 'set-cookie', 'content-length'].includes(name)) kept.push([name, same(value)])
  })
  return { headers: kept, text: same(text) }
}

test.each([
  ['files/examples/a', 'examples/a'],
  ['1.0.0/files/modules/a', '1.0.0/submodules/a'],
  ['files/examples', 'examples'],
])('the address of a folder, %s, leads to what is shown of it, and gives nothing away', async (path, place) => {
  const address = `/modules/closed/vpc/aws/${path}`
  const answers = await Promise.all([nobody, member, stranger].map((browser) => open(browser, address)))

  expect(answers.map(({ status }) => status)).toEqual([401, 301, 404])
  expect(answers[1]!.headers.get('location')).toBe(`/modules/closed/vpc/aws/${place}`)
  expect((await open(member, '/modules/closed/vpc/aws/files/none')).status).toBe(404)
})

describe('every page', () => {
  test('has a row in this table', () => {
    const tabled = new Set(rows.map(([page]) => page))
    expect([...tabled].sort()).toEqual(Object.keys(pages).sort())
  })

  test.each(rows)('%s at %s is %s: its status, title, policy and who may keep it', async (page, path, kind, title) => {
    const answers = await Promise.all([nobody, member, stranger].map((browser) => open(browser, path)))

    expect(answers.map(({ status }) => status)).toEqual(statuses[kind])
    for (const [index, answer] of answers.entries()) {
      const isShown = answer.status === 200
      const isPublic = isShown && index === 0
      const { headers, text } = answer
      expect([titleOf(answer), headers.get('content-type')]).toEqual([
        isShown ? title : titles[answer.status],
        'text/html; charset=utf-8',
      ])
      expect(text.match(/<h1>/g)).toHaveLength(1)
      expect(headers.get('cache-control')).toBe(
        isPublic ? 'public, max-age=0, must-revalidate' : answer.status === 401 ? 'no-store' : 'private, no-store',
      )
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*frame-ancestors 'none'/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('same-origin')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(text).not.toMatch(/ on\w+=|style=|javascript:/)
      if (answer.status === 401) continue
      expect(headers.get('vary')).toContain('cookie')
      expect(headers.get('permissions-policy')).toContain('camera=()')
      expect(dataOf(answer)).toMatchObject({
        page: answer.status === 403 ? null : page,
        status: answer.status,
        basePath: '',
      })
      expect(text.includes('<link rel="canonical"')).toBe(isShown)
      expect(text.includes('<meta property="og:title"')).toBe(isShown)
    }
  })
})

test.each(rows.filter(([, , kind]) => kind === 'area' || kind === 'shared'))(
  '%s at %s is open to whoever administers, and tells others what they lack and who gives it',
  async (_page, path, _kind, title) => {
    const [shown, refused] = [
      await open(nobody, path, { authorization: `Bearer ${registry.adminToken}` }),
      await open(stranger, path),
    ]

    expect([shown.status, titleOf(shown)]).toEqual([200, title])
    expect(dataOf(refused).problem).toMatchObject({
      code: 'area-closed',
      detail: expect.stringMatching(/ [a-z]+:[a-z]+|admin/),
      hint: expect.stringContaining('administrator'),
    })
    expect(dataOf(refused).caller.name).toBe('stranger@other.example')
  },
)

test('the settings of a namespace are for those who administer its organization, not for those of another', async () => {
  const id = await givenUser(registry, 'admin@other.example')
  await registry.given.organization('other')
  expectStatus(await registry.admin.send('PUT', `/api/v1/organizations/other/members/${id}`, { roles: ['admin'] }), 200)
  const browser = await signedIn('admin@other.example')

  const [visible, hidden, absent] = [
    await open(browser, '/namespaces/open/settings'),
    await open(browser, '/namespaces/closed/settings'),
    await open(browser, '/namespaces/absent/settings'),
  ]

  expect([visible.status, hidden.status, absent.status]).toEqual([403, 404, 404])
  expect(dataOf(visible).problem).toMatchObject({
    code: 'area-closed',
    detail: 'This area is for those who hold organizations:write in organization default, and you do not.',
    hint: 'An administrator of default, or of this registry, can give you a role with it.',
  })
})

describe('what is not there for somebody', () => {
  const pairs = rows
    .filter(([, , kind]) => kind === 'closed')
    .flatMap(([, path]) => {
      const unknown = [
        path.replace('/closed', '/absent'),
        path.replace('/vpc/', '/gcp/').replace('/greeter', '/parting'),
      ]
      return unknown.filter((each) => each !== path).map((each) => [path, each] as const)
    })

  test.each(pairs)('%s cannot be told from %s', async (existing, unknown) => {
    for (const browser of [nobody, stranger]) {
      const [there, absent] = [await open(browser, existing), await open(browser, unknown)]

      expect(there.status).toBe(browser === nobody ? 401 : 404)
      expect(absent.status).toBe(there.status)
      expect(withoutChance(absent)).toEqual(withoutChance(there))
    }
  })

  test('its name is in no text that a program reads about the page', async () => {
    for (const browser of [nobody, stranger]) {
      const { text } = await open(browser, '/modules/closed/vpc/aws/1.0.0')

      const head = text.slice(0, text.indexOf('<body>'))
      expect(head).not.toContain('vpc')
      expect(head).not.toMatch(/og:|canonical|alternate/)
    }
  })

  test('signing in leads back to the page', async () => {
    const browser = browserAt(registry.url)
    const path = '/modules/closed/vpc/aws/inputs?only=required'

    const form = await open(browser, path)
    const answer = await browser.submit(form, { email: 'member@acme.example', password })

    expect([formOf(form.text).action, form.headers.get('www-authenticate')]).toEqual([
      '/login',
      'Bearer realm="cadastre"',
    ])
    expect([answer.status, answer.headers.get('location')]).toEqual([303, path])
  })

  test('a version that was taken back answers 410, and shows why', async () => {
    await registry.admin.publishModule('open/old/aws', '1.0.0')
    await registry.sql(
      "update module_versions set state = 'revoked' where module_id = (select id from modules where name = 'old')",
    )

    const answer = await open(nobody, '/modules/open/old/aws/1.0.0')

    expect([answer.status, titleOf(answer)]).toEqual([410, 'open/old/aws 1.0.0'])
    expect(dataOf(answer).answers['/api/v1/modules/open/old/aws/1.0.0'].state).toBe('revoked')
  })
})

describe('addresses', () => {
  test.each([
    ['/modules/', '/modules'],
    ['/Modules/Open/VPC/aws', '/modules/open/vpc/aws'],
    ['/modules/closed/VPC/aws/1.0.0-RC1/Inputs/?t=A', '/modules/closed/vpc/aws/1.0.0-RC1/inputs?t=A'],
    ['/modules/absent/Any/aws', '/modules/absent/any/aws'],
    ['/modules/open/vpc/aws/FILES/Some/Main.TF', '/modules/open/vpc/aws/files/Some/Main.TF'],
    ['/Providers/Closed/Greeter', '/providers/closed/greeter'],
    ['/sign-in?next=%2Fme', '/login?next=%2Fme'],
    ['/account', '/me'],
  ])('%s moved to %s, whoever asks', async (from, to) => {
    for (const browser of [nobody, member]) {
      const { status, headers } = await open(browser, from)
      expect([status, headers.get('location')]).toEqual([301, to])
    }
  })

  test.each([
    '/nowhere',
    '/modules/open',
    '/modules/open/vpc/aws/nothing',
    '//other.example/',
    '/me/nothing',
    '/a/%00',
  ])('%s is a page that says that nothing is there', async (path) => {
    for (const browser of [nobody, member]) {
      const answer = await open(browser, path)
      expect([answer.status, titleOf(answer)]).toEqual([404, 'Not found'])
      expect(dataOf(answer)).toMatchObject({ page: null, status: 404, problem: { code: 'route-not-found' } })
    }
  })

  test.each([
    ['/api/v1/nothing', 404, 'application/problem+json'],
    ['/v1/nothing', 404, 'application/json'],
    ['/v2/nothing', 404, 'application/json'],
    ['/.well-known/nothing', 404, 'application/json'],
    ['/oauth/token', 405, 'application/json'],
    ['/terraform/nothing', 404, 'application/problem+json'],
    ['/registry/nothing', 404, 'application/problem+json'],
    ['/top/nothing', 404, 'application/problem+json'],
    ['/archives/nothing', 404, 'application/json'],
    ['/assets/nothing.js', 404, 'application/problem+json'],
    ['/assets/..%2f..%2fpackage.json', 404, 'application/problem+json'],
    ['/assets/', 404, 'application/problem+json'],
  ])('%s is answered as programs expect it, to a browser too', async (path, status, type) => {
    const answer = await open(nobody, path)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, `${type}; charset=utf-8`])
  })

  test('whoever does not ask for HTML is told of an unknown address as programs are, and of a page by the page', async () => {
    const [unknown, page] = [await registry.anonymous.get('/nowhere'), await registry.anonymous.get('/modules')]

    expect(unknown.json.code).toBe('route-not-found')
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  })

  test('an API key opens pages as a session does, and a bad one nothing', async () => {
    const asKey = (token: string) => open(nobody, '/modules/closed/vpc/aws', { authorization: `Bearer ${token}` })

    const [good, bad] = [await asKey(registry.adminToken), await asKey('tfr_nonsense')]

    expect([good.status, dataOf(good).caller.kind, good.headers.get('cache-control')]).toEqual([
      200,
      'api-key',
      'private, no-store',
    ])
    expect([bad.status, titleOf(bad)]).toEqual([401, 'Sign in'])
  })
})

describe('what is in a page', () => {
  test('the first answers, by what was asked, and who asks', async () => {
    const page = dataOf(await open(member, '/modules/closed/vpc/aws'))
    const versions = await member.get('/api/v1/modules/closed/vpc/aws/versions')

    expect(page.answers['/api/v1/modules/closed/vpc/aws/versions']).toEqual(versions.json)
    expect(Object.keys(page.answers)).toContain('/api/v1/modules/closed/vpc/aws')
    expect(page.caller).toEqual((await member.get('/api/v1/whoami')).json)
    expect(page.host).toBe(new URL(registry.app.config.server.base_url).host)
  })

  test('a question beside the first that is refused is told, and breaks nothing', async () => {
    const provider = 'registry.opentofu.org/open/random'
    const answer = await open(nobody, `/mirror/${provider}?version=9.9.9`)

    expect(answer.status).toBe(200)
    expect(Object.values(dataOf(answer).refused)).toMatchObject([{ status: 404 }])
  })

  test.each(['files/none.tf', 'submodules/none', 'examples/none'])(
    '%s of a module is not there, and the module around it is told',
    async (path) => {
      const answer = await open(member, `/modules/closed/vpc/aws/${path}`)

      expect([answer.status, titleOf(answer)]).toEqual([404, 'Not found'])
      expect(dataOf(answer)).toMatchObject({
        status: 404,
        problem: { status: 404 },
        answers: { '/api/v1/modules/closed/vpc/aws/1.0.0': { version: '1.0.0' } },
      })
    },
  )

  test('is shown without scripts too: heading, how to use it, and the same as Markdown', async () => {
    const { text } = await open(nobody, '/modules/open/vpc/aws')
    const plain = text.slice(text.indexOf('<h1>'), text.indexOf('</main>'))

    expect(plain).toContain('<h1>open/vpc/aws 1.0.0</h1>')
    expect(plain).toMatch(/<pre><code>[^<]*module &quot;vpc&quot; \{/)
    expect((await nobody.get(/href="([^"]+\.md)"/.exec(plain)![1]!)).status).toBe(200)
  })

  test.each([
    '</script><script>alert(1)</script>',
    '<!--<script>',
    '--><img src=x onerror=alert(1)>',
    '\u2028\u2029"\\u003c',
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
  ])('%j is text wherever it comes to stand', async (payload) => {
    await registry.sql('update modules set description = $1', [payload])
    await registry.sql('update module_versions set description = $1', [payload])
    const pages = [
      await open(nobody, '/modules/open/vpc/aws'),
      await open(nobody, `/search?q=${encodeURIComponent(payload)}`),
    ]

    const [module, search] = pages as [Answer, Answer]
    expect(dataOf(module).answers['/api/v1/modules/open/vpc/aws'].description).toBe(payload)
    expect(titleOf(search)).not.toMatch(/[<"]/)
    for (const { text } of pages) {
      const script =
        /^<script nonce="[^"]+">|^<script type="module" src="[^"]+">|^<script type="application\/json" id="page">/
      for (const [start] of text.matchAll(/<script.*/g)) expect(start).toMatch(script)
      expect(text).not.toMatch(/<(?:img|svg|!--)/)
      expect(/<script type="application\/json" id="page">(.*?)<\/script>/s.exec(text)![1]).not.toMatch(
        /[<>\u2028\u2029]/,
      )
      // Values of attributes stand between quotation marks, and have none.
      const tags = text.replace(/<script.*?<\/script>/gs, '').replace(/="[^"]*"/g, '')
      expect(tags).not.toMatch(/<[^>]*(?: on\w+\b|["'=])[^<]*>/)
    }
  })
})

describe('a public page', () => {
  test('is not sent again while it is the same, though each answer has a nonce of its own', async () => {
    const [one, two] = [await open(nobody, '/modules/open/vpc/aws'), await open(nobody, '/modules/open/vpc/aws')]
    const etag = one.headers.get('etag')!
    const [again, asMember] = [
      await open(nobody, '/modules/open/vpc/aws', { 'if-none-match': etag }),
      await open(member, '/modules/open/vpc/aws', { 'if-none-match': etag }),
    ]
    await registry.sql("update modules set description = 'Another one'")
    const changed = await open(nobody, '/modules/open/vpc/aws', { 'if-none-match': etag })

    expect(two.headers.get('etag')).toBe(etag)
    expect(two.headers.get('content-security-policy')).not.toBe(one.headers.get('content-security-policy'))
    // Without a policy: the one that was kept with the page has the nonce of that page.
    expect([again.status, again.headers.get('content-security-policy')]).toEqual([304, null])
    expect([asMember.status, asMember.headers.get('etag'), changed.status]).toEqual([200, null, 200])
  })

  test('is compressed, and answered to HEAD as to GET', async () => {
    const plain = await open(nobody, '/modules/open/vpc/aws')
    const zipped = await open(nobody, '/modules/open/vpc/aws', { 'accept-encoding': 'gzip' })
    const head = await nobody.send('HEAD', '/modules/open/vpc/aws', undefined, asBrowser)

    expect(zipped.headers.get('content-encoding')).toBe('gzip')
    expect(zipped.headers.get('etag')).toBe(plain.headers.get('etag'))
    expect([head.status, head.headers.get('etag'), head.text]).toEqual([200, plain.headers.get('etag'), ''])
  })

  test('is one request: what it asks of the API is counted nowhere, and leaves no trace', async () => {
    const counted = async () => {
      const text = await registry.app.metrics.registry.metrics()
      const lines = text.split('\n').filter((line) => /^\w+_requests?_\w*(total|count)\b/.test(line))
      return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0)
    }
    const [before, refused] = [await counted(), await registry.facts('refused')]

    await open(stranger, '/modules/closed/vpc/aws')
    const once = (await counted()) - before
    await member.get('/api/v1/whoami')

    expect(once).toBe((await counted()) - before - once)
    expect(once).toBeGreaterThan(0)
    expect(await registry.facts('refused')).toEqual(refused)
  })
})

describe('the files of the web', () => {
  const names = ({ text }: Answer) => [...text.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, name]) => name!)

  test('are named by the page, kept for good, and compressed when they were built', async ({ skip }) => {
    const wanted = names(await open(nobody, '/modules/open/vpc/aws'))
    if (wanted.length === 0) skip('the web is not built')

    expect(wanted.filter((name) => name.endsWith('.woff2'))).toHaveLength(2)
    for (const name of wanted) {
      const [plain, zipped, brotli] = [
        await open(nobody, name),
        await open(nobody, name, { 'accept-encoding': 'gzip' }),
        await open(nobody, name, { 'accept-encoding': 'gzip, br' }),
      ]
      const etag = brotli.headers.get('etag')!
      const [head, again] = [
        await nobody.send('HEAD', name, undefined, asBrowser),
        await open(nobody, name, { 'accept-encoding': 'gzip, br', 'if-none-match': etag }),
      ]

      const isText = !name.endsWith('.woff2')
      expect([plain.status, head.status, again.status, head.text]).toEqual([200, 200, 304, ''])
      expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect([plain, zipped, brotli].map(({ headers }) => headers.get('content-encoding'))).toEqual(
        isText ? [null, 'gzip', 'br'] : [null, null, null],
      )
      expect([zipped.text, brotli.text]).toEqual([plain.text, plain.text])
      expect(plain.headers.get('content-type')).toMatch(/^(text\/(css|javascript); charset=utf-8|font\/woff2)$/)
      expect(plain.headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  test('lend their faces to the form to sign in', async ({ skip }) => {
    const [sheet] = names(await open(nobody, '/login'))
    const style = await open(nobody, sheet!)

    expect(style.text).toContain('url("sans.woff2")')
    if (names(await open(nobody, '/')).length === 0) skip('the web is not built')
    const font = await open(nobody, '/assets/sans.woff2')
    expect([font.status, font.headers.get('content-type')]).toEqual([200, 'font/woff2'])
    expect(font.headers.get('cache-control')).toBe('public, max-age=86400')
  })
})

test.each([
  ['/robots.txt', 'text/plain; charset=utf-8', /^User-agent: \*\nDisallow: \/api\n/],
  ['/opensearch.xml', 'application/opensearchdescription+xml', /template="[^"]+\/search\?q=\{searchTerms\}"/],
  ['/favicon.svg', 'image/svg+xml', /^<svg /],
  ['/llms.txt', 'text/plain; charset=utf-8', /^# Cadastre at /],
])('%s is there for programs', async (path, type, text) => {
  const answer = await registry.anonymous.get(path)

  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type])
  expect(answer.text).toMatch(text)
})
