/** Blocks as they would be pasted, for inputs and hosts of every kind. */
import type { Input, TypeTree } from '@cadastre/contract/module-knowledge'
import { expect, test } from 'vitest'
import { parseVersion } from '../../foundation/semver.ts'
import { usableHost, usageOf } from './usage.ts'

const query = { client: 'terraform', mode: 'all', pin: 'pessimistic', folder: '' } as const
const address = { namespace: 'acme', name: 'vpc', system: 'aws' }
const host = usableHost(['registry.example.com'])

const input = (name: string, given: Partial<Input>): Input => ({
  name,
  type: null,
  typeTree: null,
  required: false,
  defaultText: null,
  description: '',
  sensitive: false,
  nullable: true,
  ephemeral: false,
  deprecated: null,
  validations: [],
  file: 'variables.tf',
  line: 1,
  ...given,
})

const linesOf = (...inputs: Input[]) =>
  usageOf({ address, version: parseVersion('1.2.3'), inputs, host }, query)
    .text.split('\n')
    .slice(4, -2)

test.each<[TypeTree | null, string]>([
  [{ kind: 'string' }, '""'],
  [{ kind: 'number' }, '0'],
  [{ kind: 'bool' }, 'false'],
  [{ kind: 'set', element: { kind: 'string' } }, '[]'],
  [{ kind: 'tuple', elements: [{ kind: 'string' }, { kind: 'number' }] }, '["", 0]'],
  [
    {
      kind: 'object',
      attributes: [
        { name: 'a', type: { kind: 'string' }, optional: false },
        { name: 'b', type: { kind: 'string' }, optional: true },
      ],
    },
    '{ a = "" }',
  ],
  [{ kind: 'any' }, 'null'],
  [null, 'null'],
])('a required input of type %j begins as %s', (typeTree, value) => {
  expect(linesOf(input('it', { required: true, typeTree, type: 'x' }))).toEqual([`  it = ${value} # required, x`])
})

test('a default that fills lines is written out and stands by itself, and a deprecated input not at all', () => {
  expect(
    linesOf(
      input('a', { defaultText: '1' }),
      input('long', { defaultText: '[\n  1,\n\n  2,\n]' }),
      input('old', { defaultText: '1', deprecated: 'Use long.' }),
      input('b', { defaultText: '1' }),
      input('short', { defaultText: '2' }),
    ),
  ).toEqual(['  a = 1', '  long = [', '    1,', '', '    2,', '  ]', '  b     = 1', '  short = 2'])
})

test.each(['<<EOT\n  a\nEOT', `"${'x'.repeat(5_000)}"`])(
  'a default that cannot be moved, or fills the page, is named alone',
  (defaultText) => {
    expect(linesOf(input('long', { defaultText }))).toEqual(['  # long: has a longer default'])
  },
)

test('an input that is called as a word of expressions is quoted where it is a key, and there alone', () => {
  const inputs = [input('for', { defaultText: '1' }), input('it', { defaultText: '2' })]
  const used = { address, version: parseVersion('1.2.3'), inputs, host }

  expect(usageOf(used, query).text).toContain('\n  for = 1\n  it  = 2\n}')
  expect(usageOf(used, { ...query, client: 'terragrunt' }).text).toContain('inputs = {\n  "for" = 1\n  it    = 2\n}')
})

test('a type that would end its line or fill it is named by its first word', () => {
  const [line] = linesOf(input('it', { required: true, type: 'object({\n  # why\n  a = string\n})' }))

  expect(line).toBe('  it = null # required, object')
})

test('a host without a dot is not printed: the block says why no client takes it', () => {
  const used = { address, version: parseVersion('1.2.3'), inputs: [], host: usableHost(['localhost:8080']) }

  const { text, source, refusedHost } = usageOf(used, query)

  expect(source).toBe('HOST/acme/vpc/aws')
  expect(refusedHost).toContain('Terraform and OpenTofu refuse localhost:8080')
  expect(text).toMatch(/^# Terraform and OpenTofu refuse localhost:8080/)
  expect(text).not.toContain('"localhost')
})

test('of several names the first that clients take is printed, with its port', () => {
  expect(usableHost(['localhost:8080', 'registry.localhost']).name).toBe('registry.localhost')
  expect(usableHost(['registry.example.com:8443', 'other.example.com']).name).toBe('registry.example.com:8443')
})

test('a label is an identifier whatever the folder is called', () => {
  const { text } = usageOf(
    { address, version: parseVersion('1.2.3'), inputs: [], host },
    { ...query, folder: 'modules/2 nets' },
  )

  expect(text).toContain('module "_2_nets" {')
})
