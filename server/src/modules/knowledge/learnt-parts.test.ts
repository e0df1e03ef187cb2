/** What the search is told of the parts of a module, by who publishes it and by the migration for who did before. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tarGz } from '../../../test/archives.ts'
import { expectStatus } from '../../../test/client.ts'
import { knownModule } from '../../../test/known-module.ts'
import { startRegistry, type TestRegistry } from '../../../test/registry.ts'
import { partsOf } from './learnt-parts.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  const files = { ...knownModule, 'more.tf': 'resource "aws_vpc" "other" {}\nvariable "Odd__name-1" {}' }
  expectStatus(await registry.admin.publishModule('acme/vpc/aws', '1.0.0', tarGz(files)), 201)
})
afterAll(() => registry.stop())

const learnt = () =>
  registry.sql(`select field, array(select unnest(terms) order by 1) as terms, shown from search_terms
    where field in ('input', 'output', 'resource', 'data', 'submodule') order by field`)

test('each part is kept with how it is written, where it is and what it is for', async () => {
  const [data, input, output, resource, submodule] = await learnt()

  expect(data).toMatchObject({ shown: { 'aws-region': { name: 'data.aws_region.current', folder: '', about: '' } } })
  expect(input.shown).toMatchObject({
    cidr: { name: 'cidr', about: 'string \u00b7 Where the network lies | in the plan.' },
    'odd-name-1': { name: 'Odd__name-1', folder: '', about: '' },
  })
  expect(output.shown).toEqual({ 'vpc-id': { name: 'vpc_id', folder: '', about: 'Id of the network.' } })
  expect(resource.shown).toMatchObject({ 'aws-vpc': { folder: '', about: 'and 1 more' } })
  expect(submodule.shown).toMatchObject({ subnets: { name: 'subnets', folder: 'modules/subnets' } })
})

test('modules that were read before are found in the same way', async () => {
  const before = await learnt()
  await registry.sql(
    `delete from search_terms where field in ('data', 'submodule'); update search_terms set shown = '{}'`,
  )
  const migration = readFileSync(new URL('../../../migrations/0012_parts_of_modules.sql', import.meta.url), 'utf8')

  await registry.sql(migration.slice(migration.indexOf('with newest')))

  const after = await learnt()
  expect(after.map(({ field, terms }) => [field, terms])).toEqual(before.map(({ field, terms }) => [field, terms]))
  // How many there are of a resource, and how a type is written, is said once it is read again.
  const known = (rows: typeof after) =>
    rows.map(({ shown }) =>
      Object.keys(shown)
        .sort()
        .map((key) => [key, shown[key].name, shown[key].folder]),
    )
  expect(known(after)).toEqual(known(before))
})

test('what is long is cut at a word', () => {
  const { input } = partsOf({
    ...{ resources: [], outputs: [], submodules: [], providers: [], calls: [], licence: null, readme: '' },
    inputs: [{ name: 'a', type: `object({\n  ${'b = string, '.repeat(20)}})`, description: 'word '.repeat(100) }],
  })

  expect(input.get('a')!.about).toMatch(/^object\(\{ b = string, .{0,60} \u2026 \u00b7 (word ){20,32}\u2026$/)
})
