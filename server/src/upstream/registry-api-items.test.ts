/** What registries tell of themselves, whatever it is: read, or refused as a whole; nothing made up. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { moduleOf, providerOf } from './registry-api-items.ts'
import { DatedVersions, ListedModule, ListedProvider, ModuleVersions, ProviderVersions } from './registry-api-shapes.ts'
import { IndexedModule, IndexedProvider } from './search-feed-shapes.ts'

const vpc = { namespace: 'Azure', name: 'vpc', provider: 'AzureRM' }
const versionsOf = (...versions: string[]) =>
  ModuleVersions.parse({ modules: [{ versions: versions.map((version) => ({ version })) }] })

describe('a module', () => {
  test('has its versions newest first, and a date where the list tells one', () => {
    const listed = ListedModule.parse({ ...vpc, version: '1.10.0', published_at: '2024-05-06T07:08:09Z' })

    const { versions } = moduleOf(listed, versionsOf('1.9.0', '1.10.0', 'latest', '1.10.0-rc1'))

    expect(versions.map(({ tag, publishedAt }) => [tag, publishedAt?.toISOString()])).toEqual([
      ['1.10.0', '2024-05-06T07:08:09.000Z'],
      ['1.10.0-rc1', undefined],
      ['1.9.0', undefined],
      ['latest', undefined],
    ])
  })

  test('keeps its case, and says nothing of what it was not told', () => {
    const module = moduleOf(ListedModule.parse(vpc), versionsOf())

    expect(module).toMatchObject({ namespace: 'Azure', name: 'vpc', system: 'azurerm', versions: [], description: '' })
    expect([module.downloads, module.verified, module.popularity]).toEqual([undefined, undefined, undefined])
  })

  test.each([
    { ...vpc, name: '../etc' },
    { ...vpc, namespace: '' },
    { ...vpc, name: 'a'.repeat(200) },
    { ...vpc, downloads: -1 },
    { ...vpc, description: 'x'.repeat(100_000) },
  ])('%j cannot be read', (item) => {
    expect(ListedModule.safeParse(item).success).toBe(false)
  })

  test('has words without control characters, and no longer than they are kept', () => {
    const { description } = ListedModule.parse({ ...vpc, description: `a\u0000b\u001b[31m${'c'.repeat(9000)}` })

    expect(description).toMatch(/^a b \[31mc+$/)
    expect(description).toHaveLength(4096)
  })
})

test.each([
  ['https://github.com/acme/vpc', 'https://github.com/acme/vpc'],
  ['javascript:alert(1)', ''],
  [null, ''],
])('a source that says %j leads to %j', (source, sourceUrl) => {
  expect(moduleOf(ListedModule.parse({ ...vpc, source }), versionsOf()).sourceUrl).toBe(sourceUrl)
})

test.each(['0001-01-01T00:00:00Z', '0000-01-01', '-271821-04-20', '+275760-09-13', 'yesterday', '', null])(
  'the date %j is one that nobody said',
  (published) => {
    expect(ListedModule.parse({ ...vpc, published_at: published }).published_at).toBeUndefined()
  },
)

describe('a provider', () => {
  const listed = ListedProvider.parse({
    attributes: { namespace: 'Acme', name: 'Cloud', tier: 'partner', warning: null },
  })
  const platform = { os: 'linux', arch: 'amd64' }

  test('has the dates and downloads of those versions that are in its list', () => {
    const versions = ProviderVersions.parse({
      versions: [{ version: '1.0.0', protocols: ['5.0'], platforms: [platform, platform] }],
    })
    const dated = DatedVersions.parse({
      included: [
        { type: 'provider-versions', attributes: { version: '1.0.0', 'published-at': '2024-01-01', downloads: 7 } },
        { type: 'provider-versions', attributes: { version: '2.0.0', 'published-at': 'yesterday' } },
        { type: 'categories', attributes: {} },
      ],
    })

    const { provider, problems } = providerOf(listed, versions, dated)

    expect(provider).toMatchObject({ namespace: 'acme', type: 'cloud', verified: true, warnings: [] })
    expect(provider.versions).toEqual([
      expect.objectContaining({ tag: '1.0.0', publishedAt: new Date('2024-01-01'), downloads: 7, protocols: ['5.0'] }),
    ])
    expect(provider.versions[0]!.platforms).toEqual([
      expect.objectContaining({ ...platform, sha256: '', filename: '' }),
    ])
    expect(problems).toEqual(['2.0.0 is not in its list of versions: skipped'])
  })
})

test('whatever else comes is refused, and never a fault', () => {
  const shapes = [
    ListedModule,
    ModuleVersions,
    ListedProvider,
    ProviderVersions,
    DatedVersions,
    IndexedModule,
    IndexedProvider,
  ]
  const names = [
    'namespace',
    'name',
    'provider',
    'versions',
    'modules',
    'attributes',
    'included',
    'addr',
    'version',
    'id',
  ]
  const values = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, 1, -1, Number.POSITIVE_INFINITY, true, '', '1.0.0', 'a', '\ud800', '\u0000'),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...names), tie('any'), { maxKeys: 5 }),
    ),
  })).any

  fc.assert(
    fc.property(values, (value) => {
      for (const shape of shapes) shape.safeParse(value)
    }),
    { numRuns: 300 },
  )
})
