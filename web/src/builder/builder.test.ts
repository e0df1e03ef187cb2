/** What the form comes to: values, words about what is wrong, the address that holds it, and the text for others. */
import { textOfLines } from '@cadastre/contract/hcl/written'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blockOf, pullRequestText, type Used } from './block.ts'
import { choicesOf } from './choices.ts'
import { controlOf, type Entry, type Filled, fits, type Input, type Tree } from './entry.ts'
import { filledIn, fragmentOf } from './fragment.ts'
import { inputsInOrder, judge } from './judge.ts'

const input = (name: string, given: Partial<Input> = {}): Input => ({
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

const string: Tree = { kind: 'string' }
const subnet: Tree = {
  kind: 'object',
  attributes: [
    { name: 'name', type: string, optional: false },
    { name: 'size', type: { kind: 'number' }, optional: true },
  ],
}
const all = inputsInOrder([
  input('tags', { typeTree: { kind: 'map', element: string } }),
  input('cidr', { typeTree: string, type: 'string', required: true }),
  input('subnets', { typeTree: { kind: 'list', element: subnet } }),
  input('count', { typeTree: { kind: 'number' }, nullable: false }),
  input('open', { typeTree: { kind: 'bool' } }),
  input('token', { typeTree: string, sensitive: true, ephemeral: true }),
  input('any', { typeTree: { kind: 'any' } }),
])
const used: Used = {
  address: 'acme/vpc/aws',
  version: '1.2.3',
  folder: '',
  source: 'registry.example.com/acme/vpc/aws',
  client: 'terraform',
  pin: 'pessimistic',
  refusedHost: null,
}
const text = (said: string): Entry => ({ is: 'text', text: said })
const expression = (said: string): Entry => ({ is: 'expression', text: said })

const written = (filled: Filled, more: Partial<Used> = {}) =>
  textOfLines(blockOf({ ...used, ...more }, judge(all, filled)))
const wrong = (filled: Filled) => Object.fromEntries(judge(all, filled).problems)

test('what is filled in is written in the order of the form, required inputs first', () => {
  expect(
    written({
      subnets: { is: 'list', items: [{ is: 'object', attributes: { size: text('4'), name: text('a "b" ${c}') } }] },
      tags: {
        is: 'map',
        rows: [
          { key: 'a b', value: text('1') },
          { key: 'c', value: expression('local.c') },
        ],
      },
      cidr: text('10.0.0.0/16'),
      open: text('false'),
      any: expression('[1, "x"]'),
    }),
  ).toBe(`module "vpc" {
  source  = "registry.example.com/acme/vpc/aws"
  version = "~> 1.2"

  cidr = "10.0.0.0/16"
  tags = {
    "a b" = "1"
    c     = local.c
  }
  subnets = [
    {
      name = "a \\"b\\" $\${c}"
      size = 4
    },
  ]
  open = false
  any  = [1, "x"]
}
`)
})

test('a required input that is missing is a comment, and so is what is not whole', () => {
  const filled: Filled = { count: text('ten'), subnets: { is: 'list', items: [undefined, expression('a b')] } }

  expect(written(filled)).toContain(`  # cidr: required, string
  subnets = [
    # 1: missing
    # 2: the expression is not whole
  ]
  # count: not a number
`)
  expect(wrong(filled)).toEqual({
    cidr: 'This is required.',
    'subnets.0': 'This is required.',
    'subnets.1': expect.stringContaining('more than one expression'),
    count: expect.stringContaining('not a number'),
  })
})

test.each<[string, Filled, Record<string, string>]>([
  [
    'the same key twice',
    {
      tags: {
        is: 'map',
        rows: [
          { key: 'é', value: text('') },
          { key: 'e\u0301', value: text('') },
        ],
      },
    },
    { 'tags.1.key': 'This key is there already.' },
  ],
  ['no key', { tags: { is: 'map', rows: [{ key: '', value: text('') }] } }, { 'tags.0.key': 'A key is missing.' }],
  ['null where it is not taken', { count: { is: 'null' } }, { count: 'This input does not take null.' }],
  ['null as an expression', { count: expression(' null') }, { count: 'This input does not take null.' }],
  ['a number with zeros in front', { count: text('007') }, { count: expect.stringContaining('not a number') }],
  [
    'a required attribute that is missing',
    { subnets: { is: 'list', items: [{ is: 'object', attributes: {} }] } },
    { 'subnets.0.name': 'This is required.' },
  ],
  [
    'a secret that is typed',
    { token: text('hunter2') },
    { token: expect.stringContaining('A secret is not written here.') },
  ],
  [
    'a secret as an expression',
    { token: expression('"hunter2"') },
    { token: expect.stringContaining('A secret is not written here.') },
  ],
])('%s is said beside its field', (_what, filled, problems) => {
  expect(wrong({ cidr: text('x'), ...filled })).toEqual(problems)
  expect(written(filled)).not.toContain('hunter2')
})

test('a secret comes from a variable, whose block is written too', () => {
  const filled: Filled = { cidr: text('x'), token: expression('var.token') }

  expect(written(filled)).toContain(`  token = var.token
}

variable "token" {
  type      = string
  sensitive = true
  ephemeral = true
}
`)
  expect(written(filled, { client: 'terragrunt' })).toBe(`terraform {
  source = "tfr://registry.example.com/acme/vpc/aws?version=1.2.3"
}

inputs = {
  cidr = "x"
  # token: secret, taken from TF_VAR_token of the environment
}
`)
  const elsewhere: Filled = { cidr: text('x'), token: expression('data.vault.this.value') }
  expect(written(elsewhere)).not.toContain('variable')
  expect(written(elsewhere, { client: 'terragrunt' })).toContain('  # token: secret, taken from TF_VAR_token of the')
  const inTerragrunt: Filled = { cidr: text('x'), token: expression('dependency.vault.outputs.token') }
  expect(written(inTerragrunt, { client: 'terragrunt' })).toContain('  token = dependency.vault.outputs.token\n')
})

test('an input that is called as a word of expressions is quoted where it is a key, and there alone', () => {
  const judged = judge([input('for', { typeTree: string })], { for: text('x') })

  expect(textOfLines(blockOf(used, judged))).toContain('\n  for = "x"\n}')
  expect(textOfLines(blockOf({ ...used, client: 'terragrunt' }, judged))).toContain('inputs = {\n  "for" = "x"\n}')
})

test('a version is pinned as the block to paste has it, and a host that clients refuse is explained', () => {
  expect(written({}, { pin: 'exact' })).toContain('version = "1.2.3"')
  expect(written({}, { version: '2.0.0-rc.1+7' })).toContain('version = "2.0.0-rc.1"')
  expect(written({}, { refusedHost: 'No client takes it.' })).toMatch(/^# No client takes it\.\n\nmodule /)
  expect(written({}, { folder: 'modules/2 nets' })).toContain('module "_2_nets" {')
})

test('an input that no client takes by its name is not in the form', () => {
  expect(inputsInOrder([input('a b'), input('a"b'), input('a')]).map(({ name }) => name)).toEqual(['a'])
})

test.each<[string, string[] | undefined]>([
  ['contains(["a", "b"], var.x)', ['a', 'b']],
  ['contains( [ "a","b", ] , var.x )', ['a', 'b']],
  ['contains(["a", "${b}"], var.x)', undefined],
  ['contains(["a", 1], var.x)', undefined],
  ['contains(["a"], var.y)', undefined],
  ['contains(["a"], var.x) || var.x == null', undefined],
  ['!contains(["a"], var.x)', undefined],
  ['contains(local.all, var.x)', undefined],
  ['contains(["a"', undefined],
  ['contains([], var.x)', undefined],
])('the rule %j offers %j', (condition, choices) => {
  expect(choicesOf(input('x', { typeTree: string, validations: [{ condition, message: '' }] }))).toEqual(choices)
})

test('a choice that is none is said', () => {
  const rule = input('x', { typeTree: string, validations: [{ condition: 'contains(["a"], var.x)', message: '' }] })

  expect([...judge([rule], { x: text('b') }).problems.values()]).toEqual(['This is none of its choices.'])
  expect(judge([rule], { x: text('a') }).problems.size).toBe(0)
})

test('what is nested too deep, or is no type to fill in, is an expression', () => {
  let deep: Tree = string
  for (let depth = 0; depth < 6; depth++) deep = { kind: 'list', element: deep }

  expect(controlOf(deep)).toBe('list')
  expect(controlOf(deep, 4)).toBe('expression')
  for (const kind of ['any', 'tuple', 'unknown'] as const) expect(controlOf({ kind })).toBe('expression')
  expect(controlOf(null)).toBe('expression')
})

const filled: Filled = {
  cidr: text('größe \u{1f600} ${x}'),
  tags: { is: 'map', rows: [{ key: 'k', value: undefined }] },
  subnets: { is: 'list', items: [undefined, { is: 'object', attributes: { name: text('n') } }] },
  count: { is: 'null' },
  any: expression('[\n1]'),
  token: expression('var.token'),
}

test('an address holds what is filled in, and gives it back', () => {
  const fragment = fragmentOf(filled, all)

  expect(fragment).toMatch(/^fill=[\w-]+$/)
  expect(filledIn(`#${fragment}`, all)).toEqual(filled)
})

test('no value of a secret gets into an address, nor out of one', () => {
  for (const entry of [text('hunter2'), expression('"hunter2"'), expression('hunter2.x'), { is: 'null' } as const]) {
    expect(fragmentOf({ token: entry }, all)).toBe('')
    expect(fragmentOf({ cidr: text('x'), token: entry }, all)).toBe(fragmentOf({ cidr: text('x') }, all))
    const foreign = `fill=${Buffer.from(JSON.stringify({ token: entry })).toString('base64url')}`
    expect(filledIn(foreign, all)).toEqual({})
  }
})

test('what would be too long for an address is in none', () => {
  expect(fragmentOf({ cidr: text('x'.repeat(5_000)) }, all)).toBeUndefined()
  expect(fragmentOf({}, all)).toBe('')
})

test('3,000 addresses of anybody: what comes out of them fits the inputs, and is written as one block', () => {
  const leaf = fc.oneof(
    fc.string(),
    fc.constantFrom('text', 'expression', 'null', 'list', 'map', 'object', 'var.a'),
    fc.constantFrom<unknown>(1, null, true, [], {}),
  )
  const { entry } = fc.letrec((tie) => ({
    entry: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.record({ is: fc.constantFrom('text', 'expression'), text: leaf }),
      fc.record({ is: fc.constant('list'), items: fc.array(tie('entry'), { maxLength: 3 }) }),
      fc.record({
        is: fc.constant('map'),
        rows: fc.array(fc.record({ key: leaf, value: tie('entry') }), { maxLength: 3 }),
      }),
      fc.record({
        is: fc.constant('object'),
        attributes: fc.dictionary(fc.constantFrom('name', 'size', '__proto__'), tie('entry')),
      }),
    ),
  }))
  const names = fc.constantFrom(...all.map(({ name }) => name), '__proto__', 'constructor')
  const hash = fc.oneof(
    fc.string().map((any) => `#fill=${any}`),
    fc
      .dictionary(names, entry, { maxKeys: 4 })
      .map((any) => `#fill=${Buffer.from(JSON.stringify(any)).toString('base64url')}`),
  )
  fc.assert(
    fc.property(hash, (any) => {
      const read = filledIn(any, all)
      const block = written(read)
      return (
        Object.entries(read).every(([name, each]) => fits(each, all.find((one) => one.name === name)!.typeTree)) &&
        block.startsWith('module "vpc" {\n') &&
        block.split('\n').filter((line) => line === '}').length <= 2
      )
    }),
    { numRuns: 3_000 },
  )
})

test('the text for a pull request says which inputs are set, and nothing of secrets', () => {
  const judged = judge(all, { cidr: text('```\n'), token: expression('var.token') })

  const said = pullRequestText(used, judged, all, 'https://registry.example.com/modules/acme/vpc/aws/1.2.3')

  expect(said).toContain('Use `acme/vpc/aws` 1.2.3')
  expect(said).toContain('- Inputs that are set: `cidr`\n- Secrets, whose values stand elsewhere: `token`\n')
  expect(said).toContain('- Left as the module has them: 5')
  expect(said).toMatch(/\n````hcl\n[\s\S]+\n````\n$/)
})
