/** What the palette offers for what was typed. */
import { expect, test } from 'vitest'
import { groupsOf, type Offered } from './groups.ts'

const hit = (address: string, more = {}) => {
  const [namespace = '', name = '', system = null] = address.split('/')
  return {
    kind: system ? 'module' : 'provider',
    address,
    hostname: null,
    namespace,
    name,
    system,
    version: '1.2.0',
    ...more,
  }
}
const offered = (more: Partial<Offered> & { items?: unknown[] }): Offered => ({
  text: '',
  found: more.items && ({ items: more.items, total: { count: 20, isEstimate: false } } as never),
  inside: [],
  visits: [{ to: '/modules/acme/vpc/aws', label: 'acme/vpc/aws' }],
  here: undefined,
  newest: ['1.1.0', '1.0.0', '0.9.0'],
  places: [
    { to: '/me/tokens/new', label: 'New token' },
    { to: '/modules', label: 'Modules' },
  ],
  pageOf: ({ address }) => `/at/${address}`,
  ...more,
})
const labels = (more: Parameters<typeof offered>[0]) =>
  groupsOf(offered(more)).map(({ label, entries }) => [label, entries.map((entry) => entry.label)])

test('before anything is typed there is what was looked at lately, and what can be done', () => {
  expect(labels({})).toEqual([
    ['Recent', ['acme/vpc/aws']],
    ['Actions', ['New token', 'Modules', 'Keyboard shortcuts']],
  ])
})

test('what the registry found stays as it is, in its order, whatever was typed', () => {
  expect(labels({ text: 'zzz', items: [hit('b/x/aws', { hostname: 'example.com' }), hit('a/y')] })).toEqual([
    ['Results', ['b/x/aws', 'a/y']],
    ['Actions', ['See all 20 results for zzz']],
  ])
})

test('what is in modules and in the documentation stands behind them, with the way to all of it', () => {
  const part = { kind: 'input' as const, folder: '', about: '', version: '1.0.0', match: 'name' as const }
  const inside: Offered['inside'] = [
    {
      kind: 'input',
      total: { count: 31, isEstimate: false },
      items: [{ ...part, name: 'cidr', module: 'acme/vpc/aws', page: '/modules/acme/vpc/aws/inputs#input-cidr' }],
    },
    {
      kind: 'doc',
      total: { count: 1, isEstimate: false },
      items: [{ ...part, kind: 'doc', name: 'cidr-wrong', module: null, page: '/docs/errors/cidr-wrong' }],
    },
  ]

  expect(labels({ text: 'cidr', inside })).toEqual([
    ['Inputs', ['cidr', 'See all 31 inputs']],
    ['Documentation', ['cidr-wrong']],
    ['Actions', ['Search for cidr']],
  ])
  const [inputs] = groupsOf(offered({ text: 'kind:input cidr', inside }))
  expect(inputs?.entries).toMatchObject([
    { to: '/modules/acme/vpc/aws/inputs#input-cidr', about: 'acme/vpc/aws' },
    { to: '/search?q=cidr&kind=input' },
  ])
})

test('the block of the first module that is published here can be copied', () => {
  const items = [hit('other/vpc/aws', { hostname: 'example.com' }), hit('acme/cloud'), hit('acme/vpc/aws')]

  expect(labels({ text: 'vpc', items })[1]?.[1]).toEqual(['Copy block for acme/vpc/aws', 'See all 20 results for vpc'])
})

test('on the page of a module its own block can be copied, and its newest versions compared', () => {
  const here = { address: 'acme/net/aws', path: { namespace: 'acme', name: 'net', system: 'aws' } }

  expect(labels({ here })[1]?.[1]?.slice(0, 2)).toEqual(['Copy block for acme/net/aws', 'Compare 1.0.0 with 1.1.0'])
  expect(labels({ here, text: 'comp' })).toEqual([['Actions', ['Compare 1.0.0 with 1.1.0', 'Search for comp']]])
  expect(labels({ here, newest: ['1.0.0'] })[1]?.[1]?.[1]).toBe('New token')
})

test('actions are found by the beginnings of their words, and a search can always be made', () => {
  expect(labels({ text: 'tok new' })).toEqual([['Actions', ['New token', 'Search for tok new']]])
})
