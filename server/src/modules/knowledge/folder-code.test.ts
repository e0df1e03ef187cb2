/** Code of examples, as callers of the module would write it. */
import { expect, test } from 'vitest'
import { asCallersWrite, filesShown } from './folder-code.ts'

const folders = [
  { kind: 'root', path: '' },
  { kind: 'submodule', path: 'modules/part' },
  { kind: 'example', path: 'examples/other' },
] as const
const sourceOf = (folder: string) => `registry.example.com/acme/vpc/aws${folder && `//${folder}`}`

const shown = (text: string) =>
  asCallersWrite(text, 'examples/a/main.tf', {
    folder: 'examples/a',
    folders: [...folders],
    sourceOf,
    version: '1.2.3',
  })

test.each([
  [
    'module "it" {\n  source = "../.."\n\n  a = 1\n}\n\nmodule "part" {\n  source = "../../modules/part/" # ours\n}\n',
    'module "it" {\n  source  = "registry.example.com/acme/vpc/aws"\n  version = "1.2.3"\n\n  a = 1\n}\n\nmodule "part" {\n  source  = "registry.example.com/acme/vpc/aws//modules/part" # ours\n  version = "1.2.3"\n}\n',
  ],
  [
    'module "it" { source = "../../" }\n',
    'module "it" {\n  source  = "registry.example.com/acme/vpc/aws"\n  version = "1.2.3"\n}\n',
  ],
  [
    'module "it" {\n  source     = "../.."\n  long_input = 1\n}\n',
    'module "it" {\n  source     = "registry.example.com/acme/vpc/aws"\n  version    = "1.2.3"\n  long_input = 1\n}\n',
  ],
  [
    'module "it" {\n  source = "../.."\n  name   = "x"\n  x      = [\n    "../..",\n  ]\n}\n',
    'module "it" {\n  source  = "registry.example.com/acme/vpc/aws"\n  version = "1.2.3"\n  name    = "x"\n  x      = [\n    "../..",\n  ]\n}\n',
  ],
  [
    'module "it" {\n  count  = 1\n  source = "../.."\n\n  name = "x"\n}\n',
    'module "it" {\n  count   = 1\n  source  = "registry.example.com/acme/vpc/aws"\n  version = "1.2.3"\n\n  name = "x"\n}\n',
  ],
  [
    'module "it" {\r\n  source = "../.."\r\n}\r\n',
    'module "it" {\r\n  source  = "registry.example.com/acme/vpc/aws"\n  version = "1.2.3"\r\n}\r\n',
  ],
])('a call of the module itself names it by its address and version', (written, wanted) => {
  expect(shown(written)).toBe(wanted)
})

test.each(['../other', './own', '../../../outside', 'hashicorp/consul/aws', '../../modules/none'])(
  'a call of %s stays as it is written',
  (source) => {
    const text = `module "it" {\n  source = "${source}"\n}\n`

    expect(shown(text)).toBe(text)
  },
)

test('the source of the call is found, whatever else is called so in it, and no other block is', () => {
  const settings = '  settings = {\n    source = "../.."\n  }\n'
  const text = `module "it" {\n${settings}  source = "../.."\n  }\n\nmodule "not" {\n${settings}  }\nlocals {\n  source = "../.."\n}\n`

  expect(shown(text)).toBe(
    text.replace('\n  source = "../.."\n', '\n  source  = "registry.example.com/acme/vpc/aws"\n  version = "1.2.3"\n'),
  )
})

test('a source in a text or a comment is none, and where more stands on the line nothing is changed', () => {
  for (const text of [
    'module "it" {\n  text = <<E\n  source = "../.."\nE\n}\n',
    'module "it" {\n  # source = "../.."\n}\n',
    'module "it" {\n  source = "../.." /* why\n  */\n}\n',
    'module "it" {\n  /* why */ source = "../.."\n}\n',
    'module "it" {\n  source  = "../.."\n  version = "1.0.0"\n}\n',
  ])
    expect(shown(text)).toBe(text)
})

test('the file that is read first comes first, and what does not fit is counted', () => {
  const file = (path: string, sizeBytes = 10) => ({ path, sizeBytes, isText: true })
  const files = [
    file('examples/a/large.tf', 100_000),
    file('examples/a/a.tf'),
    file('examples/a/main.tf'),
    file('examples/a/README.md'),
    file('examples/a/b/main.tf'),
    file('main.tf'),
  ]

  expect(filesShown(files, 'examples/a')).toEqual({ paths: ['examples/a/main.tf', 'examples/a/a.tf'], leftOut: 1 })
})
