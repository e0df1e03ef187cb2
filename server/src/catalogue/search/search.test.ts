/** The search through its door: what is published here and what is known of other registries, in one list. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenCatalogue } from '../../../test/catalogue/given.ts'
import type { Client } from '../../../test/client.ts'
import { startRegistry, type TestRegistry } from '../../../test/registry.ts'
import { transaction } from '../../foundation/database/database.ts'
import { learnTerms } from '../../learnt/terms.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry({ env: { TFR_MULTI_TENANCY_ENABLED: 'true' } })
  await registry.given.namespace('acme')
  await registry.given.namespace('secret', 'private')
  await registry.admin.publishModule('acme/vpc/aws', '1.0.0')
  await registry.admin.publishModule('acme/vpc/aws', '1.1.0-rc.1')
  await registry.admin.publishModule('secret/vault/aws', '1.0.0')
  await givenCatalogue(registry, [
    {
      address: 'terraform-aws-modules/vpc/aws',
      popularity: 3000,
      downloads: 500,
      description: 'Networks and gateways',
    },
    { address: 'forks/vpc/aws', popularity: 9000, forkOf: 'terraform-aws-modules/vpc/aws' },
    { address: 'old/vpc/aws', popularity: 9000, archived: true },
    { address: 'worn/vpc/aws', popularity: 9000, deprecated: true },
    { address: 'quiet/vpc/aws' },
    { address: 'none/vpc/aws', popularity: 0 },
    { address: 'checked/vpc/aws', popularity: 1, verified: true },
    { address: 'vpcs/network/google', popularity: 5, downloads: 900, description: 'Where one vpc meets another' },
    { address: 'hashicorp/vault', popularity: 450, description: 'Secrets' },
  ])
})
afterAll(() => registry.stop())

const search = async (q: string, more = '', client: Client = registry.admin) => {
  const { status, json } = await client.get(`/api/v1/search?q=${encodeURIComponent(q)}${more}`)
  expect(status).toBe(200)
  return json
}
const total = async (q: string, client?: Client): Promise<number> => (await search(q, '', client)).total.count
const addresses = async (q: string, more = '', client?: Client): Promise<string[]> =>
  (await search(q, more, client)).items.map(({ address }: { address: string }) =>
    address.replace('registry.opentofu.org/', ''),
  )

test('what an import writes is found soon after', () => expect.poll(() => total('origin:catalogued')).toBe(9))

describe('what is found', () => {
  test('a module of ours has its newest version that is no prerelease, and no hostname', async () => {
    const { items } = await search('acme/vpc/aws')

    expect(items[0]).toMatchObject({
      kind: 'module',
      address: 'acme/vpc/aws',
      hostname: null,
      system: 'aws',
      version: '1.0.0',
      origin: 'published',
      visibility: 'public',
      deprecated: false,
      match: 'address',
      updatedAt: expect.stringMatching(/^20/),
    })
  })

  test('one of another registry says whose it is, and no date when nobody knows any', async () => {
    const { items } = await search('terraform-aws-modules/vpc')

    expect(items[0]).toMatchObject({
      address: 'registry.opentofu.org/terraform-aws-modules/vpc/aws',
      hostname: 'registry.opentofu.org',
      origin: 'catalogued',
      popularity: 3000,
      downloads: 500,
      updatedAt: null,
    })
  })

  test('with its hostname an address means that registry alone', async () => {
    const { host } = new URL(registry.app.config.server.base_url)

    expect(await addresses(`${host}/acme/vpc/aws`)).toEqual(['acme/vpc/aws'])
    expect((await search('localhost:8080/acme/vpc')).hints).toEqual([])
    expect(await addresses('registry.opentofu.org/acme/vpc/aws')).toEqual([])
    expect(await addresses('registry.opentofu.org/quiet/vpc/aws')).toEqual(['quiet/vpc/aws'])
  })

  test('modules and providers together, or one kind of them', async () => {
    expect(await addresses('vault')).toEqual(['secret/vault/aws', 'hashicorp/vault'])
    expect(await addresses('vault', '&type=provider')).toEqual(['hashicorp/vault'])
    expect((await registry.admin.get('/api/v1/modules/search?q=vault')).json.items).toHaveLength(1)
  })

  test('by namespace, and by target system', async () => {
    expect(await addresses('', '&namespace=acme')).toEqual(['acme/vpc/aws'])
    expect(await addresses('', '&provider=google')).toEqual(['vpcs/network/google'])
    expect(await addresses('', '&provider=vault')).toEqual(['hashicorp/vault'])
  })

  test('what is learnt of a module, by its key and by the bare word', async () => {
    const [row] = await registry.sql(`select id from modules where hostname = 'self' and name = 'vpc'`)
    const all = (await search('kind:module')).total.count
    expect((await search('resource:aws_subnet')).hints).toEqual([`Resources are known for 2 of ${all} modules.`])
    expect((await search('license:mit')).hints).toEqual([`Licences are known for 2 of ${all} modules.`])
    expect((await search('uses:acme/vpc/aws')).hints).toEqual([`Calls are known for 2 of ${all} modules.`])
    expect((await search('provider:aws')).hints).toEqual([
      `Required providers are known for 2 of ${all} modules, the others by target system.`,
    ])

    await transaction(registry.app.db, (tx) =>
      learnTerms(tx, { kind: 'module', id: row.id, field: 'resource', terms: ['aws_vpc', 'aws_subnet'] }),
    )

    await expect.poll(() => addresses('resource:aws_vpc')).toEqual(['acme/vpc/aws'])
    expect(await addresses('aws_subnet')).toEqual(['acme/vpc/aws'])
    expect(await addresses('resource:aws_route')).toEqual([])
  })
})

describe('the order', () => {
  test('ours first, then the verified, then by popularity, the unknown last; forks, archived and deprecated below', async () => {
    expect(await addresses('vpc')).toEqual([
      'acme/vpc/aws',
      'checked/vpc/aws',
      'terraform-aws-modules/vpc/aws',
      'none/vpc/aws',
      'quiet/vpc/aws',
      'forks/vpc/aws',
      'old/vpc/aws',
      'worn/vpc/aws',
      'vpcs/network/google',
    ])
  })

  test('by downloads or popularity, when asked for', async () => {
    expect((await addresses('vpc', '&sort=downloads')).slice(0, 2)).toEqual([
      'vpcs/network/google',
      'terraform-aws-modules/vpc/aws',
    ])
    expect((await addresses('vpc', '&sort=popularity')).slice(0, 2)).toEqual(['forks/vpc/aws', 'old/vpc/aws'])
    expect((await addresses('vpc', '&sort=updated'))[0]).toBe('acme/vpc/aws')
  })

  test('page by page nothing comes twice and nothing is missing', async () => {
    for (const sort of ['relevance', 'popularity', 'downloads', 'updated']) {
      const found: string[] = []
      let next = ''
      do {
        const page = await search('vpc', `&limit=2&sort=${sort}${next && `&cursor=${next}`}`)
        found.push(...page.items.map(({ address }: { address: string }) => address))
        next = page.next
        expect(page.total).toEqual({ count: 9, isEstimate: false })
      } while (next)

      expect([found.length, new Set(found).size]).toEqual([9, 9])
    }
  })

  test('a cursor of another order, or of nobody, is refused', async () => {
    const { next } = await search('vpc', '&limit=2')

    for (const cursor of [`${next}&sort=updated`, 'abc', Buffer.from('["9"]').toString('base64url')])
      expect((await registry.admin.get(`/api/v1/search?q=vpc&cursor=${cursor}`)).json.code).toBe('cursor-invalid')
  })
})

describe('how a query is understood', () => {
  test('a typo is forgiven after all that is written so, and named', async () => {
    expect(await search('vualt')).toMatchObject({ didYouMean: 'vault', items: [{ match: 'typo' }, { match: 'typo' }] })
    expect(await search('gatewys networks')).toMatchObject({
      didYouMean: 'gateways networks',
      items: [{ match: 'typo' }],
    })
    const { didYouMean, items } = await search('vpcs')
    expect(didYouMean).toBe('vpc')
    expect(items.map(({ match }: { match: string }) => match)).toEqual(['namespace', ...Array(8).fill('typo')])
    expect((await search('vpc')).didYouMean).toBeUndefined()
  })

  test('phrases, exclusions and keys', async () => {
    expect(await addresses('"vpc meets"')).toEqual(['vpcs/network/google'])
    expect(await addresses('"meets vpc"')).toEqual([])
    expect(await addresses('vpc -aws')).toEqual(['vpcs/network/google'])
    expect(await addresses('vpc verified:yes')).toEqual(['checked/vpc/aws'])
    expect(await addresses('vpc state:deprecated')).toEqual(['worn/vpc/aws'])
    expect(await addresses('origin:published ns:acme')).toEqual(['acme/vpc/aws'])
    expect(await addresses('kind:provider -ns:hashicorp')).toEqual([])
  })

  test('an unknown key is searched as text, and the known ones are named', async () => {
    const { items, hints } = await search('gateways:networks')

    expect(items).toHaveLength(1)
    expect(hints[0]).toContain('There is no key gateways: here, so it was searched as text. Keys: kind, ns, system')
  })

  test.each([
    ['uses:acme/vpc/aws', 'Calls are known for'],
    ['license:MIT', 'Licences are known for'],
    ['kind:submodule', 'has a list of its own: GET /api/v1/search/parts'],
    ['kind:function', 'Nothing is known of kind:function yet'],
    ['kind:thing', 'kind: takes module, provider, submodule'],
    ['acme/vpc/aws@<2.1.4', 'Versions are not searched: <2.1.4 was left out'],
    ['CVE-2024-1234', 'No advisories are known yet'],
  ])('%s says what it cannot tell', async (q, hint) => {
    expect((await search(q)).hints.join()).toContain(hint)
  })
})

describe('where nothing is found', () => {
  const offers = async (q: string, client?: Client): Promise<[string, string, string[]][]> =>
    ((await search(q, '', client)).offers ?? []).map(
      ({ kind, q, items }: { kind: string; q: string; items: { address: string }[] }) => [
        kind,
        q,
        items.map(({ address }) => address.replace('registry.opentofu.org/', '')),
      ],
    )

  test('the same for other systems, and what has that name elsewhere', async () => {
    expect(await offers('acme/vpc/google')).toEqual([
      ['other-systems', 'acme/vpc', ['acme/vpc/aws']],
      ['elsewhere', 'vpc google', ['vpcs/network/google']],
    ])
    expect((await offers('network system:aws ns:vpcs'))[0]).toEqual([
      'other-systems',
      'network ns:vpcs',
      ['vpcs/network/google'],
    ])
    expect(await offers('acme/network/google')).toEqual([['elsewhere', 'network google', ['vpcs/network/google']]])
    expect(await offers('vault origin:published kind:provider')).toEqual([
      ['elsewhere', 'vault kind:provider', ['hashicorp/vault']],
    ])
  })

  test('nothing is offered that the caller may not read, or that would find nothing either', async () => {
    expect(await offers('secret/vault/google', registry.anonymous)).toEqual([])
    expect(await offers('no-such-thing')).toEqual([])
    expect((await search('vpc')).offers).toBeUndefined()
  })
})

describe('who finds what', () => {
  test('what is private or internal is neither shown nor counted', async () => {
    const reader = registry.as(await registry.given.key(['modules:read'], { namespaces: ['acme'] }))

    expect(await addresses('', '', registry.anonymous)).toEqual(['acme/vpc/aws'])
    expect(await total('', registry.anonymous)).toBe(1)
    expect(await total('vault', registry.anonymous)).toBe(0)
    expect(await search('vualt', '', registry.anonymous)).toMatchObject({ items: [], total: { count: 0 } })
    expect(await total('', reader)).toBe(1)
  })

  test('a namespace that becomes private is gone from the next search', async () => {
    await registry.given.namespace('changing')
    await registry.admin.publishModule('changing/queue/aws', '1.0.0')
    expect(await total('queue', registry.anonymous)).toBe(1)

    await registry.admin.send('PATCH', '/api/v1/namespaces/changing', { visibility: 'private' })

    expect(await total('queue', registry.anonymous)).toBe(0)
    expect(await total('queue')).toBe(1)
  })

  test('a catalogued namespace that becomes public is found by everybody', async () => {
    await registry.sql(`insert into catalogue_namespaces values ('registry.opentofu.org', 'quiet', 'public')`)
    registry.app.changes.apply(['catalogue:registry.opentofu.org'])

    await expect.poll(() => addresses('quiet', '', registry.anonymous)).toEqual(['quiet/vpc/aws'])
  })
})

describe('what is shown from memory', () => {
  test('what becomes private in a catalogue is on no page from then on', async () => {
    await expect.poll(() => addresses('checked/vpc', '', registry.anonymous)).not.toContain('checked/vpc/aws')
    await setVisibility('public')
    await expect.poll(() => addresses('checked/vpc', '', registry.anonymous)).toContain('checked/vpc/aws')

    await setVisibility('private')

    expect(await addresses('checked/vpc', '', registry.anonymous)).not.toContain('checked/vpc/aws')
  })

  test('a new version is shown from the next search on', async () => {
    const version = async () => (await search('acme/memory/aws')).items[0].version
    await registry.admin.publishModule('acme/memory/aws', '1.0.0')
    expect([await version(), await version()]).toEqual(['1.0.0', '1.0.0'])

    await registry.admin.publishModule('acme/memory/aws', '1.1.0')

    expect(await version()).toBe('1.1.0')
  })

  async function setVisibility(visibility: string) {
    await registry.sql(`insert into catalogue_namespaces values ('registry.opentofu.org', 'checked', '${visibility}')
      on conflict (hostname, namespace) do update set visibility = excluded.visibility`)
    registry.app.changes.apply(['catalogue:registry.opentofu.org'])
  }
})

describe('how many are of each kind', () => {
  const facets = async (q: string, client?: Client): Promise<Record<string, Record<string, number>>> =>
    Object.fromEntries(
      (await search(q, '&facets=true', client)).facets.map(
        ({ key, values }: { key: string; values: { value: string; count: number }[] }) => [
          key,
          Object.fromEntries(values.map(({ value, count }) => [value, count])),
        ],
      ),
    )

  test('is said of all hits to who asks, by the keys that narrow to them', async () => {
    const { system, ns, kind, ...others } = await facets('vpc')

    expect(system).toMatchObject({ google: 1 })
    expect(kind).toEqual({ module: await total('vpc') })
    expect(ns).toMatchObject({ acme: 1, forks: 1 })
    for (const [key, counts] of Object.entries({ system, ns, kind, ...others }))
      for (const [value, count] of Object.entries(counts as Record<string, number>))
        expect([key, value, await total(`vpc ${key}:${value}`)]).toEqual([key, value, count])
    expect(await search('vpc')).not.toHaveProperty('facets')
  })

  test('is said of licences by their ids, where they are known', async () => {
    const [row] = await registry.sql(`select id from modules where hostname = 'self' and name = 'vpc'`)
    expect((await facets('vpc')).license).toEqual({})

    await transaction(registry.app.db, (tx) =>
      learnTerms(tx, { kind: 'module', id: row.id, field: 'license', terms: ['Apache-2.0'] }),
    )

    await expect.poll(() => facets('vpc').then(({ license }) => license)).toEqual({ 'Apache-2.0': 1 })
    expect(await addresses('vpc license:Apache-2.0')).toEqual(['acme/vpc/aws'])
  })

  test('counts nothing that the caller may not read', async () => {
    expect((await facets('vault')).ns).toMatchObject({ secret: 1 })
    expect((await facets('vault', registry.anonymous)).ns).toEqual({})
    expect((await facets('', registry.anonymous)).ns).not.toHaveProperty('secret')
    expect((await facets('')).ns).toHaveProperty('secret')
  })

  test('counts what is found by a typo', async () => {
    expect((await facets('vualt')).ns).toMatchObject({ hashicorp: 1 })
  })
})

describe('what changes', () => {
  test('what is deleted leaves with its last version, and comes back with it', async () => {
    await registry.admin.publishModule('acme/cache/aws', '1.0.0')
    expect(await addresses('cache')).toEqual(['acme/cache/aws'])

    await registry.admin.send('DELETE', '/api/v1/modules/acme/cache/aws/1.0.0')
    expect(await addresses('cache')).toEqual([])

    await registry.admin.send('POST', '/api/v1/modules/acme/cache/aws/1.0.0/restore')
    expect(await addresses('cache')).toEqual(['acme/cache/aws'])
  })

  test('what leaves its source leaves the search', async () => {
    await registry.sql(`update modules set gone_at = now(), updated_at = now() where namespace = 'none'`)
    registry.app.changes.apply(['catalogue:registry.opentofu.org'])

    await expect.poll(() => addresses('none/vpc/aws')).not.toContain('none/vpc/aws')
  })

  test('what is revoked is shown to those who ask for it', async () => {
    await registry.admin.publishModule('acme/worn-out/aws', '1.0.0')
    await registry.sql(`update module_versions set state = 'revoked'
      where module_id = (select id from modules where name = 'worn-out')`)
    registry.app.changes.apply(['module:acme/worn-out/aws'])

    expect(await addresses('worn-out')).toEqual([])
    expect(await addresses('worn-out state:revoked')).toEqual(['acme/worn-out/aws'])
  })
})
