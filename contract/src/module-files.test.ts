/** What of a folder is published, whoever sends it. */
import { expect, test } from 'vitest'
import { isSettings, isState, leftOutOf, named, secretsWarning } from './module-files.ts'

const leftOut = leftOutOf('')

test.each([
  ['.git/HEAD', '.git/'],
  ['modules/a/.terraform/providers/x', 'modules/a/.terraform/'],
  ['.terragrunt-cache/', '.terragrunt-cache/'],
  ['terraform.tfstate', 'terraform.tfstate'],
  ['env/prod.tfstate.backup', 'env/prod.tfstate.backup'],
  ['terraform.tfstate.1700000000.backup', 'terraform.tfstate.1700000000.backup'],
  ['terraform.tfstate.d/dev/terraform.tfstate', 'terraform.tfstate.d/'],
  ['.terraform.tfstate.lock.info', '.terraform.tfstate.lock.info'],
  ['crash.log', 'crash.log'],
  ['crash.2026-01-01.log', 'crash.2026-01-01.log'],
  ['.terraformrc', '.terraformrc'],
  ['deep/credentials.tfrc.json', 'deep/credentials.tfrc.json'],
  ['docs/.DS_Store', 'docs/.DS_Store'],
  ['cadastre.yaml', 'cadastre.yaml'],
  ['Cadastre.YAML', 'Cadastre.YAML'],
  ['examples/one/cadastre.yaml', 'examples/one/cadastre.yaml'],
])('%s stays out', (path, what) => {
  expect(leftOut(path)).toBe(what)
})

test.each([
  ...['main.tf', '.terraform.lock.hcl', '.gitignore', 'tfstate-backend/main.tf', 'override.tf', 'terraform.tfvars'],
  ...['modules/', 'lambda/node_modules/x.js', 'crash.md', 'state.tf', 'cadastre.yaml.tftpl'],
])('%s goes along', (path) => {
  expect(leftOut(path)).toBeUndefined()
})

test('what .terraformignore names stays out, with the folder in front of it when nothing in it can come back', () => {
  expect(leftOutOf('build/\n*.md')('build/a/b')).toBe('build/')
  expect(leftOutOf('build/\n!build/a')('build/b')).toBe('build/b')
  expect(leftOutOf('build/\n!build/a')('build/a')).toBeUndefined()
  expect(leftOutOf('!terraform.tfstate')('terraform.tfstate')).toBe('terraform.tfstate')
})

test('values are warned of, but not in examples', () => {
  expect(secretsWarning(['main.tf', 'examples/one/terraform.tfvars', 'modules/a/examples/x.tfvars'])).toBeUndefined()
  expect(secretsWarning(['prod.tfvars'])).toContain('prod.tfvars goes along, and it often holds secrets')
  expect(secretsWarning(['a.tfvars', 'b.auto.tfvars.json'])).toContain('a.tfvars, b.auto.tfvars.json go along')
})

test('state is known below its folder, too', () => {
  expect(['terraform.tfstate.d/dev/x', 'a/b.tfstate', 'state.tf', 'x.tfstates'].map(isState)).toEqual([
    ...[true, true],
    ...[false, false],
  ])
})

test('settings are known by any spelling, since some file systems read them by any', () => {
  expect(['cadastre.yaml', 'a/Cadastre.yaml', 'CADASTRE.YAML', 'a-cadastre.yaml'].map(isSettings)).toEqual([
    ...[true, true, true],
    false,
  ])
})

test('many are named by the first ten', () => {
  expect(named(Array.from({ length: 12 }, (_, index) => String(index)))).toBe('0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more')
})
