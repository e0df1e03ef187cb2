/** The search down to what is inside of modules and in the documentation, through its doors. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tarGz } from '../../../test/archives.ts'
import { type Client, expectStatus } from '../../../test/client.ts'
import { knownModule } from '../../../test/known-module.ts'
import { startRegistry, type TestRegistry } from '../../../test/registry.ts'

let registry: TestRegistry
let stranger: Client
beforeAll(async () => {
  registry = await startRegistry({ env: { TFR_MULTI_TENANCY_ENABLED: 'true' } })
  const { admin, given } = registry
  await given.namespace('acme')
  await given.namespace('secret', 'private')
  expectStatus(await admin.publishModule('acme/vpc/aws', '1.0.0', tarGz(knownModule)), 201)
  expectStatus(
    await admin.publishModule('secret/safe/aws', '1.0.0', tarGz({ 'main.tf': inputs('cidr', 'vault_cidr') })),
    201,
  )
  expectStatus(
    await admin.publishModule(
      'acme/peering/aws',
      '1.0.0',
      tarGz({ 'main.tf': inputs('peer_cidr', 'cidrs', 'VPC-Id') }),
    ),
    201,
  )
  stranger = registry.as(await given.key(['modules:read'], { namespaces: ['acme'] }))
})
afterAll(() => registry.stop())

const inputs = (...names: string[]) => names.map((name) => `variable "${name}" {}`).join('\n')

type Part = {
  kind: string
  name: string
  page: string
  module: string | null
  match: string
  about: string
  folder: string
}
type Group = { kind: string; total: { count: number; isEstimate: boolean }; items: Part[] }

const groups = async (q: string, client: Client = registry.admin): Promise<Group[]> =>
  expectStatus(await client.get(`/api/v1/search/groups?q=${encodeURIComponent(q)}`), 200).json.groups
const kinds = async (q: string, client?: Client) =>
  (await groups(q, client)).map(({ kind, total }) => [kind, total.count])
const parts = async (q: string, more = '', client: Client = registry.admin) =>
  expectStatus(await client.get(`/api/v1/search/parts?q=${encodeURIComponent(q)}${more}`), 200).json
const pagesOf = async (q: string, client?: Client): Promise<string[]> =>
  (await parts(q, '', client)).items.map(({ page }: Part) => page)

describe('what is found', () => {
  test.each([
    ['resource', 'aws_vpc'],
    ['data', 'aws_region'],
  ])('a %s by the address that is shown of it', async (kind, type) => {
    const [shown] = (await parts(`kind:${kind} ${type}`)).items
    const found = await parts(shown.name, `&kind=${kind}`)

    expect(shown.name).toContain(`${type}.`)
    expect(found.items).toEqual([shown])
    expect(found.hints).toEqual([expect.stringContaining('found by their type')])
    expect((await groups(shown.name)).find((group) => group.kind === kind)?.items).toEqual([shown])
  })

  test('exact names first, then beginnings, then later words, each with its own address', async () => {
    const { items, total } = await parts('kind:input cidr')

    expect(total).toEqual({ count: 5, isEstimate: false })
    expect(items.map(({ module, name, match }: Part) => `${module} ${name} ${match}`)).toEqual([
      'secret/safe/aws cidr name',
      'acme/vpc/aws cidr name',
      'acme/peering/aws cidrs prefix',
      'acme/peering/aws peer_cidr words',
      'secret/safe/aws vault_cidr words',
    ])
    expect(items[1]).toMatchObject({
      kind: 'input',
      page: '/modules/acme/vpc/aws/inputs#input-cidr',
      version: '1.0.0',
      folder: '',
      about: 'string \u00b7 Where the network lies | in the plan.',
    })
  })

  test('each kind leads to where it stands', async () => {
    expect(await pagesOf('kind:output vpc_id')).toEqual(['/modules/acme/vpc/aws/outputs#output-vpc_id'])
    expect(await pagesOf('kind:resource aws_vpc')).toEqual(['/modules/acme/vpc/aws/resources#resource-aws_vpc.this'])
    expect(await pagesOf('kind:data region')).toEqual([
      '/modules/acme/vpc/aws/resources#resource-data.aws_region.current',
    ])
    expect(await pagesOf('kind:submodule subnets')).toEqual(['/modules/acme/vpc/aws/submodules/subnets'])
    expect(await pagesOf('kind:input vpc-id')).toEqual(['/modules/acme/peering/aws/inputs#input-VPC-Id'])
  })

  test('some words may be those of the module', async () => {
    expect(await pagesOf('kind:input acme cidr vpc')).toEqual(['/modules/acme/vpc/aws/inputs#input-cidr'])
    expect(await pagesOf('kind:input acme/vpc/aws cidr')).toEqual(['/modules/acme/vpc/aws/inputs#input-cidr'])
    expect(await pagesOf('kind:input acme aws')).toEqual([])
  })

  test('keys narrow to modules, and the own key of a kind names it as a whole', async () => {
    expect(await pagesOf('kind:input cidr ns:secret')).toEqual([
      '/modules/secret/safe/aws/inputs#input-cidr',
      '/modules/secret/safe/aws/inputs#input-vault_cidr',
    ])
    expect(await pagesOf('kind:input cidr -vault ns:secret')).toEqual(['/modules/secret/safe/aws/inputs#input-cidr'])
    expect((await parts('kind:input input:cidr')).items.map(({ module }: Part) => module).sort()).toEqual([
      'acme/vpc/aws',
      'secret/safe/aws',
    ])
    expect(await pagesOf('kind:input "vault cidr"')).toEqual(['/modules/secret/safe/aws/inputs#input-vault_cidr'])
  })

  test('the first few of every kind that has any, and how many there are', async () => {
    const [submodules, ...others] = await groups('subnets')

    expect(submodules).toMatchObject({ kind: 'submodule', total: { count: 1 }, items: [{ folder: 'modules/subnets' }] })
    expect(others.map(({ kind }) => kind)).toContain('input')
    expect((await groups('cidr')).find(({ kind }) => kind === 'input')).toMatchObject({
      total: { count: 5 },
      items: { length: 3 },
    })
    expect(await kinds('kind:input subnets')).toEqual([['input', 1]])
    expect(await kinds('kind:module subnets')).toEqual([])
  })

  test('page by page nothing comes twice and nothing is missing', async () => {
    const found: string[] = []
    for (let cursor = ''; ; ) {
      const { items, next } = await parts('cidr', `&kind=input&limit=2${cursor && `&cursor=${cursor}`}`)
      found.push(...items.map(({ page }: Part) => page))
      if (next === null) break
      cursor = next
    }

    expect(found).toEqual(await pagesOf('kind:input cidr'))
  })

  test('the newest version is what counts', async () => {
    expectStatus(
      await registry.admin.publishModule('acme/turning/aws', '1.0.0', tarGz({ 'main.tf': inputs('before_it') })),
      201,
    )
    expect(await pagesOf('kind:input before_it')).toHaveLength(1)

    expectStatus(
      await registry.admin.publishModule('acme/turning/aws', '1.1.0', tarGz({ 'main.tf': inputs('after_it') })),
      201,
    )

    expect(await pagesOf('kind:input before_it')).toEqual([])
    expect(await parts('kind:input after_it')).toMatchObject({ items: [{ version: '1.1.0' }] })
  })
})

describe('the documentation', () => {
  test('has its pages, and a code of the error catalogue its own', async () => {
    const { items } = await parts('kind:doc sign-in-needed')

    expect(items[0]).toMatchObject({
      kind: 'doc',
      name: 'sign-in-needed',
      page: '/docs/errors/sign-in-needed',
      module: null,
      match: 'name',
    })
    expect((await pagesOf('kind:doc configuration', registry.anonymous))[0]).toBe('/docs/configuration')
  })

  test('comes page by page', async () => {
    const { items, next, total } = await parts('token', '&kind=doc&limit=5')

    expect(total).toEqual({ count: expect.any(Number), isEstimate: false })
    const more = (await parts('token', `&kind=doc&limit=100&cursor=${next}`)).items
    expect(new Set([...items, ...more].map(({ page }: Part) => page)).size).toBe(Math.min(105, total.count))
    expect((await registry.admin.get('/api/v1/search/parts?q=token&kind=doc&cursor=WyJ4Il0')).json.code).toBe(
      'cursor-invalid',
    )
  })

  test('is left out where a search is narrowed to what it has not', async () => {
    expect((await kinds('configuration')).map(([kind]) => kind)).toContain('doc')
    expect((await kinds('configuration ns:acme')).map(([kind]) => kind)).not.toContain('doc')
    expect((await kinds('configuration -kind:doc')).map(([kind]) => kind)).not.toContain('doc')
  })
})

describe('who finds what', () => {
  test('what may not be read is neither shown nor counted', async () => {
    const inputsOf = async (client: Client) =>
      (await groups('cidr', client)).find(({ kind }) => kind === 'input')?.total.count

    expect(await inputsOf(registry.admin)).toBe(5)
    expect(await inputsOf(stranger)).toBe(3)
    expect(await inputsOf(registry.anonymous)).toBe(3)
    expect(await pagesOf('kind:input vault_cidr', stranger)).toEqual([])
    expect(await pagesOf('kind:input vault_cidr', registry.anonymous)).toEqual([])
  })

  test('what becomes private is gone from the next search', async () => {
    await registry.given.namespace('turned')
    expectStatus(
      await registry.admin.publishModule('turned/one/aws', '1.0.0', tarGz({ 'main.tf': inputs('turned_away') })),
      201,
    )
    expect(await pagesOf('kind:input turned_away', registry.anonymous)).toHaveLength(1)

    await registry.admin.send('PATCH', '/api/v1/namespaces/turned', { visibility: 'private' })

    expect(await pagesOf('kind:input turned_away', registry.anonymous)).toEqual([])
    expect(await pagesOf('kind:input turned_away')).toHaveLength(1)
  })

  test('what is deleted is gone', async () => {
    expectStatus(
      await registry.admin.publishModule('acme/leaving/aws', '1.0.0', tarGz({ 'main.tf': inputs('leaving_it') })),
      201,
    )
    expect(await pagesOf('kind:input leaving_it')).toHaveLength(1)

    await registry.admin.send('DELETE', '/api/v1/modules/acme/leaving/aws/1.0.0')

    expect(await pagesOf('kind:input leaving_it')).toEqual([])
  })
})

describe('what is no question', () => {
  test('without a kind there is no list', async () => {
    const { status, json } = await registry.admin.get('/api/v1/search/parts?q=cidr')

    expect([status, json.code]).toEqual([422, 'part-kind-needed'])
    expect((await registry.admin.get('/api/v1/search/parts?q=kind:advisory%20x')).json.code).toBe('part-kind-needed')
    expect((await registry.admin.get('/api/v1/search/parts?kind=module')).status).toBe(400)
  })

  test('a cursor of another list is refused', async () => {
    const { next } = expectStatus(await registry.admin.get('/api/v1/search?limit=1'), 200).json

    for (const cursor of [next, 'nonsense', Buffer.from('["1"]').toString('base64url')])
      expect((await registry.admin.get(`/api/v1/search/parts?kind=input&q=cidr&cursor=${cursor}`)).json.code).toBe(
        'cursor-invalid',
      )
  })

  test('a kind alone asks for a word', async () => {
    expect(await parts('kind:input')).toMatchObject({
      items: [],
      hints: ['Type a word of the name beside kind:input.'],
    })
  })
})
