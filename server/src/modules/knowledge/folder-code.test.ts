/** Code of examples, as callers of the module would write it. */
import { expect, test } from 'vitest'
import { asCallersWrite, filesShown } from './folder-code.ts'

const folders = [
  { kind: 'root', path: '' },
  { kind: 'submodule', path: 'modules/part' },
  { kind: 'example', path: 'examples/other' },
] as const
const sourceOf = (folder: string) => `registry.example.com/acme/vpc/aws${folder && `//${folder}`}`

function shown(text: string): string {
  const calls = text.split('\n').flatMap((line, at) => {
    const name = /^module "(\w+)"/.exec(line)?.[1]
    if (!name) return []
    const source = /source\s*=\s*"([^"]*)"/.exec(text.split('\n').slice(at).join('\n'))?.[1] ?? null
    return [{ name, source, version: null, file: 'examples/a/main.tf', line: at + 1 }]
  })
  const published = { folder: 'examples/a', folders: [...folders], calls, sourceOf, version: '1.2.3' }
  return asCallersWrite(text, 'examples/a/main.tf', published)
}

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
