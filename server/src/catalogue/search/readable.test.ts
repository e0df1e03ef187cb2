/** For any caller the search has what they may read, as if each hit were asked about one by one. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenCatalogue } from '../../../test/catalogue/given.ts'
import { startRegistry, type TestRegistry } from '../../../test/registry.ts'
import { type Caller, system } from '../../access/caller.ts'
import { may, type NamespaceRights } from '../../access/permit.ts'
import { createMetrics } from '../../foundation/metrics.ts'
import { type Found, type ShownHit, search } from './search.ts'
import { openSearchIndex, type SearchIndex } from './search-index.ts'

const namespaces = ['one', 'two', 'three'].flatMap((organization) =>
  (['private', 'internal', 'public'] as const).map((visibility) => ({
    name: `${organization}-${visibility}`,
    organization,
    visibility,
  })),
)

let registry: TestRegistry
let index: SearchIndex
let organizationIds: string[]
beforeAll(async () => {
  registry = await startRegistry({ env: { TFR_MULTI_TENANCY_ENABLED: 'true' } })
  for (const name of ['one', 'two', 'three']) await registry.given.organization(name)
  for (const { name, visibility, organization } of namespaces) {
    await registry.given.namespace(name, visibility, organization)
    await registry.admin.publishModule(`${name}/vpc/aws`, '1.0.0')
  }
  for (const visibility of ['private', 'internal', 'public'] as const)
    await givenCatalogue(registry, [{ address: 'pool/vpc/aws' }, { address: 'pool/vpc' }], {
      hostname: `${visibility}.example.com`,
      visibility,
    })
  organizationIds = (await registry.sql('select id from organizations')).map(({ id }) => id)
  index = openSearchIndex({ ...registry.app, metrics: createMetrics('test') })
})
afterAll(() => registry.stop())

test('total and hits are those that may be read, and no others', async () => {
  const all = await searchAs(system)
  expect(all.count).toBe(namespaces.length + 6)

  await fc.assert(
    fc.asyncProperty(anyGrants(), async (grants) => {
      const caller: Caller = { kind: 'api-key', id: 'x', name: 'x', grants }
      const readable = all.hits.filter((hit) => may(caller, `${hit.row.kind}s:read`, rightsOf(hit)))

      const found = await searchAs(caller)

      expect(found.count).toBe(readable.length)
      expect(found.hits.map(idOf)).toEqual(readable.map(idOf))
    }),
    { numRuns: 100 },
  )
})

const searchAs = (caller: Caller): Promise<Found> =>
  search(registry.app, index, caller, { q: 'vpc', sort: 'relevance', limit: 100 })

const idOf = ({ row: { kind, id } }: ShownHit) => [kind, id]

/** As a key names them: what is catalogued by its host, too. */
const rightsOf = ({ row: { hostname, namespace, organizationId, visibility } }: ShownHit): NamespaceRights => ({
  name: hostname === 'self' ? namespace : `${hostname}/${namespace}`,
  organizationId,
  visibility,
})

const anyGrants = () =>
  fc.array(
    fc.record(
      {
        organization: fc.constantFrom('platform', 'elsewhere', ...organizationIds),
        scopes: fc.subarray(['modules:read', 'providers:read', 'modules:write', 'mirrors:read', 'admin'] as const),
        namespaces: fc.subarray([
          ...namespaces.map(({ name }) => name),
          'internal.example.com/pool',
          'private.example.com/pool',
        ]),
      },
      { requiredKeys: ['organization', 'scopes'] },
    ),
    { maxLength: 3 },
  )
