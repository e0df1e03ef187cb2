/** What was written, what is written now, and what that is for whoever calls the module: by hand, one row for each case. */
import { describe, expect, test } from 'vitest'
import type { Files } from '../../../test/archives.ts'
import { inspected } from '../../../test/inspection/inspected.ts'
import { parseVersion } from '../../foundation/semver.ts'
import { type Comparable, compareModules } from './compare.ts'
import { changesIn } from './folders.ts'

const known = async (files: Files): Promise<Comparable> => ({
  ...(await inspected({ 'versions.tf': '', ...files })),
  version: parseVersion('1.0.0'),
  inspection: 'done',
})
const asFiles = (written: string | Files): Files => (typeof written === 'string' ? { 'main.tf': written } : written)

async function comparison(before: string | Files, after: string | Files) {
  const { verdict, folders } = compareModules(await known(asFiles(before)), await known(asFiles(after)))
  const changes = folders.flatMap(changesIn)
  return { step: verdict.measured, rules: changes.map(({ rule }) => rule), changes }
}

type Row = [what: string, before: string | Files, after: string | Files, step: string, rules: string[]]

const input = (body: string) => `variable "it" {\n${body}\n}\n`
const typed = (type: string) => input(`type = ${type}`)
const output = (body: string) => `output "it" {\nvalue = 1\n${body}\n}\n`
const provider = (version: string, more = '') =>
  `terraform {\nrequired_providers {\naws = { source = "hashicorp/aws"${version && `, version = "${version}"`}${more} }\n}\n}\n`
const terraform = (version: string) => `terraform {\nrequired_version = "${version}"\n}\n`

const inputs: Row[] = [
  ['an optional input comes', '', input('default = 1'), 'minor', ['input-added']],
  ['a required input comes', '', input(''), 'major', ['input-added-required']],
  ['an input goes', input('default = 1'), '', 'major', ['input-removed']],
  [
    'an input is renamed',
    input('default = 1'),
    'variable "that" {\ndefault = 1\n}\n',
    'major',
    ['input-removed', 'input-added'],
  ],
  ['a default goes', input('default = 1'), input(''), 'major', ['input-now-required']],
  ['a default comes', input(''), input('default = null'), 'minor', ['input-now-optional']],
  ['a default is another', input('default = 1'), input('default = 2'), 'minor', ['default-changed']],
  [
    'a default is only written differently',
    input('default = [1, 2]'),
    input('default = [\n  1,\n  2,\n]'),
    'patch',
    [],
  ],
  [
    'a default has other spaces in its text',
    input('default = "a b"'),
    input('default = "a  b"'),
    'minor',
    ['default-changed'],
  ],
  [
    'a validation has other spaces in a text',
    input('validation {\ncondition = var.it != "a b"\nerror_message = "Other."\n}'),
    input('validation {\ncondition = var.it != "a  b"\nerror_message = "Other."\n}'),
    'major',
    ['validation-removed', 'validation-added'],
  ],
  [
    'the default of an attribute has other spaces in its text',
    typed('object({ a = optional(string, "a b") })'),
    typed('object({ a = optional(string, "a  b") })'),
    'minor',
    ['attribute-default-changed'],
  ],
  [
    'keys of a default are sorted',
    input('default = { a = 1, b = 2 }'),
    input('default = { b = 2, a = 1 }'),
    'patch',
    [],
  ],
  ['null is refused', input('default = 1'), input('default = 1\nnullable = false'), 'major', ['null-refused']],
  ['null is taken', input('nullable = false'), input(''), 'minor', ['null-taken']],
  ['it is sensitive', input(''), input('sensitive = true'), 'patch', ['input-sensitivity-changed']],
  ['it is ephemeral', input(''), input('ephemeral = true'), 'minor', ['input-ephemeral']],
  ['it is not ephemeral any more', input('ephemeral = true'), input(''), 'major', ['input-not-ephemeral']],
  [
    'it is described otherwise',
    input('description = "a"'),
    input('description = "b"'),
    'patch',
    ['description-changed'],
  ],
  ['it is deprecated', input(''), input('deprecated = "Use that."'), 'minor', ['deprecated']],
  ['its deprecation is taken back', input('deprecated = "No."'), input(''), 'patch', ['deprecation-changed']],
  [
    'a validation comes',
    input(''),
    input('validation {\ncondition = var.it > 1\nerror_message = "Larger."\n}'),
    'major',
    ['validation-added'],
  ],
  [
    'a validation goes',
    input('validation {\ncondition = var.it > 1\nerror_message = "Larger."\n}'),
    input(''),
    'minor',
    ['validation-removed'],
  ],
  [
    'the condition of a validation is another',
    input('validation {\ncondition = var.it > 1\nerror_message = "Larger."\n}'),
    input('validation {\ncondition = var.it > 0\nerror_message = "Larger."\n}'),
    'major',
    ['validation-removed', 'validation-added'],
  ],
  [
    'a validation says something else',
    input('validation {\ncondition = var.it > 1\nerror_message = "Larger."\n}'),
    input('validation {\ncondition = var.it  >  1\nerror_message = "More."\n}'),
    'patch',
    ['validation-message-changed'],
  ],
]

const types: Row[] = [
  ['text to number', typed('string'), typed('number'), 'major', ['type-narrowed']],
  ['number to text', typed('number'), typed('string'), 'minor', ['type-widened']],
  ['boolean to text', typed('bool'), typed('string'), 'minor', ['type-widened']],
  ['number to boolean', typed('number'), typed('bool'), 'major', ['type-narrowed']],
  ['no type to a type', input(''), typed('string'), 'major', ['type-narrowed']],
  ['a type to no type', typed('string'), input(''), 'minor', ['type-widened']],
  ['no type to any', input(''), typed('any'), 'patch', []],
  ['old list to list of any', typed('list'), typed('list(any)'), 'patch', ['type-rewritten']],
  [
    'spacing and comments alone',
    typed('object({ a = string })'),
    typed('object({\n# what\na = string\n})'),
    'patch',
    ['type-rewritten'],
  ],
  ['list to set', typed('list(string)'), typed('set(string)'), 'patch', ['type-rewritten']],
  ['elements of a list', typed('list(number)'), typed('list(string)'), 'minor', ['type-widened']],
  [
    'elements of a set in a map',
    typed('map(set(string))'),
    typed('map(list(number))'),
    'major',
    ['type-rewritten', 'type-narrowed'],
  ],
  ['text to list', typed('string'), typed('list(string)'), 'major', ['type-narrowed']],
  ['tuple to list', typed('tuple([string, number])'), typed('list(string)'), 'minor', ['type-widened']],
  [
    'tuple to list that is too narrow',
    typed('tuple([string, bool])'),
    typed('list(number)'),
    'major',
    ['type-narrowed'],
  ],
  ['list to tuple', typed('list(string)'), typed('tuple([string])'), 'major', ['type-narrowed']],
  ['a longer tuple', typed('tuple([string])'), typed('tuple([string, string])'), 'major', ['type-narrowed']],
  ['an element of a tuple', typed('tuple([number, any])'), typed('tuple([string, any])'), 'minor', ['type-widened']],
  ['object to map', typed('object({ a = string, b = number })'), typed('map(string)'), 'minor', ['type-widened']],
  ['map to object', typed('map(string)'), typed('object({ a = optional(string) })'), 'major', ['type-narrowed']],
  ['any attribute of what is given', typed('object({ a = string })'), typed('any'), 'minor', ['type-widened']],
  [
    'objects of a list to any',
    typed('list(object({ a = optional(string) }))'),
    typed('list(any)'),
    'major',
    ['type-narrowed'],
  ],
  ['texts of a list to any', typed('list(string)'), typed('list(any)'), 'major', ['type-narrowed']],
  ['numbers of a list to any', typed('list(number)'), typed('list(any)'), 'minor', ['type-widened']],
  ['tuple to list of any', typed('tuple([any, bool])'), typed('list(any)'), 'major', ['type-narrowed']],
  ['numbers beside booleans', typed('tuple([number, bool])'), typed('list(any)'), 'major', ['type-narrowed']],
  ['numbers of a tuple to any', typed('tuple([number, number])'), typed('list(any)'), 'minor', ['type-widened']],
  ['the one of a tuple to any', typed('tuple([string])'), typed('set(any)'), 'minor', ['type-widened']],
  [
    'any in the one of a tuple',
    typed('tuple([tuple([string])])'),
    typed('list(tuple([any]))'),
    'minor',
    ['type-widened'],
  ],
  ['the one of an object to any', typed('object({ a = bool })'), typed('map(any)'), 'minor', ['type-widened']],
  [
    'an attribute comes',
    typed('object({ a = string })'),
    typed('object({ a = string, b = string })'),
    'major',
    ['attribute-added-required'],
  ],
  [
    'an optional attribute comes',
    typed('object({ a = string })'),
    typed('object({ a = string, b = optional(string) })'),
    'minor',
    ['attribute-added'],
  ],
  [
    'an attribute goes',
    typed('object({ a = string, b = optional(string) })'),
    typed('object({ a = string })'),
    'major',
    ['attribute-removed'],
  ],
  [
    'an attribute is optional',
    typed('object({ a = string })'),
    typed('object({ a = optional(string) })'),
    'minor',
    ['attribute-now-optional'],
  ],
  [
    'an attribute has to be given',
    typed('object({ a = optional(string, "x") })'),
    typed('object({ a = string })'),
    'major',
    ['attribute-now-required'],
  ],
  [
    'the default of an attribute',
    typed('object({ a = optional(number, 1) })'),
    typed('object({ a = optional(number, 2) })'),
    'minor',
    ['attribute-default-changed'],
  ],
  [
    'null as the default of an attribute',
    typed('object({ a = optional(number) })'),
    typed('object({ a = optional(number, null) })'),
    'patch',
    ['type-rewritten'],
  ],
  [
    'deep inside',
    typed('map(list(object({ a = object({ b = string }) })))'),
    typed('map(list(object({ a = object({ b = number }) })))'),
    'major',
    ['type-narrowed'],
  ],
  [
    'attributes in another order',
    typed('object({ a = string, b = number })'),
    typed('object({ b = number, a = string })'),
    'patch',
    ['type-rewritten'],
  ],
  ['what is no type', typed('string'), typed('text'), 'major', ['type-unclear']],
]

const outputs: Row[] = [
  ['an output comes', '', output(''), 'minor', ['output-added']],
  ['an output goes', output(''), '', 'major', ['output-removed']],
  ['its value is computed otherwise', output(''), 'output "it" {\nvalue = 2\n}\n', 'patch', []],
  ['it is sensitive', output(''), output('sensitive = true'), 'major', ['output-sensitive']],
  ['it is not sensitive any more', output('sensitive = true'), output(''), 'patch', ['output-not-sensitive']],
  ['it is ephemeral', output(''), output('ephemeral = true'), 'major', ['output-ephemeral']],
  ['it is not ephemeral any more', output('ephemeral = true'), output(''), 'minor', ['output-not-ephemeral']],
  ['it is deprecated', output(''), output('deprecated = "Use that."'), 'minor', ['deprecated']],
  ['it is described', output(''), output('description = "a"'), 'patch', ['description-changed']],
]

const requirements: Row[] = [
  ['Terraform is asked for', '', terraform('>= 1.5'), 'major', ['terraform-narrowed']],
  ['a newer Terraform', terraform('>= 1.3'), terraform('>= 1.5'), 'major', ['terraform-narrowed']],
  ['an older Terraform', terraform('>= 1.5'), terraform('>= 1.3'), 'minor', ['terraform-widened']],
  ['any Terraform', terraform('>= 1.5'), '', 'minor', ['terraform-widened']],
  ['the same Terraform', terraform('>= 1.5, < 2.0'), terraform('~> 1.5'), 'patch', ['constraint-rewritten']],
  ['no constraint', terraform('>= 1.5'), terraform('newest'), 'major', ['constraint-unclear']],
  ['a provider comes', '', provider('~> 5.0'), 'minor', ['provider-added']],
  [
    'a provider that callers hand over comes',
    '',
    provider('~> 5.0', ', configuration_aliases = [aws.west]'),
    'major',
    ['provider-added-configured'],
  ],
  ['a provider goes', provider('~> 5.0'), '', 'patch', ['provider-removed']],
  [
    'a provider that callers hand over goes',
    provider('', ', configuration_aliases = [aws.west]'),
    '',
    'major',
    ['provider-removed-configured'],
  ],
  ['another major version of a provider', provider('~> 4.0'), provider('~> 5.0'), 'major', ['provider-narrowed']],
  ['a later minor version of a provider', provider('>= 5.0'), provider('>= 5.30'), 'major', ['provider-narrowed']],
  [
    'one more major version of a provider',
    provider('~> 4.0'),
    provider('>= 4.0, < 6.0'),
    'minor',
    ['provider-widened'],
  ],
  ['a provider in any version', provider('~> 4.0'), provider(''), 'minor', ['provider-widened']],
  ['a constraint in other words', provider('~> 5.1'), provider('>= 5.1.0, < 6.0.0'), 'patch', ['constraint-rewritten']],
  ['a constraint with other spaces', provider('>= 5.1, < 6'), provider('>=5.1,<6'), 'patch', ['constraint-rewritten']],
  [
    'a provider from elsewhere',
    provider('').replace('hashicorp', 'acme'),
    provider(''),
    'major',
    ['provider-source-changed'],
  ],
  [
    'a provider with its host',
    provider(''),
    provider('').replace('hashicorp', 'registry.terraform.io/hashicorp'),
    'patch',
    [],
  ],
  ['an alias comes', provider(''), provider('', ', configuration_aliases = [aws.west]'), 'major', ['alias-added']],
  ['an alias goes', provider('', ', configuration_aliases = [aws.west]'), provider(''), 'major', ['alias-removed']],
]

const vpc = 'resource "null_resource" "a" {}\n'
const moved = (from: string, to: string) => `moved {\nfrom = ${from}\nto = ${to}\n}\n`
const removed = (from: string, destroy: boolean) =>
  `removed {\nfrom = ${from}\nlifecycle {\ndestroy = ${destroy}\n}\n}\n`
const needed = 'terraform {\nrequired_providers {\nnull = { source = "hashicorp/null" }\n}\n}\n'
const both = (before: string, after: string): [string, string] => [needed + before, needed + after]

const resources: Row[] = [
  ['a resource comes', ...both('', vpc), 'minor', ['resource-added']],
  ['a resource goes', ...both(vpc, ''), 'major', ['resource-removed']],
  ['a resource is renamed', ...both(vpc, vpc.replace('"a"', '"b"')), 'major', ['resource-removed', 'resource-added']],
  [
    'a resource is renamed and moved',
    ...both(vpc, vpc.replace('"a"', '"b"') + moved('null_resource.a', 'null_resource.b')),
    'patch',
    ['resource-moved'],
  ],
  [
    'a resource is moved twice',
    ...both(
      vpc,
      vpc.replace('"a"', '"c"') +
        moved('null_resource.a', 'null_resource.b') +
        moved('null_resource.b', 'null_resource.c'),
    ),
    'patch',
    ['resource-moved'],
  ],
  [
    'a resource is moved into a module',
    ...both(vpc, `module "m" {\nsource = "./m"\n}\n${moved('null_resource.a', 'module.m.null_resource.a')}`),
    'minor',
    ['resource-moved', 'call-added'],
  ],
  ['a resource is let go of', ...both(vpc, removed('null_resource.a', false)), 'minor', ['resource-let-go']],
  [
    'a resource is destroyed on purpose',
    ...both(vpc, removed('null_resource.a', true)),
    'major',
    ['resource-destroyed'],
  ],
  ['a resource is repeated', ...both(vpc, vpc.replace('{}', '{\ncount = 2\n}')), 'minor', ['resource-repeated']],
  [
    'a resource is repeated and moved',
    ...both(vpc, vpc.replace('{}', '{\nfor_each = var.x\n}') + moved('null_resource.a', 'null_resource.a["one"]')),
    'patch',
    ['resource-moved'],
  ],
  [
    'a resource is not repeated any more',
    ...both(vpc.replace('{}', '{\ncount = 2\n}'), vpc),
    'major',
    ['resource-not-repeated'],
  ],
  [
    'a resource through another provider',
    ...both(vpc, vpc.replace('{}', '{\nprovider = null.west\n}')),
    'major',
    ['resource-reconfigured'],
  ],
  ['a data source goes', ...both('data "null_data_source" "a" {}\n', ''), 'patch', ['lookup-changed']],
  ['a call comes', ...both('', 'module "m" {\nsource = "./m"\n}\n'), 'minor', ['call-added']],
  ['a call goes', ...both('module "m" {\nsource = "./m"\n}\n', ''), 'major', ['call-removed']],
  [
    'a call is moved',
    ...both('module "m" {\nsource = "./m"\n}\n', `module "n" {\nsource = "./m"\n}\n${moved('module.m', 'module.n')}`),
    'patch',
    ['call-moved'],
  ],
  [
    'a call is let go of',
    ...both('module "m" {\nsource = "./m"\n}\n', removed('module.m', false)),
    'minor',
    ['call-let-go'],
  ],
  [
    'a call is destroyed on purpose',
    ...both('module "m" {\nsource = "./m"\n}\n', removed('module.m', true)),
    'major',
    ['call-destroyed'],
  ],
  [
    'a call of another source',
    ...both('module "m" {\nsource = "a/b/c"\n}\n', 'module "m" {\nsource = "a/d/c"\n}\n'),
    'minor',
    ['call-source-changed'],
  ],
  [
    'a call in another version',
    ...both(
      'module "m" {\nsource = "a/b/c"\nversion = "1.0.0"\n}\n',
      'module "m" {\nsource = "a/b/c"\nversion = "2.0.0"\n}\n',
    ),
    'patch',
    ['call-version-changed'],
  ],
]

const root = { 'main.tf': '' }
const folders: Row[] = [
  ['nothing at all', root, root, 'none', []],
  ['a README', root, { ...root, 'README.md': '# It\n' }, 'patch', []],
  ['a submodule comes', root, { ...root, 'modules/a/main.tf': input('') }, 'minor', ['submodule-added']],
  ['a submodule goes', { ...root, 'modules/a/main.tf': input('') }, root, 'major', ['submodule-removed']],
  [
    'an input of a submodule goes',
    { ...root, 'modules/a/main.tf': input('') },
    { ...root, 'modules/a/main.tf': '' },
    'major',
    ['input-removed'],
  ],
  ['an example goes', { ...root, 'examples/a/main.tf': input('') }, root, 'patch', []],
]

describe.each([
  ['inputs', inputs],
  ['types', types],
  ['outputs', outputs],
  ['requirements', requirements],
  ['resources and calls', resources],
  ['folders and files', folders],
])('%s', (_, rows) => {
  test.each(rows)('%s', async (_what, before, after, step, rules) => {
    const found = await comparison(before, after)

    expect({ step: found.step, rules: found.rules }).toEqual({ step, rules })
  })
})

test('a change in a type says where in it, with what stood there', async () => {
  const { changes } = await comparison(
    typed('list(object({ name = string, size = optional(number, 1) }))'),
    typed('list(object({ name = string, size = optional(string, 1), zone = string }))'),
  )

  expect(changes.map(({ name, what, before, after }) => [name, what, before, after])).toEqual([
    ['it', 'The type of it[].size takes more than before.', 'number', 'string'],
    ['it', 'The required attribute it[].zone was added.', null, 'string'],
  ])
})
