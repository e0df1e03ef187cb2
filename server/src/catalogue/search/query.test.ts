/** How queries are taken apart, and that none of them is too much. */
import { typedKind, withoutKind } from '@cadastre/contract/search-kinds'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anonymous } from '../../access/caller.ts'
import { matchAsWritten, matchWithTypos } from './match.ts'
import { writtenOf } from './near.ts'
import { findParts, partScope } from './part-match.ts'
import { bestParts } from './part-rank.ts'
import { parseQuery } from './query.ts'
import { segmentOf } from './reading.ts'
import type { SearchRow } from './segment.ts'

const names = (terms: { name: string }[]) => terms.map(({ name }) => name)

test.each([
  ['vpc aws', ['vpc', 'aws']],
  ['  VPC\t ', ['vpc']],
  ['my_team-vpc', ['my-team-vpc']],
  ['"security group" rds', ['security-group', 'rds']],
  ['"never closed', ['never-closed']],
  ['vpc for the network', ['vpc', 'network']],
  ['the', ['the']],
  ['- -- "" @ / ::', []],
  ['kind:module', []],
  ['ns: vpc', ['vpc']],
  ['vpc@>=1.2', ['vpc']],
  ['user@host', ['user-host']],
  ['https://registry.terraform.io', ['https-registry-terraform-io']],
  ['null_resource.vpc', ['null-resource']],
  ['data.aws_ami.x', ['aws-ami']],
  ['ＶＰＣ straße', ['vpc', 'straße']],
])('%s is searched as %j', (text, terms) => {
  expect(names(parseQuery(text).terms)).toEqual(terms)
})

test.each([
  ['acme/vpc/aws', { hostname: undefined, namespace: 'acme', name: 'vpc', system: 'aws' }],
  ['acme/vpc/aws@<2.1.4', { hostname: undefined, namespace: 'acme', name: 'vpc', system: 'aws' }],
  ['acme/vpc/aws//modules/subnet', { hostname: undefined, namespace: 'acme', name: 'vpc', system: 'aws' }],
  ['hashicorp/random', { hostname: undefined, namespace: 'hashicorp', name: 'random', system: undefined }],
  [
    'Registry.Example.com/Acme/VPC',
    { hostname: 'registry.example.com', namespace: 'acme', name: 'vpc', system: undefined },
  ],
  ['localhost:8080/acme/vpc/aws', { hostname: 'localhost:8080', namespace: 'acme', name: 'vpc', system: 'aws' }],
])('%s is an address', (text, address) => {
  expect(parseQuery(text).address).toEqual(address)
})

test('what is excluded and what is asked by keys stand apart', () => {
  const { terms, excluded, filters } = parseQuery('vpc -legacy -"old one" NS:Acme -state:deprecated resource:"aws_vpc"')

  expect(names(terms)).toEqual(['vpc'])
  expect(names(excluded)).toEqual(['legacy', 'old-one'])
  expect(filters).toEqual([
    { key: 'ns', value: 'acme', excluded: false },
    { key: 'state', value: 'deprecated', excluded: true },
    { key: 'resource', value: 'aws_vpc', excluded: false },
  ])
})

test('no text is too odd to be searched for', async () => {
  const terms = { input: ['vpc', 'a_b-c', 'ünï_1'], resource: ['aws_vpc', '__proto__'] }
  const segment = await segmentOf([
    { ...rowOf('acme', 'vpc', 'aws'), terms },
    { ...rowOf('ünï', 'docker_instance', 'g\u0000gle'), terms },
  ])
  const oddText = fc
    .array(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('"', '-', ':', '/', '@1', 'ns:', 'kind:', 'vpc', 'a/b/c', ' '),
      ),
    )
    .map((parts) => parts.join(''))

  fc.assert(
    fc.property(oddText, (text) => {
      const query = parseQuery(text)
      expect(matchAsWritten(segment, query).entries.length).toBeLessThanOrEqual(2)
      expect(matchWithTypos(segment, query).entries.length).toBeLessThanOrEqual(2)
      const best = bestParts(3, undefined)
      const scope = partScope(segment, query, anonymous)
      const count = findParts(scope, query, 'input', best) + findParts(scope, query, 'resource', best)
      expect(best.parts.length).toBe(Math.min(count, 3))
      expect(typedKind(withoutKind(text))).toBeUndefined()
      expect(() => parseQuery(writtenOf(query))).not.toThrow()
    }),
    { numRuns: 500 },
  )
})

const rowOf = (namespace: string, name: string, system: string): SearchRow => ({
  kind: 'module',
  id: 1,
  hostname: 'self',
  namespace,
  name,
  system,
  description: 'Text of "many" words',
  origin: 'published',
  popularity: null,
  downloads: 0,
  updatedAt: null,
  verified: false,
  archived: false,
  isFork: false,
  state: 'active',
  terms: null,
  organizationId: 'o',
  visibility: 'public',
})
